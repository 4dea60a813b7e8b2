"""A government nobody would wish for: hostile names, very long ones, figures of every size."""

from pathlib import Path

from tests.server import write_csv

HOSTILE = "<img src=x onerror=window.hacked=1>{{7*7}}=cmd|'/c calc'!A1"
LONG = "Très " * 39 + "long"
"""Two hundred characters with spaces."""
SOLID = "W" * 200
MINISTRY, MANY, NONE = "H-MIN", "H-500", "H-0"
HOW_MANY = 500
VALUES = ("1e-9", "1e15", "-1e15", "-0,000000001", "0", "123456789,123456789")


def write_hard_government(folder: Path) -> list[Path]:
    """Its contract files, in the order in which they are loaded."""
    names = (HOSTILE, LONG, SOLID, HOSTILE, LONG, SOLID)
    titles = [name.replace(";", ",") for name in names]
    indicators = [
        f"H-{n};{title};{title};nombre;au plus;résultat;stratégique;mensuelle;{MINISTRY};"
        f"{title[:60]};{title[:60]};{title}"
        for n, title in enumerate(titles)
    ]
    indicators += [
        f"M-{n};Indicateur {n};Indicator {n};%;au moins;résultat;stratégique;mensuelle;{MANY};;;"
        for n in range(HOW_MANY)
    ]
    measures = [
        f"H-{n};{MINISTRY};{2025 + month // 12}-{month % 12 + 1:02d};{value};{HOSTILE}"
        for n, value in enumerate(VALUES)
        for month in range(14)
    ]
    measures += [f"M-{n};{MANY};2026-02;{n / 7:.3f};".replace(".", ",") for n in range(HOW_MANY)]
    targets = [f"H-{n};{MINISTRY};2026;0,5;{HOSTILE}" for n in range(len(VALUES) - 1)]
    return [
        write_csv(
            folder / "organisations.csv",
            "organisation_id;genre;libelle_fr;libelle_en;parent_id",
            [
                "H;gouvernement;Gouvernement dur;Hard Government;",
                f"{MINISTRY};ministère;{HOSTILE};{HOSTILE};H",
                f"{MANY};ministère;{SOLID};{SOLID};H",
                f"{NONE};ministère;{LONG};{LONG};H",
            ],
        ),
        write_csv(
            folder / "indicateurs.csv",
            "indicateur_id;titre_fr;titre_en;unite;sens;nature;niveau;frequence;organisation_id;"
            "systeme_source;proprietaire;definition_fr",
            indicators,
        ),
        write_csv(
            folder / "cibles.csv",
            "indicateur_id;organisation_id;periode;cible_max;justification",
            targets,
        ),
        write_csv(
            folder / "mesures.csv",
            "indicateur_id;organisation_id;periode;valeur;commentaire",
            measures,
        ),
        write_csv(
            folder / "bloquants.csv",
            "bloquant_id;titre;gravite;niveau;etat;organisation_id;proprietaire;"
            "date_signalement;indicateur_ids",
            [
                f"H-B{n};{title};critique;stratégique;ouvert;{MINISTRY};{title[:80]};2026-03-02;H-0"
                for n, title in enumerate((HOSTILE, LONG, SOLID))
            ],
        ),
        write_csv(
            folder / "actions.csv",
            "action_id;titre;organisation_id;genre;etat;proprietaire;echeance;indicateur_id;note",
            [
                f"H-A{n};{title};{MINISTRY};action;à faire;{title[:80]};2026-04-01;H-0;{title}"
                for n, title in enumerate((HOSTILE, LONG, SOLID))
            ],
        ),
    ]
