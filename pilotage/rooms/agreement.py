"""Approvals and closed periods: what waits for one's signature, the rules, and what is locked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pilotage.access.current import current_sight
from pilotage.access.person import person
from pilotage.domain.sign_off import Delegation, signs_for
from pilotage.domain.viewer import Role, Scope
from pilotage.errors import Forbidden, NotFound, PilotageError, Refused
from pilotage.followup.sign_off import ask_approval, delegate, may_rule
from pilotage.intake.sign_off import approve, send_back
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import Named
from pilotage.rooms.closing import Closed, closable, close_period, closed
from pilotage.rooms.pending import SHOWN_VALUES, PendingValue, pending_of_load
from pilotage.store.queries import sign_off as queries
from pilotage.store.queries.blockers import indicator_titles
from pilotage.store.queries.directory import organisations
from pilotage.store.queries.problems import problem_counts
from pilotage.store.warehouse import Warehouse

_SIGNERS = frozenset({Role.MANAGER, Role.DEPUTY_MINISTER, Role.STEWARD})


@dataclass(frozen=True)
class HeldFile:
    """A file that waits: from whom, since when (UTC), for whom, with its first values."""

    load_seq: int
    file_name: str
    author: str
    received_at: datetime
    awaited: tuple[str, ...]
    values: tuple[PendingValue, ...]
    left_off: bool
    problems: int
    is_mine: bool


@dataclass(frozen=True)
class Rule:
    """Whose approval an organisation asks; no ``indicator``: for all; no ``approver``: nobody's."""

    organisation: Named
    indicator: Named | None
    approver: str | None


@dataclass(frozen=True)
class AgreementRoom:
    """What the page shows. ``people``: who may be named, (identifier, name)."""

    held: tuple[HeldFile, ...]
    rules: tuple[Rule, ...]
    delegations: tuple[tuple[str, str, date, date], ...]
    closings: tuple[Closed, ...]
    people: tuple[tuple[str, str], ...]
    ruled: tuple[Named, ...]
    closable: tuple[Named, ...]
    may_delegate: bool


def agreement_room(scope: Scope, warehouse: Warehouse, address: Address) -> AgreementRoom:
    """``/donnees/accords``. Raises Forbidden for the public and for who holds accounts only."""
    del address
    if scope.role in {Role.PUBLIC, Role.ADMINISTRATOR}:
        raise Forbidden
    known = organisations(scope, warehouse)
    people = _people(scope)
    return AgreementRoom(
        held=_held(scope, warehouse),
        rules=_rules(scope, warehouse),
        delegations=_delegations(scope, warehouse),
        closings=closed(scope, warehouse),
        people=people,
        ruled=tuple(
            Named(one.organisation_id, one.label_fr, one.label_en)
            for one in known
            if may_rule(scope, one.organisation_id)
        ),
        closable=closable(scope, warehouse),
        may_delegate=any(one == scope.viewer_id for one, _ in people),
    )


def to_sign(scope: Scope, warehouse: Warehouse) -> int:
    """How many files wait for this viewer's signature."""
    return sum(one.is_mine for one in _held(scope, warehouse))


def _held(scope: Scope, warehouse: Warehouse) -> tuple[HeldFile, ...]:
    today = warehouse.today
    delegations = queries.standing_delegations(scope, warehouse, today)
    names = signs_for(scope.viewer_id, delegations, today)
    found = []
    for load in queries.held_loads(scope, warehouse):
        seq = load["load_seq"]
        awaited = queries.still_awaited(scope, warehouse, seq)
        values = pending_of_load(scope, warehouse, seq)
        found.append(
            HeldFile(
                load_seq=seq,
                file_name=load["file_name"],
                author=person(load["author"]) or "",
                received_at=load["received_at"],
                awaited=tuple(person(one) or one for one in sorted(awaited)),
                values=values[:SHOWN_VALUES],
                left_off=len(values) > SHOWN_VALUES,
                problems=sum(count for _, _, count in problem_counts(scope, warehouse, seq)),
                is_mine=bool(names & awaited),
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.is_mine, one.load_seq)))


