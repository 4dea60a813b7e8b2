"""The page that scores the chances: the same for everyone, honest when it knows too little."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from layouts.calibration import layout
from layouts.reliability import diagram, summary
from pilotage.access.operator import OPERATOR
from pilotage.assessment.score import score
from pilotage.domain.viewer import Role, Scope
from pilotage.i18n import Lang
from pilotage.intake import loading
from pilotage.rooms.address import parse_address
from pilotage.rooms.calibration import Bin, CalibrationRoom, Given, Kept, calibration_room
from pilotage.store.queries.chances import Pending
from tests.component_text import text_of
from tests.door import MEASUREMENTS, TARGETS, Door, HereChecker, opened_door

ADDRESS = parse_address("/calibration", "")
PUBLIC = replace(
    OPERATOR, role=Role.PUBLIC, everything=False, published_only=True, loads_everything=False
)
VALUES = 50 + np.cumsum(np.random.default_rng(3).normal(0, 2, 48))


def kept(*bins: tuple[int, float, float]) -> Kept:
    chance = np.concatenate([np.full(n, said) for n, said, _ in bins])
    met = np.concatenate([np.arange(n) < round(n * happened) for n, _, happened in bins]) * 1.0
    rows = tuple(
        Bin(said - 0.05, said + 0.05, n, said, happened, 0.0, 1.0) for n, said, happened in bins
    )
    return Kept(score(chance, met), 0.3, rows)


def shown(given: Kept | None, replayed: Kept | None = None, lang: str = "") -> str:
    waiting, none = Pending(3, date(2026, 12, 31)), Given(0, None)
    room = CalibrationRoom(Given(40, given), none, waiting, 40, replayed, False, ())
    return text_of(layout(room, parse_address("/calibration", lang)))


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "foyer") as opened:
        opened.warehouse.as_of = date(2026, 1, 15)
        yield opened


def load_history(door: Door, first: int, last: int) -> None:
    rows = [f"I-M;M;{2023 + n // 12}-{n % 12 + 1:02d};{VALUES[n]:.2f}" for n in range(first, last)]
    door.load(MEASUREMENTS + "\n".join(rows) + "\n")


def room(door: Door, scope: Scope = OPERATOR) -> CalibrationRoom:
    return calibration_room(scope, door.warehouse, ADDRESS)


def test_a_new_home_says_that_it_knows_too_little(door: Door) -> None:
    said = text_of(layout(room(door), ADDRESS))
    assert "Trop peu de cibles échues" in said
    assert "Aucune des chances données n'a encore reçu sa valeur." in said


def test_past_targets_are_replayed_before_any_chance_has_come_due(door: Door) -> None:
    load_history(door, 0, 36)
    door.load(TARGETS + "".join(f"I-M;M;2025-{m:02d};;50;\n" for m in (3, 6, 9, 12)))
    found = room(door)
    assert found.due.kept is None
    assert found.replayed is not None
    assert found.replayed.score.n == found.replayed_count >= 10
    assert {one.steps for one in found.replayed.horizons} <= {1, 2, 3, 6, 12}
    assert "rejouées" in text_of(layout(found, ADDRESS))


def test_chances_come_due_are_listed_for_whoever_may_see_them_alone(door: Door) -> None:
    load_history(door, 0, 36)
    door.load(TARGETS + "I-M;M;2026-03;;50;\n")
    door.warehouse.as_of = date(2026, 4, 15)
    load_history(door, 36, 39)
    ours, public = room(door), room(door, PUBLIC)
    assert ours.due.count == public.due.count == 1
    assert {one.indicator_id for one in ours.latest} == {"I-M"}
    assert {one.period is None for one in ours.latest} == {True, False}
    assert public.latest == ()
    said = text_of(layout(ours, ADDRESS))
    assert "Mensuel" in said
    assert "Mensuel" not in text_of(layout(public, ADDRESS))


@pytest.mark.parametrize(
    ("bins", "word"),
    [
        (((50, 0.1, 0.1), (50, 0.9, 0.9)), "tiennent parole"),
        (((50, 0.0, 0.3), (50, 1.0, 0.7)), "trop tranchées"),
        (((50, 0.4, 0.1), (50, 0.6, 0.9)), "trop prudentes"),
    ],
)
def test_the_first_words_say_on_which_side_the_chances_err(
    bins: tuple[tuple[int, float, float], ...], word: str
) -> None:
    assert word in shown(kept(*bins))


def test_a_light_that_does_no_worse_is_said() -> None:
    worse = replace(kept((50, 0.0, 1.0), (50, 1.0, 0.0)), light=0.1)
    assert "ne fait pas moins bien" in shown(worse)


@pytest.mark.parametrize(("lang", "word"), [("fr", "est arrivé"), ("en", "happened")])
def test_the_diagram_has_its_sentence_and_its_points(lang: Lang, word: str) -> None:
    found = kept((50, 0.1, 0.2), (25, 0.9, 0.8))
    assert word in summary(found, lang)
    points = diagram(found, lang)["data"][-1]
    assert points["x"] == pytest.approx([10, 90])
    assert points["y"] == pytest.approx([20, 80])
    assert points["marker"]["size"][0] > points["marker"]["size"][1]
