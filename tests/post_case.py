"""What people write about the small home, and where it shows."""

from dataclasses import replace
from datetime import datetime

from pilotage.domain.post import Post, PostKind, Words
from pilotage.domain.viewer import Scope
from pilotage.followup.post_event import KIND, payload
from pilotage.rooms.card import Card
from pilotage.rooms.indicator import IndicatorRoom, indicator_room
from pilotage.rooms.level import level_room
from pilotage.store.warehouse import Warehouse
from tests.room_case import month
from tests.small_home import at

PAGE = at("/indicateurs/I-1", "?org=MSSS")
PAIR = {"indicator_id": "I-1", "organisation_id": "MSSS"}
EXPLAIN = PAIR | {
    "move": "explain",
    "period": "2026-10",
    "seq": "0",
    "body": "Lits fermés.\nDeux unités sur dix.",
    "under_way": "Recrutement en cours.",
    "back_on": "2027-02-01",
}
COMMENT = PAIR | {"move": "comment", "body": "Est-ce la grippe ?", "period": "2026-10"}
BRAVO = {
    "move": "recognise",
    "organisation_id": "DUR",
    "tie": "blocker:B-2",
    "body": "L'entente est signée.",
}


def room(scope: Scope, warehouse: Warehouse, search: str = "?org=MSSS") -> IndicatorRoom:
    return indicator_room(scope, warehouse, at("/indicateurs/I-1", search))


def card(scope: Scope, warehouse: Warehouse) -> Card:
    seen = level_room(scope, warehouse, at("/strategique/MSSS"))
    return next(one for one in seen.cards if one.indicator_id == "I-1")


def standing(scope: Scope, warehouse: Warehouse) -> tuple[str, str]:
    """Identifier and sequence of the one comment."""
    (only,) = room(scope, warehouse).discussion.comments
    return only.post.post_id, str(only.last.seq)


def told_long_ago(warehouse: Warehouse, post_id: str, version: int, when: datetime) -> None:
    words = Words("Vieille cause.", month(9), "Rien encore.")
    post = Post(post_id, PostKind.EXPLANATION, version, "MSSS", "Mme Dion", "", "Mme Dion", words)
    warehouse.record(KIND, "Mme Dion", payload(replace(post, indicator_id="I-1"), when))
