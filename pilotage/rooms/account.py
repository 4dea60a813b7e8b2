"""Since when a figure is off target, and what its owner says of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from pilotage.domain.period import Period
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Scope
from pilotage.followup.post import first_line
from pilotage.rooms.card import Account, Card, OffTarget, Recent, Said
from pilotage.rooms.post import Version, version_of
from pilotage.store.queries.posts import room_explanations
from pilotage.store.warehouse import Warehouse


def off_target(
    standing: Standing, period: Period | None, recents: Sequence[Recent]
) -> OffTarget | None:
    """Since which period it is off target without a break; None when it is not, or of no period.

    Periods without a figure do not end it: they say nothing.
    """
    if standing is not Standing.OFF_TARGET or period is None:
        return None
    known = [one for one in recents if one.value is not None]
    run = list(takewhile(lambda one: one.standing is Standing.OFF_TARGET, reversed(known)))
    if not run:
        return OffTarget(period, is_longer=False)
    return OffTarget(run[-1].period, is_longer=len(run) == len(known) > 1)


def explaining(period: Period, versions: Iterable[Version]) -> Version | None:
    """The explanation of that period, else of the nearest one before it; None without either."""
    earlier = [
        one
        for one in versions
        if one.post.words.period is not None
        and one.post.words.period.kind is period.kind
        and one.post.words.period.start <= period.start
    ]
    return max(earlier, key=_about, default=None)


def _about(one: Version) -> tuple[Any, int]:
    period = one.post.words.period
    return (period.start if period else None, one.seq)


def account_of(card: Card, versions: Iterable[Version]) -> Account | None:
    """What the card says of its gap; None where there is none to speak of."""
    off = off_target(card.standing, card.period, card.recents)
    if off is None or card.period is None:
        return None
    found = explaining(card.period, versions)
    if found is None or found.post.words.period is None:
        return Account(off, None)
    period = found.post.words.period
    line = first_line(found.post.words.body)
    return Account(off, Said(line, found.on, period, is_current=period == card.period))


def with_accounts(
    scope: Scope, warehouse: Warehouse, organisation_id: str, cards: Iterable[Card]
) -> tuple[Card, ...]:
    """The same cards, each off target with what explains it."""
    known: dict[str, list[Version]] = {}
    for row in room_explanations(scope, warehouse, organisation_id):
        known.setdefault(_indicator(row), []).append(version_of(row))
    return tuple(
        replace(card, account=account_of(card, known.get(card.indicator_id, ()))) for card in cards
    )


def _indicator(row: Mapping[str, Any]) -> str:
    return str(row["indicator_id"])
