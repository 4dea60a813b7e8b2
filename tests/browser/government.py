"""A small government with everything the journeys need: two ministries, a directorate, a team."""

from pathlib import Path

from tests.server import write_csv

AS_OF = "2026-03-15"
MINISTRY, OTHER_MINISTRY, DIRECTORATE, TEAM = "E-MIN", "E-AUT", "E-DIR", "E-EQU"
STRATEGIC, TACTICAL, OPERATIONAL = "E-S1", "E-T1", "E-O1"

_ORGANISATIONS = (
    "E;gouvernement;Gouvernement d'essai;Test Government;",
    f"{MINISTRY};ministère;Ministère de la Santé d'essai;Test Department of Health;E",
    f"{OTHER_MINISTRY};ministère;Ministère des Essais;Department of Tests;E",
    f"{DIRECTORATE};direction;Direction de l'accueil;Reception Directorate;{MINISTRY}",
    f"{TEAM};équipe;Équipe du comptoir;Counter Team;{DIRECTORATE}",
)
_INDICATORS = (
    f"{STRATEGIC};Demandes traitées à temps;Requests handled on time;%;au moins;résultat;"
    f"stratégique;mensuelle;{MINISTRY};1;gouvernement",
    f"E-S2;Délai moyen d'accès;Average access time;jours;au plus;résultat;"
    f"stratégique;mensuelle;{MINISTRY};1;publique",
    f"E-S3;Dossiers fermés;Files closed;nombre;au moins;extrant;"
    f"stratégique;mensuelle;{OTHER_MINISTRY};0;gouvernement",
    f"{TACTICAL};Attente au comptoir;Wait at the counter;minutes;au plus;extrant;"
    f"tactique;mensuelle;{DIRECTORATE};0;organisation",
    f"{OPERATIONAL};Personnes reçues;People served;nombre;au moins;activité;"
    f"opérationnel;mensuelle;{TEAM};0;équipe",
)
OWNERS = {
    STRATEGIC: MINISTRY,
    "E-S2": MINISTRY,
    "E-S3": OTHER_MINISTRY,
    TACTICAL: DIRECTORATE,
    OPERATIONAL: TEAM,
}
MEASURES_HEADER = "indicateur_id;organisation_id;periode;valeur"


def write_government(folder: Path) -> list[Path]:
    """Its contract files, in the order in which they are loaded."""
    targets = [
        f"{STRATEGIC};{MINISTRY};2026;90;;50;2024-12-31",
        f"E-S2;{MINISTRY};2026;;20;40;2024-12-31",
    ]
    months = [f"{2025 + i // 12}-{i % 12 + 1:02d}" for i in range(13)]
    measures = [
        f"{indicator};{owner};{month};{60 + index}"
        for indicator, owner in OWNERS.items()
        for index, month in enumerate(months)
    ]
    return [
        write_csv(
            folder / "organisations.csv",
            "organisation_id;genre;libelle_fr;libelle_en;parent_id",
            _ORGANISATIONS,
        ),
        write_csv(
            folder / "indicateurs.csv",
            "indicateur_id;titre_fr;titre_en;unite;sens;nature;niveau;frequence;organisation_id;"
            "decimales;visibilite",
            _INDICATORS,
        ),
        write_csv(
            folder / "cibles.csv",
            "indicateur_id;organisation_id;periode;cible_min;cible_max;depart;depart_date",
            targets,
        ),
        write_csv(folder / "mesures.csv", MEASURES_HEADER, measures),
        write_csv(
            folder / "bloquants.csv",
            "bloquant_id;titre;titre_en;gravite;niveau;etat;organisation_id;date_signalement;"
            "indicateur_ids",
            [
                "E-B1;Deux guichets fermés;Two counters closed;majeur;stratégique;ouvert;"
                f"{MINISTRY};2026-03-02;{STRATEGIC}"
            ],
        ),
    ]