def _rules(scope: Scope, warehouse: Warehouse) -> tuple[Rule, ...]:
    rules = queries.standing_rules(scope, warehouse)
    places = {
        one.organisation_id: Named(one.organisation_id, one.label_fr, one.label_en)
        for one in organisations(scope, warehouse)
    }
    asked = {rule.indicator_id for rule in rules if rule.indicator_id}
    titles = indicator_titles(scope, warehouse, asked) if asked else {}
    return tuple(
        Rule(
            places[rule.organisation_id],
            _indicator(rule.indicator_id, titles) if rule.indicator_id else None,
            person(rule.approver),
        )
        for rule in rules
        if rule.organisation_id in places and (rule.approver or rule.indicator_id)
    )


def _indicator(name: str, titles: Mapping[str, tuple[str, str | None, str]]) -> Named:
    title = titles.get(name)
    return Named(name, title[0] if title else name, title[1] if title else None)


def _delegations(scope: Scope, warehouse: Warehouse) -> tuple[tuple[str, str, date, date], ...]:
    """Those that name the viewer, or all for who sets the rules."""
    standing = queries.standing_delegations(scope, warehouse, warehouse.today)
    return tuple(_named(one) for one in standing if scope.viewer_id in {one.approver, one.delegate})


def _named(one: Delegation) -> tuple[str, str, date, date]:
    approver, to = person(one.approver) or "", person(one.delegate) or ""
    return approver, to, one.starts_on, one.ends_on


def _people(scope: Scope) -> tuple[tuple[str, str], ...]:
    """Who may be named: those of the installation who answer for an organisation of the scope."""
    try:
        sight = current_sight()
    except Forbidden:
        return ()
    return tuple(
        (one.viewer_id, one.name)
        for one in sight.people or (sight.viewer,)
        if one.role in _SIGNERS and one.organisation_id and scope.may_see(one.organisation_id)
    )


def act(
    scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]
) -> tuple[str, PilotageError | None]:
    """Do what a form of the page asks: what was done, and the fault where it was not."""
    deed = str(asked.get("act", ""))
    try:
        said = _ACTS.get(deed, _unknown)(scope, warehouse, asked)
    except PilotageError as fault:
        return deed, fault
    return said or deed, None


def _approve(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> str:
    outcome = approve(warehouse, scope, _seq(asked), _text(asked, "note"))
    return "sign" if outcome.state == "held" else "approve"


def _send_back(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> None:
    send_back(warehouse, scope, _seq(asked), _text(asked, "note"))


def _rule(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> None:
    approver, indicator = _text(asked, "approver"), _text(asked, "indicator_id").strip()
    if approver:
        _known_person(scope, approver)
    if indicator and indicator not in indicator_titles(scope, warehouse, {indicator}):
        raise Refused(
            f"L'indicateur « {indicator[:60]} » n'existe pas parmi ceux que vous voyez.",
            f"There is no indicator “{indicator[:60]}” among those you see.",
        )
    place = _text(asked, "organisation_id")
    ask_approval(warehouse, scope, place, indicator or None, approver or None)


def _delegate(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> None:
    to = _text(asked, "delegate")
    _known_person(scope, to)
    between = _day(asked, "starts_on"), _day(asked, "ends_on")
    delegate(warehouse, scope, scope.viewer_id, to, between, warehouse.today)


def _close(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> None:
    if not _text(asked, "through"):
        raise Refused("Donnez le dernier jour clos.", "Give the last day closed.")
    close_period(scope, warehouse, scope.viewer_id, asked)


def _reopen(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> None:
    close_period(scope, warehouse, scope.viewer_id, {**asked, "through": None})


def _unknown(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> None:
    del scope, warehouse, asked
    raise NotFound


_ACTS: dict[str, Callable[[Scope, Warehouse, Mapping[str, Any]], str | None]] = {
    "approve": _approve,
    "send_back": _send_back,
    "rule": _rule,
    "delegate": _delegate,
    "close": _close,
    "reopen": _reopen,
}


def _known_person(scope: Scope, name: str) -> None:
    if name not in {one for one, _ in _people(scope)}:
        raise Refused("Choisissez une personne de la liste.", "Choose a person from the list.")


def _seq(asked: Mapping[str, Any]) -> int:
    text = str(asked.get("load_seq", ""))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotFound
    return int(text)


def _text(asked: Mapping[str, Any], name: str) -> str:
    found = asked.get(name)
    return found if isinstance(found, str) else ""


def _day(asked: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(_text(asked, name))
    except ValueError:
        raise Refused("Donnez les deux jours.", "Give both days.") from None
