"""A home with two ministries, a directorate and a team, loaded through the same door as a file."""

import atexit
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

from pilotage.access.operator import OPERATOR
from pilotage.access.scope import scope_of
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.intake import loading
from pilotage.rooms.address import Address, parse_address
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse, open_warehouse

TODAY = date(2026, 11, 10)

ORGANISATIONS = """organisation_id;genre;libelle_fr;libelle_en;parent_id;publie_le
G;gouvernement;Gouvernement;Government;;2024-01-01
MSSS;ministère;Santé et services sociaux;Health and Social Services;G;2024-01-01
DUR;direction;Direction des urgences;Emergency Directorate;MSSS;2024-01-01
EQJ;équipe;Équipe de jour;Day Team;DUR;2024-01-01
MTQ;ministère;Transports;Transport;G;2024-01-01
"""
INDICATORS = (
    "indicateur_id;titre_fr;titre_en;unite;sens;nature;niveau;frequence;organisation_id;"
    "agregation_organisations;decimales;visibilite;delai_jours;systeme_source;proprietaire;publie_le\n"
    "I-1;Durée de séjour sur civière;Stretcher stay;h;au plus;résultat;stratégique;mensuelle;MSSS;"
    "moyenne;1;gouvernement;8;BDCU;Direction des urgences;2024-01-01\n"
    "I-2;Chirurgies reportées;Postponed surgeries;nombre;au plus;extrant;tactique;mensuelle;DUR;"
    "somme;0;organisation;8;;;2024-01-01\n"
    "I-3;Stratégie numérique;Digital strategy;nombre;au moins;activité;stratégique;annuelle;MSSS;"
    "aucune;0;gouvernement;30;;;2024-01-01\n"
    "I-4;Routes en bon état;Roads in good condition;%;au moins;résultat;stratégique;annuelle;MTQ;"
    "aucune;1;gouvernement;30;;;2024-01-01\n"
    "I-5;Retours en 72 heures;Returns within 72 hours;%;au plus;résultat;stratégique;mensuelle;"
    "MSSS;aucune;1;gouvernement;8;;;2024-01-01\n"
)
LINKS = """parent_id;enfant_id;genre;poids;publie_le
I-1;I-2;contribue;1;2024-01-01
I-1;I-5;contre-indicateur;;2024-01-01
"""
_AIM = "indicateur_id;organisation_id;periode;cible_min;cible_max;depart;depart_date;"
TARGETS = f"""{_AIM}justification;cible_texte;publie_le
I-1;MSSS;2026-2027;;14;16;2025-03-31;;;2025-04-01
I-1;DUR;2026-2027;;14;16;2025-03-31;;;2025-04-01
I-1;EQJ;2026-2027;;14;;;;;2025-04-01
I-2;DUR;2026-2027;;40;;;;;2025-04-01
I-3;MSSS;2026-2027;;;;;;Adopter la stratégie;2025-04-01
"""
EASED = f"""{_AIM}justification;publie_le
I-1;MSSS;2026-2027;;15;16;2025-03-31;Hiver plus dur que prévu;2026-09-15
"""
BLOCKERS = (
    "bloquant_id;titre;gravite;niveau;etat;organisation_id;proprietaire;auteur;date_signalement;"
    "date_niveau;indicateur_ids;publie_le\n"
    "B-1;Salles fermées faute de perfusionnistes;majeur;stratégique;escaladé;DUR;M. Tremblay;"
    "Mme Roy;2026-10-01;2026-10-21;I-1 I-2;2026-10-21\n"
    "B-2;Entente non signée;majeur;tactique;ouvert;DUR;;Mme Roy;2026-11-03;2026-11-03;I-2;"
    "2026-11-03\n"
    "B-3;Sel en retard;mineur;stratégique;ouvert;MTQ;;;2026-11-09;2026-11-09;;2026-11-09\n"
)


def measurements() -> str:
    """Twelve months of I-1 at three levels, with a gap in July, and a few of the others."""
    lines = ["indicateur_id;organisation_id;periode;valeur;statut;commentaire;publie_le"]
    for month in range(1, 11):
        if month != 7:
            value = f"{15 + month / 4:.2f}".replace(".", ",")
            lines.append(f"I-1;MSSS;2026-{month:02d};{value};final;;2026-{month + 1:02d}-08")
    lines += [
        "I-1;DUR;2026-10;18,0;final;;2026-11-08",
        "I-1;EQJ;2026-10;15,0;provisoire;Deux quarts manquent;2026-11-08",
        "I-2;DUR;2026-10;55;final;;2026-11-08",
        "I-4;MTQ;2025-2026;82,5;final;;2026-04-15",
    ]
    return "\n".join(lines) + "\n"


REVISION = """indicateur_id;organisation_id;periode;valeur;statut;commentaire;publie_le
I-1;MSSS;2026-10;17,4;final;Chiffre définitif;2026-11-09
"""

FILES = {
    "organisations.csv": ORGANISATIONS,
    "indicateurs.csv": INDICATORS,
    "liens.csv": LINKS,
    "cibles.csv": TARGETS,
    "mesures.csv": measurements(),
    "mesures_revisees.csv": REVISION,
    "cibles_revisees.csv": EASED,
    "bloquants.csv": BLOCKERS,
}


def small_home(folder: Path) -> Warehouse:
    """A home of its own in that folder, judged on 10 November 2026."""
    copytree(_template(), folder / "home")
    warehouse = open_warehouse(folder / "home")
    warehouse.as_of = TODAY
    return warehouse


@cache
def _template() -> Path:
    """The home loaded once per process; each test works on a copy."""
    folder = Path(mkdtemp(prefix="small-home-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    warehouse = open_warehouse(folder / "home")
    warehouse.as_of = TODAY
    for name, text in FILES.items():
        load_text(warehouse, folder, name, text)
    loading.stop_checking(warehouse)
    warehouse.close()
    return folder / "home"


def load_text(
    warehouse: Warehouse, folder: Path, name: str, text: str, policy: str = "strict"
) -> str:
    """Load one file as the machine would; the outcome's state."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    scope = OPERATOR
    report = loading.check(warehouse, scope, loading.receive(warehouse, path, name))
    chosen: loading.Policy = "quarantine" if policy == "quarantine" else "strict"
    return loading.load(warehouse, scope, report, chosen, author="Essai").state


def scope(warehouse: Warehouse, role: Role, organisation_id: str | None) -> Scope:
    """What someone in that role there may see."""
    viewer = Viewer("essai", "Essai", role, organisation_id)
    return scope_of(viewer, organisations(OPERATOR, warehouse))


def at(path: str, search: str = "") -> Address:
    """An address as a browser gives it."""
    return parse_address(path, search)
