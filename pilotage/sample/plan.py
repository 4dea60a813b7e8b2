"""Rows of the contracts ``organisations``, ``plans`` and ``objectifs``."""

from datetime import date

from pilotage.sample import pool
from pilotage.sample.span import fiscal_start

_OPENED = "2018-10-18"
_SUFFIX = {"enjeu": "E", "orientation": "O", "objectif": "B"}


def _announced(anchor: date) -> str:
    return f"{fiscal_start(anchor) - 6}-04-01"


def organisation_rows(anchor: date) -> list[dict[str, str]]:
    """The tree, parents first; a reorganisation of the past is dated."""
    return [
        {
            "organisation_id": line.organisation_id,
            "genre": line.genre,
            "libelle_fr": line.label_fr,
            "libelle_en": line.label_en,
            "parent_id": line.parent_id,
            "fonction_etat": line.state_function,
            "effectif": line.staff,
            "debut": "2023-12-13" if line.organisation_id.startswith("SQ") else _OPENED,
            "publie_le": _announced(anchor),
        }
        for line in pool.organisations()
    ]


def plan_rows(anchor: date) -> list[dict[str, str]]:
    """One strategic plan for each ministry, with its mission."""
    first = fiscal_start(anchor) - 2
    return [
        {
            "plan_id": f"{row['organisation']}-PS",
            "organisation_id": row["organisation"],
            "libelle_fr": f"Plan stratégique {first}-{first + 5}",
            "libelle_en": f"{first}-{first + 5} Strategic Plan",
            "mission_fr": row["fr"],
            "mission_en": row["en"],
            "etat": "publié",
            "debut": f"{first}-04-01",
            "fin": f"{first + 5}-03-31",
            "publie_le": f"{first}-05-15",
        }
        for row in pool.rows("plans")
        if row["genre"] == "mission"
    ]


def objective_rows(anchor: date) -> list[dict[str, str]]:
    """Issues, orientations and objectives; each hangs on the last one above it in the pool."""
    above: dict[str, str] = {}
    count: dict[tuple[str, str], int] = {}
    rows = []
    for row in pool.rows("plans"):
        owner, kind = row["organisation"], row["genre"]
        if kind == "mission":
            above = {}
            continue
        number = count[owner, kind] = count.get((owner, kind), 0) + 1
        above[kind] = f"{owner}-{_SUFFIX[kind]}{number}"
        parent = {"orientation": above.get("enjeu"), "objectif": above.get("orientation")}
        rows.append(
            {
                "objectif_id": above[kind],
                "plan_id": f"{owner}-PS",
                "parent_id": parent.get(kind) or "",
                "genre": kind,
                "libelle_fr": row["fr"],
                "libelle_en": row["en"],
                "publie_le": f"{fiscal_start(anchor) - 2}-05-15",
            }
        )
    return rows
