"""Children add up to their parent, or the page says by how much they do not, or who is missing."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.sum_check import sums, target_sentence, value_sentence
from pilotage.domain.indicator import Direction, Level, RollUp
from pilotage.domain.period import PeriodKind
from pilotage.domain.status import Standing
from pilotage.rooms.address import parse_address
from pilotage.rooms.figure import Bond, Figure, Tie
from pilotage.rooms.sum_check import Check, History, copies, sum_check, summed
from pilotage.rooms.tree import Tree
from tests.component_text import text_of

OCTOBER, NOVEMBER = datetime(2026, 10, 1), datetime(2026, 11, 1)
DUE, LATER = date(2027, 3, 31), date(2028, 3, 31)
NOBODY = Tree({})
PAGE = parse_address("/cascade", "")


def a_figure(name: str = "P", place: str = "D", **changes: object) -> Figure:
    figure = Figure(
        indicator_id=name,
        organisation_id=place,
        lead_id=place,
        objective_id=None,
        title_fr=f"Indicateur {name}",
        title_en=None,
        unit="nombre",
        decimals=0,
        direction=Direction.AT_MOST,
        level=Level.TACTICAL,
        roll_up=RollUp.SUM,
        standing=Standing.ON_TRACK,
        kind=PeriodKind.MONTH,
        start=OCTOBER,
        value=30.0,
        high=30.0,
        due_date=DUE,
    )
    return replace(figure, **changes)  # type: ignore[arg-type]


def a_child(
    name: str, value: float | None, high: float | None = None, **changes: object
) -> tuple[Figure, History]:
    figure = a_figure(name, f"E-{name}", value=value, high=high, **changes)
    known = {OCTOBER: value} if value is not None else {}
    return figure, History(PeriodKind.MONTH, known)


numbers = st.none() | st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))


@given(
    said=numbers,
    values=st.lists(numbers, max_size=6),
    hidden=st.integers(0, 2),
    decimals=st.none() | st.integers(0, 3),
)
def test_children_make_their_parent_or_it_is_said(
    said: float | None, values: list[float | None], hidden: int, decimals: int | None
) -> None:
    parent = a_figure(value=said, high=said, decimals=decimals)
    check = sum_check(parent, [a_child(f"C{n}", one, one) for n, one in enumerate(values)], hidden)
    if hidden:
        values = [None] * len(values)
    known = [one for one in values if one is not None]
    for total, lacking in ((check.value, check.missing), (check.target, check.unaimed)):
        assert total.counted == len(known)
        assert len(lacking) == len(values) - len(known)
        is_whole = not lacking and not hidden and bool(values)
        assert total.is_complete is is_whole
        if said is None or not is_whole:
            assert total.difference is None
            continue
        difference = total.difference
        assert difference is not None
        slack = 10 ** -(decimals if decimals is not None else 9) + 1e-9 * max(abs(said), 1e4)
        assert abs(said + difference - sum(known)) <= slack
    sentences = value_sentence(check, NOBODY, "fr") + target_sentence(check, NOBODY, "fr")
    if check.differs:
        assert "que le parent" in sentences
    if not check.value.is_complete and known:
        assert "incomplet" in sentences


def test_a_difference_is_told_with_its_amount_and_its_side() -> None:
    parent = a_figure(value=523.0, high=300.0)
    check = sum_check(parent, [a_child("A", 334, 160), a_child("B", 189, 150)])
    assert check.value.difference == 0
    assert check.target.difference == 10
    assert value_sentence(check, NOBODY, "fr") == "Valeurs : les enfants font 523, comme le parent."
    assert "10 de plus que le parent" in target_sentence(check, NOBODY, "fr")
    assert "10 more than the parent" in target_sentence(check, NOBODY, "en")


def test_what_published_decimals_do_not_show_is_no_difference() -> None:
    children = [a_child("A", 10.2), a_child("B", 20.2)]
    assert sum_check(a_figure(value=30.4, decimals=0), children).value.difference == 0
    assert sum_check(a_figure(value=30.3, decimals=1), children).value.difference == 0.1
    assert sum_check(a_figure(value=30.4, decimals=None), children).value.difference == 0


def test_a_child_of_another_period_is_missing_and_the_total_incomplete() -> None:
    late = (a_figure("B", "E-B", value=9.0, start=datetime(2026, 9, 1)), History())
    check = sum_check(a_figure(value=30.0), [a_child("A", 21), late])
    assert [one.figure.indicator_id for one in check.missing] == ["B"]
    assert check.value.difference is None
    said = value_sentence(check, NOBODY, "fr")
    assert "total incomplet" in said
    assert "21 pour 1 sur 2" in said
    assert "E-B (dernière valeur : septembre 2026)" in said
    assert "Le parent dit 30." in said


def test_the_child_is_read_in_the_parents_period_not_in_its_own_last_one() -> None:
    ahead = a_figure("A", "E-A", value=99.0, start=NOVEMBER)
    past = History(PeriodKind.MONTH, {OCTOBER: 30.0, NOVEMBER: 99.0})
    assert sum_check(a_figure(value=30.0), [(ahead, past)]).value.difference == 0


def test_targets_are_compared_at_the_same_date_only() -> None:
    later = a_figure("A", "E-A", high=12.0, due_date=LATER)
    silent = sum_check(a_figure(), [(later, History())])
    assert silent.target.known is None
    assert "aucun enfant n'a de cible à cette échéance" in target_sentence(silent, NOBODY, "fr")
    dated = History(targets={DUE: (None, 30.0), LATER: (None, 12.0)})
    assert sum_check(a_figure(), [(later, dated)]).target.difference == 0


def test_a_child_in_another_unit_is_not_added() -> None:
    check = sum_check(a_figure(), [a_child("A", 30, 30), a_child("B", 5, 5, unit="%")])
    assert check.value.known == 30
    assert not check.value.is_complete
    assert "E-B (autre unité)" in value_sentence(check, NOBODY, "fr")


def test_a_child_out_of_sight_cannot_be_had_by_subtraction() -> None:
    parent = a_figure(value=523.0, high=500.0)
    seen = [a_child("A", 150, 140), a_child("B", 39, 30)]
    check = sum_check(parent, seen, hidden=1)
    assert (check.value.known, check.target.known) == (None, None)
    assert {(one.value, one.target) for one in check.parts} == {(None, None)}
    said = text_of(sums([check], NOBODY, PAGE))
    assert "une partie de ce qu'elle additionne est hors de votre vue" in said
    for told in ("189", "150", "523", "334", "170", "500", "2 sur 3"):
        assert told not in said


def test_sums_whose_children_are_all_out_of_sight_are_counted_only() -> None:
    said = text_of(sums([sum_check(a_figure(), [], hidden=3)], NOBODY, PAGE))
    assert "1 somme se vérifie plus bas" in said
    assert "Indicateur P" not in said


def test_a_value_made_of_its_children_is_said_to_be() -> None:
    check = sum_check(a_figure(value=30.0, is_rolled=True), [a_child("A", 30, 30)])
    assert "calculé à partir des enfants" in value_sentence(check, NOBODY, "fr")


def test_copies_of_a_shared_indicator_count_once() -> None:
    same = copies([Bond(("A", "E-A"), ("B", "E-B"), Tie.IDENTICAL)])
    assert same == {"A": "A", "B": "A"}
    children = [a_child("A", None), a_child("B", 30, 30)]
    assert sum_check(a_figure(value=30.0), children, 0, same).value.difference == 0


@pytest.mark.parametrize(
    ("roll_up", "tie", "is_checked"),
    [
        (RollUp.SUM, Tie.ADDITIVE, True),
        (RollUp.SUM, Tie.SAME, True),
        (None, Tie.ADDITIVE, True),
        (None, Tie.SAME, False),
        (RollUp.MEAN, Tie.ADDITIVE, False),
        (RollUp.SUM, Tie.CONTRIBUTES, False),
    ],
)
def test_only_what_adds_up_is_checked(roll_up: RollUp | None, tie: Tie, is_checked: bool) -> None:
    parent = a_figure(roll_up=roll_up)
    child = a_figure("C", "E-C")
    figures = {parent.key: parent, child.key: child}
    assert bool(summed(figures, [Bond(parent.key, child.key, tie)])) is is_checked


def test_the_same_indicator_below_comes_before_links() -> None:
    parent, same, linked = a_figure(), a_figure("P", "E"), a_figure("C", "E")
    figures = {one.key: one for one in (parent, same, linked)}
    ties = [Bond(parent.key, linked.key, Tie.ADDITIVE), Bond(parent.key, same.key, Tie.SAME)]
    assert [one.child for one in summed(figures, ties)[parent.key]] == [same.key]


def test_what_is_odd_stands_open_and_what_is_even_is_folded() -> None:
    even = sum_check(a_figure("P1"), [a_child("A", 30, 30)])
    odd: Check = sum_check(a_figure("P2"), [a_child("B", 12, 30)])
    drawn = sums([odd, even], NOBODY, PAGE)
    assert "Indicateur P2" in text_of(drawn[0])
    assert "1 somme tombe juste" in text_of(drawn[1])
