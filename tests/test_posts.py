"""Explanations, comments and recognitions through the journal and the projection."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from layouts.card import account
from layouts.comment import composer, thread
from layouts.explanation import explain_form, explanation
from layouts.level import side
from layouts.post import answer
from layouts.wall import wall_store
from pilotage.access.operator import OPERATOR
from pilotage.domain.indicator import Level
from pilotage.domain.post import Post, PostKind, Words
from pilotage.domain.viewer import Role, Scope
from pilotage.followup.post_event import KIND, payload
from pilotage.intake import loading
from pilotage.rooms.card import Card
from pilotage.rooms.indicator import IndicatorRoom, indicator_room
from pilotage.rooms.level import level_room
from pilotage.rooms.post_action import Posted, PostOutcome, say
from pilotage.store.verification import verify
from pilotage.store.warehouse import Warehouse, open_warehouse, rebuild
from tests.component_text import text_of
from tests.room_case import NASTY, month
from tests.small_home import TODAY, at, load_text, scope, small_home

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


def test_two_people_who_explain_at_once_lose_nothing(
    warehouse: Warehouse, deputy: Scope, associate: Scope
) -> None:
    assert say(deputy, warehouse, EXPLAIN).outcome is PostOutcome.KEPT
    second = EXPLAIN | {"body": "Autre cause.", "under_way": "Autre chose."}
    refused = say(associate, warehouse, second)
    assert refused.outcome is PostOutcome.CHANGED_MEANWHILE
    told = text_of(answer(refused, PAGE))
    assert "Lits fermés." in told
    assert "Mme Dion a écrit entre-temps" in told
    form = text_of(explain_form(room(associate, warehouse), PAGE, refused))
    assert "Autre cause." in form
    assert refused.standing is not None
    again = second | {"seq": str(refused.standing.seq)}
    assert say(associate, warehouse, again).outcome is PostOutcome.CORRECTED
    (only,) = room(deputy, warehouse).discussion.explanations
    assert [one.post.by for one in only.versions] == ["Mme Dion", "M. Cyr"]
    assert [one.post.version for one in only.versions] == [1, 2]
    assert "Lits fermés." in text_of(explanation(room(deputy, warehouse), PAGE))


def test_of_many_who_explain_in_the_same_instant_one_wins(
    warehouse: Warehouse, deputy: Scope
) -> None:
    texts = [EXPLAIN | {"body": f"Cause {number}"} for number in range(8)]
    with ThreadPoolExecutor(8) as together:
        posted = list(together.map(lambda text: say(deputy, warehouse, text), texts))
    outcomes = [one.outcome for one in posted]
    assert outcomes.count(PostOutcome.KEPT) == 1
    assert outcomes.count(PostOutcome.CHANGED_MEANWHILE) == 7
    (only,) = room(deputy, warehouse).discussion.explanations
    assert only.post.version == 1


def test_a_form_sent_twice_is_kept_once(warehouse: Warehouse, deputy: Scope) -> None:
    for asked in (EXPLAIN, COMMENT, BRAVO):
        assert say(deputy, warehouse, asked).outcome is PostOutcome.KEPT
        version = warehouse.version
        assert say(deputy, warehouse, asked).outcome is PostOutcome.KEPT
        assert warehouse.version == version


def test_a_comment_names_its_period_and_is_corrected_in_sight(
    warehouse: Warehouse, deputy: Scope
) -> None:
    say(deputy, warehouse, COMMENT)
    post_id, seq = standing(deputy, warehouse)
    revise = {"move": "revise", "post_id": post_id, "seq": seq, "body": "Est-ce le rhume ?"}
    assert say(deputy, warehouse, revise).outcome is PostOutcome.CORRECTED
    said = text_of(thread(room(deputy, warehouse), PAGE))
    assert "modifié le" in said
    assert "Est-ce la grippe ?" in said  # among the earlier versions
    assert "à propos de octobre 2026" not in said  # the correction is about no period


def test_two_windows_on_one_comment_have_one_winner_and_the_other_text_stays_in_the_form(
    warehouse: Warehouse, deputy: Scope
) -> None:
    say(deputy, warehouse, COMMENT)
    post_id, seq = standing(deputy, warehouse)
    revise = {"move": "revise", "post_id": post_id, "seq": seq}
    assert say(deputy, warehouse, revise | {"body": "gagne"}).outcome is PostOutcome.CORRECTED
    lost = say(deputy, warehouse, revise | {"body": "perd"})
    assert lost.is_clash
    assert "gagne" in text_of(answer(lost, PAGE))
    assert "perd" in text_of(composer(room(deputy, warehouse), PAGE, lost))


def test_over_a_withdrawn_comment_the_text_may_still_be_a_comment_of_its_own(
    warehouse: Warehouse, deputy: Scope, associate: Scope
) -> None:
    say(deputy, warehouse, COMMENT)
    post_id, seq = standing(deputy, warehouse)
    over = {"post_id": post_id, "seq": seq}
    gone = say(associate, warehouse, over | {"move": "withdraw", "reason": "hors sujet"})
    assert gone.outcome is PostOutcome.WITHDRAWN
    lost = say(deputy, warehouse, over | {"move": "revise", "body": "perd"})
    assert lost.is_clash
    assert "hors sujet" in text_of(answer(lost, PAGE))
    drawn = text_of(composer(room(deputy, warehouse), PAGE, lost))
    assert "perd" in drawn
    assert "Écrire un nouveau commentaire" in drawn
    said = text_of(thread(room(deputy, warehouse), PAGE))
    assert "hors sujet" in said
    assert "grippe" not in said


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


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (EXPLAIN | {"organisation_id": "MTQ", "indicator_id": "I-4"}, PostOutcome.NOT_ALLOWED),
        (EXPLAIN | {"period": "2019-01"}, PostOutcome.NOT_UNDERSTOOD),
        (EXPLAIN | {"period": "hier"}, PostOutcome.NOT_UNDERSTOOD),
        (EXPLAIN | {"back_on": "bientôt"}, PostOutcome.NOT_UNDERSTOOD),
        (EXPLAIN | {"seq": "999"}, PostOutcome.CHANGED_MEANWHILE),
        (COMMENT | {"organisation_id": "MTQ", "indicator_id": "I-4"}, PostOutcome.NOT_ALLOWED),
        (COMMENT | {"body": "x" * 5001}, PostOutcome.TOO_LONG),
        (COMMENT | {"body": ["x"]}, PostOutcome.WORDS_MISSING),
        (BRAVO | {"organisation_id": "MTQ"}, PostOutcome.NOT_ALLOWED),
        (BRAVO | {"tie": "blocker:B-3"}, PostOutcome.NOT_ALLOWED),
        (BRAVO | {"tie": "indicator:I-4"}, PostOutcome.NOT_ALLOWED),
        (BRAVO | {"tie": ""}, PostOutcome.TIE_MISSING),
        ({"move": "revise", "post_id": "C-inconnu"}, PostOutcome.NOT_ALLOWED),
        ({"move": "withdraw"}, PostOutcome.NOT_ALLOWED),
        ({"move": "raise"}, PostOutcome.NOT_UNDERSTOOD),
        ({}, PostOutcome.NOT_UNDERSTOOD),
    ],
)
def test_what_may_not_or_cannot_be_written_leaves_no_event(
    warehouse: Warehouse, deputy: Scope, asked: dict[str, Any], outcome: PostOutcome
) -> None:
    version = warehouse.version
    posted = say(deputy, warehouse, asked)
    assert posted.outcome is outcome
    assert warehouse.version == version
    assert text_of(answer(posted, PAGE))


def test_another_may_neither_correct_nor_withdraw_and_the_centre_does_not_explain(
    warehouse: Warehouse, deputy: Scope
) -> None:
    say(deputy, warehouse, COMMENT)
    post_id, seq = standing(deputy, warehouse)
    centre = replace(scope(warehouse, Role.CENTRAL, None), viewer_id="SCT")
    over = {"post_id": post_id, "seq": seq, "body": "x", "reason": "x"}
    for move in ("revise", "withdraw"):
        assert say(centre, warehouse, over | {"move": move}).outcome is PostOutcome.NOT_ALLOWED
    assert say(centre, warehouse, EXPLAIN).outcome is PostOutcome.NOT_ALLOWED
    assert say(centre, warehouse, COMMENT).outcome is PostOutcome.KEPT


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


def test_a_rebuild_makes_the_same_rows_and_verification_stays_green(
    warehouse: Warehouse, deputy: Scope, tmp_path: Path
) -> None:
    for asked in (EXPLAIN, COMMENT, BRAVO):
        say(deputy, warehouse, asked)
    post_id, seq = standing(deputy, warehouse)
    say(deputy, warehouse, {"move": "withdraw", "post_id": post_id, "seq": seq, "reason": "x"})
    before = room(deputy, warehouse)
    warehouse.close()
    found = verify(warehouse.home, TODAY)
    assert found.is_sound, found
    rebuild(warehouse.home)
    again = open_warehouse(warehouse.home, TODAY)
    try:
        assert room(deputy, again).discussion == before.discussion
    finally:
        again.close()


def test_a_text_touches_its_organisation_and_those_above(
    warehouse: Warehouse, deputy: Scope
) -> None:
    heard: list[frozenset[str]] = []
    warehouse.on_version(lambda _version, touched: heard.append(touched))
    say(deputy, warehouse, BRAVO)
    assert heard == [frozenset({"DUR", "MSSS", "G"})]


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
