"""Rows of the contracts ``bloquants`` and ``actions``: ages are counted back from the anchor."""

from datetime import date, timedelta

from pilotage.sample import pool
from pilotage.sample.chance import person, share

_SERIOUSNESS = {"minor": "mineur", "major": "majeur", "critical": "critique"}
_LEVELS = {"1": "opérationnel", "2": "tactique", "3": "stratégique", "4": "gouvernemental"}
_STATES = {
    "open": "ouvert",
    "taken": "pris en charge",
    "escalated": "escaladé",
    "returned": "retourné avec réponse",
    "deferred": "reporté",
    "resolved": "résolu",
    "closed": "fermé",
}
_KINDS = {"recovery_plan": "plan de redressement", "action": "action", "decision": "décision"}
_PROGRESS = {"to_do": "à faire", "in_progress": "en cours", "done": "faite"}
_DUE_AFTER = {"1": 3, "2": 8, "3": 21, "4": 45}


def _back(anchor: date, days: int) -> date:
    """So many days before the anchor, moved back to a weekday."""
    day = anchor - timedelta(days=days)
    return day - timedelta(days=max(0, day.weekday() - 4))


def blocker_id(number: int) -> str:
    """The identifier of a blocker by its rank in the pool, from 1."""
    return f"BLQ-{number:03d}"


def _blocker(number: int, row: dict[str, str], anchor: date) -> dict[str, str]:
    name, state = blocker_id(number), row["etat"]
    raised = _back(anchor, int(row["jours"]))
    settled = state in {"resolved", "closed"}
    deferred_to = anchor + timedelta(days=30 if number % 2 else -4)
    due = (
        deferred_to
        if state == "deferred"
        else raised + timedelta(days=_DUE_AFTER[row["niveau"]] + 4)
    )
    solved = raised + timedelta(days=max(1, int(int(row["jours"]) * 0.7)))
    return {
        "bloquant_id": name,
        "titre": row["titre"],
        "titre_en": row["en"],
        "gravite": _SERIOUSNESS[row["gravite"]],
        "niveau": _LEVELS[row["niveau"]],
        "etat": _STATES[state],
        "organisation_id": row["organisation"],
        "proprietaire": ""
        if state == "open" and share("owner", name) < 0.7
        else person("blocker owner", name),
        "auteur": person("originator", name),
        "date_signalement": raised.isoformat(),
        "date_niveau": _back(anchor, int(row["jours_niveau"])).isoformat(),
        "echeance": due.isoformat() if share("due", name) < 0.7 or state == "deferred" else "",
        "date_resolution": min(solved, anchor).isoformat() if settled else "",
        "indicateur_ids": row["indicateurs"],
        "note": row["note"],
        "publie_le": anchor.isoformat(),
    }


def blocker_rows(anchor: date) -> list[dict[str, str]]:
    """Blockers of every level, state and age; some over their allowance, some about to climb."""
    return [_blocker(number, row, anchor) for number, row in enumerate(pool.rows("bloquants"), 1)]


def action_rows(anchor: date) -> list[dict[str, str]]:
    """Recovery plans, actions and decisions; due dates stand around the anchor."""
    return [
        {
            "action_id": f"ACT-{number:03d}",
            "titre": row["titre"],
            "titre_en": row["en"],
            "organisation_id": row["organisation"],
            "indicateur_id": row["indicateur"],
            "bloquant_id": blocker_id(int(row["bloquant"])) if row["bloquant"] else "",
            "proprietaire": person("action owner", row["organisation"], str(number)),
            "echeance": (anchor + timedelta(days=int(row["echeance"]))).isoformat(),
            "etat": _PROGRESS[row["etat"]],
            "genre": _KINDS[row["genre"]],
            "note": row["note"],
            "publie_le": anchor.isoformat(),
        }
        for number, row in enumerate(pool.rows("actions"), 1)
    ]
