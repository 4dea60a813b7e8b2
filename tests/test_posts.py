"""Explanations, comments and recognitions through the journal and the projection."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layouts.comment import composer, thread
from layouts.explanation import explain_form, explanation
from layouts.post import answer
from pilotage.domain.viewer import Role, Scope
from pilotage.rooms.post_action import PostOutcome, say
from pilotage.store.verification import verify
from pilotage.store.warehouse import Warehouse, open_warehouse, rebuild
from tests.component_text import text_of
from tests.huddle_case import CLOSE
from tests.post_case import BRAVO, COMMENT, EXPLAIN, PAGE, room, standing
from tests.small_home import TODAY, scope, small_home


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
    for asked in (EXPLAIN, COMMENT, BRAVO, CLOSE):
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
    assert "période : octobre 2026" not in said  # the correction is about no period


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


def test_a_rebuild_makes_the_same_rows_and_verification_stays_green(
    warehouse: Warehouse, deputy: Scope, tmp_path: Path
) -> None:
    for asked in (EXPLAIN, COMMENT, BRAVO, CLOSE):
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
