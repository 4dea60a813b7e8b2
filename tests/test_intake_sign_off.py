"""A value waits for the person named before it shows; an absent one is stood in for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.domain.sign_off import Delegation, SignOffRule, approver_of, signs_for
from pilotage.domain.viewer import Role, Scope
from pilotage.errors import Forbidden, NotFound, Refused
from pilotage.followup.closing import close_through
from pilotage.followup.sign_off import ask_approval, delegate
from pilotage.intake import loading
from pilotage.intake.sign_off import approve, send_back
from pilotage.store.queries.loads import one_load, recent_loads
from pilotage.store.queries.sign_off import pending_values, still_awaited
from pilotage.store.tables import measurements
from pilotage.store.warehouse import Warehouse, rebuild
from tests.door import MEASUREMENTS, Door, check_here, opened_door

__all__ = ["check_here"]
NEW = MEASUREMENTS + "I-M;M;2026-03;12\n"
MINISTRY = frozenset({"M", "D"})


def person(name: str, role: Role = Role.DEPUTY_MINISTER) -> Scope:
    everything = role is Role.CENTRAL
    return replace(
        OPERATOR,
        viewer_id=name,
        role=role,
        everything=everything,
        organisation_ids=frozenset() if everything else MINISTRY,
        loads_everything=False,
        loadable=MINISTRY if role is Role.MANAGER else frozenset(),
    )


CLAUDE, ANDREE, DOMINIQUE = person("claude"), person("andree"), person("dominique", Role.MANAGER)
TREASURY = person("treasury", Role.CENTRAL)


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with opened_door(tmp_path, MEASUREMENTS + "I-M;M;2026-03;10\n") as opened:
        ask_approval(opened.warehouse, CLAUDE, "M", None, "claude")
        yield opened


def send(door: Door, content: str, scope: Scope = DOMINIQUE) -> loading.LoadOutcome:
    report = loading.check(door.warehouse, scope, door.received(content))
    return loading.load(door.warehouse, scope, report, way_in="page", author=scope.viewer_id)


def value(warehouse: Warehouse) -> float | None:
    asked = sa.select(measurements.c.value).where(measurements.c.superseded_seq.is_(None))
    with warehouse.read() as connection:
        return connection.execute(asked).scalar()


def test_a_value_waits_and_shows_once_approved(door: Door) -> None:
    held = send(door, NEW)
    assert (held.state, held.awaited) == ("held", ("claude",))
    assert value(door.warehouse) == 10
    shown = approve(door.warehouse, CLAUDE, held.version)
    assert (shown.state, shown.changed) == ("loaded", 1)
    assert value(door.warehouse) == 12
    last = one_load(OPERATOR, door.warehouse, shown.version)
    assert last is not None
    assert (last["author"], last["held_seq"]) == ("dominique", held.version)


def test_what_waits_is_seen_inside_and_nowhere_else(door: Door) -> None:
    held = send(door, NEW)
    for scope in (CLAUDE, DOMINIQUE, OPERATOR):
        (one,) = pending_values(scope, door.warehouse, 10)
        assert (one["before_value"], one["value"]) == (10, 12)
        assert one_load(scope, door.warehouse, held.version) is not None
    others = replace(CLAUDE, organisation_ids=frozenset({"N"}), viewer_id="x")
    for scope in (TREASURY, others):
        assert pending_values(scope, door.warehouse, 10) == []
        assert one_load(scope, door.warehouse, held.version) is None
    seen = [load["load_seq"] for load in recent_loads(TREASURY, door.warehouse, 9)]
    assert held.version not in seen


def test_only_the_person_named_signs(door: Door) -> None:
    held = send(door, NEW)
    for scope in (DOMINIQUE, ANDREE):
        with pytest.raises(Forbidden):
            approve(door.warehouse, scope, held.version)
    with pytest.raises(NotFound):
        approve(door.warehouse, TREASURY, held.version)
    assert value(door.warehouse) == 10


def test_a_load_is_signed_once(door: Door) -> None:
    held = send(door, NEW)
    approve(door.warehouse, CLAUDE, held.version)
    with pytest.raises(NotFound):
        approve(door.warehouse, CLAUDE, held.version)


def test_an_absent_person_is_stood_in_for(door: Door) -> None:
    today = door.warehouse.today
    held = send(door, NEW)
    delegate(door.warehouse, CLAUDE, "claude", "andree", (today, today + timedelta(5)), today)
    assert approve(door.warehouse, ANDREE, held.version).state == "loaded"


def test_nobody_delegates_the_signature_of_another(door: Door) -> None:
    today = door.warehouse.today
    with pytest.raises(Forbidden):
        delegate(door.warehouse, DOMINIQUE, "claude", "dominique", (today, today), today)
    for wrong in ((today, today - timedelta(1)), (today, today + timedelta(400))):
        with pytest.raises(Refused):
            delegate(door.warehouse, CLAUDE, "claude", "andree", wrong, today)


def test_a_file_sent_back_changes_nothing_and_may_come_again(door: Door) -> None:
    held = send(door, NEW)
    with pytest.raises(Refused):
        send_back(door.warehouse, CLAUDE, held.version, " ")
    send_back(door.warehouse, CLAUDE, held.version, "Le total ne correspond pas")
    assert (value(door.warehouse), pending_values(OPERATOR, door.warehouse, 9)) == (10, [])
    again = send(door, NEW)
    assert (again.state, again.version > held.version) == ("held", True)


def test_its_sender_takes_it_back(door: Door) -> None:
    held = send(door, NEW)
    with pytest.raises(Forbidden):
        send_back(door.warehouse, ANDREE, held.version, "non")
    send_back(door.warehouse, DOMINIQUE, held.version, "Mauvais fichier")
    with pytest.raises(NotFound):
        approve(door.warehouse, CLAUDE, held.version)


def test_the_same_file_again_waits_where_it_waits(door: Door) -> None:
    held = send(door, NEW)
    assert send(door, NEW) == held


def test_the_approver_s_own_file_waits_for_nobody(door: Door) -> None:
    own = replace(CLAUDE, loadable=MINISTRY)
    assert send(door, NEW, own).state == "loaded"


def test_what_no_rule_covers_waits_for_nobody(door: Door) -> None:
    assert door.load(MEASUREMENTS + "I-N;N;2026-03;1\n").state == "loaded"
    ask_approval(door.warehouse, CLAUDE, "M", None, None)
    assert send(door, NEW).state == "loaded"


def test_two_approvers_both_sign(door: Door) -> None:
    ask_approval(door.warehouse, CLAUDE, "D", "I-Q", "andree")
    held = send(door, NEW + "I-Q;D;2026-03-05;2\n")
    assert held.awaited == ("andree", "claude")
    half = approve(door.warehouse, CLAUDE, held.version)
    assert (half.state, half.awaited) == ("held", ("andree",))
    assert still_awaited(OPERATOR, door.warehouse, held.version) == {"andree"}
    with pytest.raises(Forbidden):
        approve(door.warehouse, CLAUDE, held.version)
    assert approve(door.warehouse, ANDREE, held.version).new == 1


def test_an_approval_adds_no_right_to_whoever_sent(door: Door) -> None:
    mixed = NEW + "I-N;N;2026-03;99\n"
    report = loading.check(door.warehouse, DOMINIQUE, door.received(mixed))
    held = loading.load(door.warehouse, DOMINIQUE, report, "quarantine", author="dominique")
    assert held.state == "held"
    shown = approve(door.warehouse, CLAUDE, held.version)
    assert (shown.state, shown.changed, shown.refused) == ("loaded", 1, 1)


def test_a_period_closed_meanwhile_stops_the_approval(door: Door) -> None:
    held = send(door, NEW)
    close_through(door.warehouse, CLAUDE, "claude", "M", date(2026, 3, 31), "", date(2026, 11, 1))
    with pytest.raises(Refused):
        approve(door.warehouse, CLAUDE, held.version)
    assert value(door.warehouse) == 10


def test_an_approved_load_is_withdrawn_like_any_other(door: Door) -> None:
    shown = approve(door.warehouse, CLAUDE, send(door, NEW).version)
    door.withdraw(shown.version)
    assert value(door.warehouse) == 10


def test_a_rebuild_gives_the_same_waits(tmp_path: Path, check_here: None) -> None:
    with opened_door(tmp_path) as door:
        ask_approval(door.warehouse, CLAUDE, "M", None, "claude")
        first, second = send(door, NEW), send(door, MEASUREMENTS + "I-M;M;2026-04;9\n")
        approve(door.warehouse, CLAUDE, first.version)
    rebuild(tmp_path / "home")
    with opened_door(tmp_path, known=False) as again:
        assert value(again.warehouse) == 12
        (waits,) = pending_values(CLAUDE, again.warehouse, 9)
        assert (waits["load_seq"], waits["value"]) == (second.version, 9)
        assert approve(again.warehouse, CLAUDE, second.version).state == "loaded"


def test_what_shows_is_published_when_it_is_approved(door: Door) -> None:
    held = send(door, NEW)
    shown = approve(door.warehouse, CLAUDE, held.version)
    before, after = (
        one_load(OPERATOR, door.warehouse, seq) for seq in (held.version, shown.version)
    )
    assert before is not None
    assert after is not None
    assert after["published_at"] > before["published_at"]
    assert before["state"] == "approved"


RULES = (
    SignOffRule("G", None, "prime"),
    SignOffRule("M", None, "claude"),
    SignOffRule("D", "I-Q", None),
    SignOffRule("G", "I-T", "andree"),
)


@pytest.mark.parametrize(
    ("places", "indicator", "expected"),
    [
        pytest.param(("M", "G"), "I-M", "claude", id="the nearest organisation"),
        pytest.param(("D", "M", "G"), "I-M", "claude", id="the one above"),
        pytest.param(("N", "G"), "I-M", "prime", id="the top"),
        pytest.param(("D", "M", "G"), "I-Q", None, id="an indicator exempted"),
        pytest.param(("M", "G"), "I-T", "andree", id="the indicator comes first"),
        pytest.param(("X",), "I-M", None, id="no rule"),
    ],
)
def test_whose_approval(places: tuple[str, ...], indicator: str, expected: str | None) -> None:
    assert approver_of(RULES, places, indicator) == expected


def test_a_delegation_holds_both_days_and_is_not_passed_on() -> None:
    given = (
        Delegation("claude", "andree", date(2026, 7, 1), date(2026, 7, 5)),
        Delegation("andree", "sacha", date(2026, 7, 1), date(2026, 7, 5)),
    )
    for day, names in ((1, {"andree", "claude"}), (5, {"andree", "claude"}), (6, {"andree"})):
        assert signs_for("andree", given, date(2026, 7, day)) == names
    assert signs_for("sacha", given, date(2026, 7, 2)) == {"sacha", "andree"}


def test_only_a_deputy_or_a_steward_sets_the_rule(door: Door) -> None:
    for scope in (DOMINIQUE, TREASURY):
        with pytest.raises(Forbidden):
            ask_approval(door.warehouse, scope, "M", None, None)
    with pytest.raises(Forbidden):
        ask_approval(door.warehouse, CLAUDE, "N", None, "claude")
