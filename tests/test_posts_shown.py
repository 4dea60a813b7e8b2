"""What cards, rooms and pages show of what people wrote, and to whom, on which day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from dash import html

from layouts.card import account
from layouts.comment import composer, thread
from layouts.explanation import explain_form, explanation
from layouts.level import side
from layouts.post import answer
from layouts.recognition import recognition_body
from layouts.wall import wall_store
from pilotage.access.operator import OPERATOR
from pilotage.domain.indicator import Level
from pilotage.domain.viewer import Role, Scope
from pilotage.intake import loading
from pilotage.rooms.level import level_room
from pilotage.rooms.post_action import Posted, PostOutcome, say
from pilotage.store.warehouse import Warehouse
from tests.component_text import text_of
from tests.post_case import BRAVO, COMMENT, EXPLAIN, PAGE, card, room, told_long_ago
from tests.room_case import NASTY
from tests.small_home import at, load_text, scope, small_home


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = small_home(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def deputy(warehouse: Warehouse) -> Scope:
    return replace(scope(warehouse, Role.DEPUTY_MINISTER, "MSSS"), viewer_id="Mme Dion")


@pytest.fixture
def associate(warehouse: Warehouse) -> Scope:
    """Another person of the same rights."""
    return replace(scope(warehouse, Role.DEPUTY_MINISTER, "MSSS"), viewer_id="M. Cyr")


def test_a_card_off_target_says_that_nothing_explains_it_and_since_when(
    warehouse: Warehouse, deputy: Scope
) -> None:
    line, when = account(card(deputy, warehouse), PAGE)
    assert line == ""
    assert when.startswith("aucune explication donnée\u00a0; hors cible depuis")
    said = text_of(explanation(room(deputy, warehouse), PAGE))
    assert "Aucune explication donnée." in said
    assert "Demandée à Direction des urgences" in said


def test_an_explanation_shows_on_the_card_by_its_first_line_and_its_day(
    warehouse: Warehouse, deputy: Scope
) -> None:
    assert say(deputy, warehouse, EXPLAIN).outcome is PostOutcome.KEPT
    line, when = account(card(deputy, warehouse), PAGE)
    assert line == "Lits fermés."
    assert when.startswith("explication du ")
    assert "pour" not in when
    said = text_of(explanation(room(deputy, warehouse), PAGE))
    assert "Deux unités sur dix." in said
    assert "1er février 2027" in said


def test_an_explanation_of_an_earlier_period_says_which_and_another_is_asked_for(
    warehouse: Warehouse, deputy: Scope
) -> None:
    told_long_ago(warehouse, "E-9", 1, datetime(2026, 10, 12, 15))
    line, when = account(card(deputy, warehouse), PAGE)
    assert (line, when) == ("Vieille cause.", "explication du 12 oct., pour septembre 2026")
    english = at("/indicateurs/I-1", "?lang=en")
    assert account(card(deputy, warehouse), english)[1].endswith("for September 2026")
    held = room(deputy, warehouse).discussion
    assert held.own is None
    assert "une nouvelle explication est demandée" in text_of(
        explanation(room(deputy, warehouse), PAGE)
    )


def test_a_recognition_shows_in_the_rooms_above_with_what_it_is_tied_to(
    warehouse: Warehouse, deputy: Scope
) -> None:
    assert say(deputy, warehouse, BRAVO).outcome is PostOutcome.KEPT
    for path in ("/strategique/MSSS", "/tactique/DUR"):
        seen = level_room(deputy, warehouse, at(path))
        (only,) = seen.improvement.recognitions
        assert only.blocker is not None
        assert only.blocker.identifier == "B-2"
        assert "Bravo\u00a0: Direction des urgences" in text_of(side(seen, at(path)))


def test_the_public_sees_and_writes_nothing_of_it(warehouse: Warehouse, deputy: Scope) -> None:
    for asked in (EXPLAIN, COMMENT, BRAVO):
        say(deputy, warehouse, asked)
    # Even where the public would see the indicator itself.
    public = replace(OPERATOR, role=Role.PUBLIC, published_only=True, loads_everything=False)
    seen = room(public, warehouse)
    assert (seen.discussion.comments, seen.discussion.explanations) == ((), ())
    assert text_of([*explanation(seen, PAGE), *thread(seen, PAGE), *composer(seen, PAGE)]) == ""
    level = level_room(public, warehouse, at("/strategique/MSSS"))
    assert level.improvement.recognitions == ()
    assert "Bravo" not in text_of(side(level, at("/strategique/MSSS")))
    assert all(one.account is None or one.account.said is None for one in level.cards)
    assert say(public, warehouse, COMMENT).outcome is PostOutcome.NOT_ALLOWED


def test_what_a_team_says_of_its_own_indicator_is_not_seen_from_another_ministry(
    warehouse: Warehouse, deputy: Scope
) -> None:
    say(deputy, warehouse, BRAVO)
    other = scope(warehouse, Role.DEPUTY_MINISTER, "MTQ")
    seen = level_room(other, warehouse, at("/strategique/MTQ"))
    assert seen.improvement.recognitions == ()


def test_a_past_day_shows_what_was_written_by_then_and_no_form(
    warehouse: Warehouse, deputy: Scope
) -> None:
    told_long_ago(warehouse, "E-9", 1, datetime(2026, 10, 12, 15))
    told_long_ago(warehouse, "E-9", 2, datetime(2026, 10, 20, 15))
    say(deputy, warehouse, COMMENT)
    before = room(deputy, warehouse, "?org=MSSS&au=2026-10-11").discussion
    between = room(deputy, warehouse, "?org=MSSS&au=2026-10-15").discussion
    after = room(deputy, warehouse, "?org=MSSS&au=2026-10-25").discussion
    assert before.explanations == ()
    assert [one.post.version for one in between.explanations] == [1]
    assert [one.post.version for one in after.explanations] == [2]
    assert after.comments == ()
    assert not (after.may_explain or after.may_write)


def test_hostile_text_stays_text(warehouse: Warehouse, deputy: Scope) -> None:
    say(deputy, warehouse, EXPLAIN | {"body": NASTY})
    say(deputy, warehouse, COMMENT | {"body": NASTY})
    say(deputy, warehouse, BRAVO | {"body": NASTY, "honoured": NASTY, "practice": NASTY})
    record = wall_store([card(deputy, warehouse)], Level.STRATEGIC, PAGE)["cards"][0]
    assert record["b"] == NASTY  # wall.js places it by textContent
    assert NASTY in text_of(thread(room(deputy, warehouse), PAGE))
    seen = level_room(deputy, warehouse, at("/strategique/MSSS"))
    assert NASTY in text_of(side(seen, at("/strategique/MSSS")))


def test_back_on_target_the_card_asks_for_nothing_and_the_page_keeps_what_was_said(
    warehouse: Warehouse, deputy: Scope, tmp_path: Path
) -> None:
    say(deputy, warehouse, EXPLAIN)
    better = (
        "indicateur_id;organisation_id;periode;valeur;publie_le\nI-1;MSSS;2026-10;9;2026-11-10\n"
    )
    load_text(warehouse, tmp_path, "mieux.csv", better)
    loading.stop_checking(warehouse)
    assert card(deputy, warehouse).account is None
    assert "Lits fermés." in text_of(explanation(room(deputy, warehouse), PAGE))
    assert explain_form(room(deputy, warehouse), PAGE) == []


def test_an_answer_always_has_its_words() -> None:
    for outcome in PostOutcome:
        assert text_of(answer(Posted(outcome, {}), PAGE))
        assert "{" not in text_of(answer(Posted(outcome, {}), at("/", "?lang=en")))


def test_the_day_back_on_target_is_said_to_be_past_when_it_is(
    warehouse: Warehouse, deputy: Scope
) -> None:
    say(deputy, warehouse, EXPLAIN | {"back_on": "2026-11-20"})
    warehouse.as_of = date(2026, 11, 25)
    warehouse.judge_day()
    assert "date passée, toujours hors cible" in text_of(explanation(room(deputy, warehouse), PAGE))


@pytest.mark.parametrize("text", ["court", "mot " * 400, "x" * 2000])
def test_a_long_recognition_waits_under_a_line_and_loses_nothing(text: str) -> None:
    drawn = html.Div(recognition_body(text.strip(), "fr"))
    said = text_of(drawn).replace("Lire la suite", "").replace("…", "")
    assert "".join(said.split()) == "".join(text.split())
    assert ("Lire la suite" in text_of(drawn)) == (len(text) > 400)
