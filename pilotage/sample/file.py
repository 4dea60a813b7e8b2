"""The files of the sample government: contract columns, UTF-8, semicolons, decimal commas."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

COLUMNS = {
    "organisations": (
        "organisation_id genre libelle_fr libelle_en parent_id fonction_etat effectif "
        "debut publie_le"
    ),
    "plans": (
        "plan_id organisation_id libelle_fr libelle_en mission_fr mission_en etat debut "
        "fin publie_le"
    ),
    "objectifs": "objectif_id plan_id parent_id genre libelle_fr libelle_en publie_le",
    "indicateurs": (
        "indicateur_id titre_fr titre_en definition_fr definition_en unite sens nature "
        "niveau frequence organisation_id objectif_id agregation_temps "
        "agregation_organisations borne_min borne_max decimales seuil_changement "
        "visibilite delai_jours systeme_source proprietaire responsable_donnees methode "
        "mandataire verification publie_le"
    ),
    "liens": "parent_id enfant_id genre poids publie_le",
    "cibles": (
        "indicateur_id organisation_id periode cible_min cible_max tolerance depart "
        "depart_date trajectoire justification cible_texte confiance "
        "confiance_commentaire publie_le"
    ),
    "mesures": (
        "indicateur_id organisation_id periode valeur numerateur denominateur statut "
        "commentaire contestation valeur_texte publie_le"
    ),
    "bloquants": (
        "bloquant_id titre titre_en gravite niveau etat organisation_id proprietaire "
        "auteur date_signalement date_niveau echeance date_resolution indicateur_ids note "
        "publie_le"
    ),
    "actions": (
        "action_id titre titre_en organisation_id indicateur_id bloquant_id proprietaire "
        "echeance etat genre note publie_le"
    ),
}
"""Columns each subject's files carry, in order."""


def write(path: Path, subject: str, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write one contract file; a column a row does not name is left empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, COLUMNS[subject].split(), restval="", delimiter=";", lineterminator="\r\n"
        )
        writer.writeheader()
        writer.writerows(rows)
    return path
