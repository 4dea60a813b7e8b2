"""The huddle of a room: its record of five lines, who may write it, and the day it dates."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.huddle import closed
from layouts import huddle as page
from pilotage.access.current import Sight, looking_as
from pilotage.access.viewers import PUBLIC_VIEWER
from pilotage.domain.indicator import Level
from pilotage.domain.post import LONGEST_LINE, MOST_PRESENT, RECORD_LINES, Post, PostKind, Words
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.followup.post import PostError, PostRefused, first_version
from pilotage.followup.post_event import KIND, payload
from pilotage.rooms.day_choice import since_days
from pilotage.rooms.huddle import MINUTES, huddle_room
from pilotage.rooms.huddle_record import last_huddle
from pilotage.rooms.level import level_room
from pilotage.rooms.post_action import PostOutcome, present_of, say
from pilotage.store.queries.people import people_of
from pilotage.store.warehouse import Warehouse
from tests.component_text import text_of
from tests.huddle_case import CLOSE
from tests.room_case import a_level_room
from tests.small_home import TODAY, at, scope, small_home

ROOM = "/strategique/MSSS"
HUDDLE = at(f"{ROOM}/caucus")


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = small_home(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def deputy(warehouse: Warehouse) -> Scope:
    return replace(scope(warehouse, Role.DEPUTY_MINISTER, "MSSS"), viewer_id="Mme Dion")


def record(body: str, present: tuple[str, ...] = ()) -> Post:
    words = Words(body, level=Level.OPERATIONAL, present=present)
    return Post("H-1", PostKind.HUDDLE, 1, "DUR", "Mme Roy", "v", "Mme Roy", words)


FIVE = "\n".join("abcde")


@pytest.mark.parametrize(
    ("post", "why"),
    [
        (record("une seule"), PostRefused.LINES_MISSING),
        (record(FIVE + "\nsix"), PostRefused.LINES_MISSING),
        (record("a\n \nc\nd\ne"), PostRefused.LINES_MISSING),
        (record(f"a\nb\nc\nd\n{'e' * (LONGEST_LINE + 1)}"), PostRefused.TOO_LONG),
        (record(FIVE, tuple(str(n) for n in range(MOST_PRESENT + 1))), PostRefused.TOO_LONG),
        (record(""), PostRefused.WORDS_MISSING),
    ],
)
def test_a_record_has_five_lines_none_empty(post: Post, why: PostRefused) -> None:
    with pytest.raises(PostError) as refused:
        first_version(post, TODAY)
    assert refused.value.reason is why


def test_who_is_there_is_ticked_or_typed_and_said_once() -> None:
    assert present_of(CLOSE) == ("Mme Roy", "Zoé Été", "<b>x</b>")
    kept = first_version(record(FIVE, ("Mme Roy", " Mme Roy ", "\x00")), TODAY)
    assert kept.words.present == ("Mme Roy",)


def test_the_agenda_of_a_team_is_a_quarter_of_an_hour() -> None:
    assert {level: sum(each.values()) for level, each in MINUTES.items()} == {
        Level.OPERATIONAL: 15,
        Level.TACTICAL: 30,
        Level.STRATEGIC: 60,
    }


def test_the_last_meeting_is_the_first_day_one_compares_with() -> None:
    days = since_days(TODAY, met_on=date(2026, 10, 2))
    assert (days[0].name, days[0].on) == ("Dernière rencontre", date(2026, 10, 2))
    assert [one.name for one in since_days(TODAY)] == [one.name for one in days[1:]]


def test_the_record_is_kept_read_in_the_room_and_dates_the_comparison(
    warehouse: Warehouse, deputy: Scope
) -> None:
    assert say(deputy, warehouse, CLOSE).outcome is PostOutcome.KEPT
    assert say(deputy, warehouse, CLOSE).outcome is PostOutcome.KEPT  # sent twice, kept once
    (only,) = huddle_room(deputy, warehouse, HUDDLE).records
    assert only.lines == tuple(f"Ligne {n}" for n in range(RECORD_LINES))
    words = only.written.post.words
    assert (words.present, words.minutes) == (("Mme Roy", "Zoé Été", "<b>x</b>"), 14)
    room = level_room(deputy, warehouse, at(ROOM))
    assert room.last_huddle is not None
    assert room.last_huddle.written.post == only.written.post


def test_those_of_the_last_huddle_are_offered_first(warehouse: Warehouse, deputy: Scope) -> None:
    say(deputy, warehouse, CLOSE)
    assert huddle_room(deputy, warehouse, HUDDLE).roster[:3] == ("Mme Roy", "Zoé Été", "<b>x</b>")
    assert "Mme Dion" in huddle_room(deputy, warehouse, HUDDLE).roster


def test_a_record_of_before_is_the_one_read_on_a_past_day(
    warehouse: Warehouse, deputy: Scope
) -> None:
    told = record(FIVE)
    words = replace(told.words, level=Level.STRATEGIC)
    old = replace(told, organisation_id="MSSS", words=words)
    warehouse.record(KIND, "Mme Roy", payload(old, datetime(2026, 10, 2, 14, tzinfo=UTC)))
    say(deputy, warehouse, CLOSE)
    assert last_huddle(deputy, warehouse, at(ROOM)) == date(2026, 10, 2)
    assert last_huddle(deputy, warehouse, at(ROOM, "?au=2026-09-01")) is None
    (earlier,) = [level_room(deputy, warehouse, at(ROOM, "?au=2026-10-31")).last_huddle]
    assert earlier is not None
    assert earlier.written.post.post_id == "H-1"
    assert not earlier.written.may_withdraw


def test_who_may_not_write_here_closes_nothing(warehouse: Warehouse) -> None:
    central = scope(warehouse, Role.CENTRAL, "G")
    assert say(central, warehouse, CLOSE).outcome is PostOutcome.NOT_ALLOWED
    public = scope(warehouse, Role.PUBLIC, None)
    assert say(public, warehouse, CLOSE).outcome is PostOutcome.NOT_ALLOWED
    team = scope(warehouse, Role.TEAM_MEMBER, "DUR")
    assert say(team, warehouse, CLOSE).outcome is PostOutcome.NOT_ALLOWED


def test_a_record_out_of_sight_is_read_nowhere(warehouse: Warehouse, deputy: Scope) -> None:
    say(deputy, warehouse, CLOSE)
    (only,) = huddle_room(deputy, warehouse, HUDDLE).records
    asked = {"move": "withdraw", "post_id": only.written.post.post_id, "reason": "x", "seq": "1"}
    team = scope(warehouse, Role.TEAM_MEMBER, "DUR")
    assert say(team, warehouse, asked).outcome is PostOutcome.NOT_ALLOWED


@pytest.mark.parametrize("level", ["", "galactique"])
def test_a_level_that_is_none_is_not_understood(
    warehouse: Warehouse, deputy: Scope, level: str
) -> None:
    assert say(deputy, warehouse, CLOSE | {"level": level}).outcome is PostOutcome.NOT_UNDERSTOOD


def test_of_two_who_correct_a_record_one_wins_and_the_other_keeps_her_words(
    warehouse: Warehouse, deputy: Scope
) -> None:
    say(deputy, warehouse, CLOSE)
    (only,) = huddle_room(deputy, warehouse, HUDDLE).records
    known = {"post_id": only.written.post.post_id, "seq": str(only.written.last.seq)}
    first = CLOSE | known | {"move": "revise", "line4": "Corrigé"}
    assert say(deputy, warehouse, first).outcome is PostOutcome.CORRECTED
    viewer = Viewer("Mme Dion", "Mme Dion", Role.DEPUTY_MINISTER, "MSSS")
    with looking_as(Sight(viewer, deputy)):
        search = f"?modifier={known['post_id']}"
        second = CLOSE | known | {"move": "revise", "line4": "Autrement"}
        told, form, _ = closed(warehouse, second, f"{ROOM}/caucus", search)
    assert "a écrit entre-temps" in text_of(told)
    assert "Corrigé" in text_of(told)
    assert "Autrement" in text_of(form)
    (now,) = huddle_room(deputy, warehouse, HUDDLE).records
    assert now.lines[4] == "Corrigé"
    assert now.written.post.words.present == only.written.post.words.present


def test_the_room_says_four_of_the_five_lines(warehouse: Warehouse, deputy: Scope) -> None:
    viewer = Viewer("Mme Dion", "Mme Dion", Role.DEPUTY_MINISTER, "MSSS")
    with looking_as(Sight(viewer, deputy)):
        asked = {name: said for name, said in CLOSE.items() if not name.startswith("line")}
        told, *_ = closed(warehouse, asked | {"remark": "à revoir"}, f"{ROOM}/caucus", "")
    assert "C'est écrit." in text_of(told)
    (only,) = huddle_room(deputy, warehouse, HUDDLE).records
    assert only.lines[0] == "Présents (3) : Mme Roy, Zoé Été, <b>x</b>"
    assert "hors cible" in only.lines[1]
    assert only.lines[4] == "À retenir : à revoir"


@given(st.lists(st.text(min_size=1, max_size=200), max_size=60, unique=True), st.text())
def test_whatever_is_said_the_lines_can_be_kept(present: list[str], remark: str) -> None:
    lines = page.lines(a_level_room(), present, remark[:400], HUDDLE)
    assert len(lines) == RECORD_LINES
    assert all(0 < len(line) <= LONGEST_LINE for line in lines)


def test_the_public_is_told_nothing_of_who_works_here(warehouse: Warehouse) -> None:
    public = scope(warehouse, PUBLIC_VIEWER.role, None)
    assert people_of(public, warehouse, "MSSS", Level.STRATEGIC) == ()
