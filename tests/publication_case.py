"""The small home with figures declared public, a few of them standing on very few people."""

import atexit
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

from pilotage.domain.publication import Note
from pilotage.domain.viewer import Role, Scope
from pilotage.followup.publication import draft, publish
from pilotage.intake import loading
from pilotage.store.warehouse import Warehouse, open_warehouse
from tests.small_home import TODAY, load_text, scope, small_home

NOTE = Note("Les urgences tiennent bon.", "Emergency rooms are holding up.")
AUTHOR = "Andrée Bouchard"
MORE_ORGANISATIONS = """organisation_id;genre;libelle_fr;libelle_en;parent_id;publie_le
DSP;direction;Santé publique;Public Health;MSSS;2024-01-01
DSQ;direction;Direction de la qualité;Quality Directorate;MSSS;2024-01-01
"""
PUBLIC_INDICATORS = (
    "indicateur_id;titre_fr;titre_en;unite;sens;nature;niveau;frequence;organisation_id;"
    "agregation_organisations;decimales;visibilite;delai_jours;systeme_source;proprietaire;publie_le\n"
    "P-1;Attente moyenne;Average wait;h;au plus;résultat;stratégique;mensuelle;MSSS;"
    "aucune;1;publique;8;BDCU;Mme Secrète;2024-01-01\n"
    "P-2;Plaintes fondées;Founded complaints;personnes;au plus;résultat;stratégique;mensuelle;MSSS;"
    "somme;0;publique;8;Registre des plaintes;Mme Secrète;2024-01-01\n"
    "P-3;Satisfaction;Satisfaction;%;au moins;résultat;stratégique;mensuelle;MTQ;"
    "aucune;1;publique;8;;;2024-01-01\n"
    "P-4;Relève;Succession;%;au moins;résultat;stratégique;mensuelle;MTQ;"
    "aucune;1;publique;8;;;2024-01-01\n"
)
PUBLIC_VALUES = (
    "indicateur_id;organisation_id;periode;valeur;numerateur;denominateur;statut;commentaire;"
    "contestation;publie_le\n"
    "P-1;MSSS;2026-09;15,5;;;final;;;2026-10-08\n"
    "P-1;MSSS;2026-10;16,0;;;final;Mot du service;;2026-11-08\n"
    "P-2;MSSS;2026-10;133;;;final;;;2026-11-08\n"
    "P-2;DUR;2026-10;3;;;final;;;2026-11-08\n"
    "P-2;DSP;2026-10;90;;;final;;;2026-11-08\n"
    "P-2;DSQ;2026-10;40;;;final;;;2026-11-08\n"
    "P-3;MTQ;2026-10;75,0;300;400;contesté;;Méthode en cause;2026-11-08\n"
    "P-4;MTQ;2026-09;61,0;610;1000;final;;;2026-10-08\n"
    "P-4;MTQ;2026-10;33,3;1;3;final;;;2026-11-08\n"
)
PUBLIC_TARGETS = (
    "indicateur_id;organisation_id;periode;cible_min;cible_max;depart;depart_date;publie_le\n"
    "P-1;MSSS;2026-2027;;14;16;2025-03-31;2025-04-01\n"
)
LATER = (
    "indicateur_id;organisation_id;periode;valeur;statut;commentaire;publie_le\n"
    "P-1;MSSS;2026-10;12,0;final;Corrigé depuis;2026-11-09\n"
)


def public_home(folder: Path) -> Warehouse:
    """The small home with figures to publish; each caller works on a copy."""
    copytree(_template(), folder / "home")
    warehouse = open_warehouse(folder / "home")
    warehouse.as_of = TODAY
    return warehouse


@cache
def _template() -> Path:
    folder = Path(mkdtemp(prefix="public-home-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    warehouse = small_home(folder)
    for name, text in {
        "organisations_2.csv": MORE_ORGANISATIONS,
        "indicateurs_2.csv": PUBLIC_INDICATORS,
        "cibles_2.csv": PUBLIC_TARGETS,
        "mesures_2.csv": PUBLIC_VALUES,
    }.items():
        assert load_text(warehouse, folder, name, text) == "loaded", name
    loading.stop_checking(warehouse)
    warehouse.close()
    return folder / "home"


def treasury(warehouse: Warehouse) -> Scope:
    return scope(warehouse, Role.CENTRAL, None)


def public(warehouse: Warehouse) -> Scope:
    return scope(warehouse, Role.PUBLIC, None)


def drafted(warehouse: Warehouse, note: Note = NOTE) -> str:
    return draft(warehouse, treasury(warehouse), AUTHOR, TODAY, note)


def published(warehouse: Warehouse) -> str:
    name = drafted(warehouse)
    publish(warehouse, treasury(warehouse), AUTHOR, name)
    return name
