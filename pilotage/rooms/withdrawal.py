"""A load taken back from the page, by whoever may load for its organisation."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pilotage.domain.viewer import Scope
from pilotage.errors import Forbidden, NotFound, PilotageError
from pilotage.intake.loading import withdraw
from pilotage.rooms.blocker import author_of
from pilotage.store.queries.receipt import withdrawable
from pilotage.store.warehouse import Warehouse

_LONGEST_REASON = 500


class Withdrawal(StrEnum):
    """What became of the request; the page has a sentence for each."""

    DONE = "done"
    NOT_ALLOWED = "not_allowed"
    NOT_STANDING = "not_standing"
    WORDS_MISSING = "words_missing"


def may_withdraw(scope: Scope, warehouse: Warehouse, load_seq: int) -> bool:
    """True when the load stands and holds nothing of others."""
    try:
        withdrawable(scope, warehouse, load_seq)
    except PilotageError:
        return False
    return True


def withdraw_load(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> Withdrawal:
    """Take the load back, with its reason; the vintages before it stand again."""
    number, reason = asked.get("load_seq"), asked.get("reason")
    if not isinstance(number, str) or not number.isascii() or not number.isdigit():
        return Withdrawal.NOT_STANDING
    if not isinstance(reason, str) or not reason.strip():
        return Withdrawal.WORDS_MISSING
    try:
        said = reason.strip()[:_LONGEST_REASON]
        withdraw(warehouse, scope, int(number[:9]), author_of(scope), said)
    except Forbidden:
        return Withdrawal.NOT_ALLOWED
    except NotFound:
        return Withdrawal.NOT_STANDING
    return Withdrawal.DONE
