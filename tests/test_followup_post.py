"""What may become of an explanation, a comment or a recognition, and by whom: no store, no page."""

from dataclasses import replace
from datetime import date

import pytest

from pilotage.domain.post import LONGEST_BODY, LONGEST_NAME, Post, PostKind, Words
from pilotage.domain.viewer import Role
from pilotage.followup.post import (
    PostError,
    PostRefused,
    clean,
    first_line,
    first_version,
    revised,
    withdrawn,
)
from pilotage.followup.post_permission import may_explain, may_revise, may_withdraw, may_write
from tests.test_followup_event import scope

TODAY = date(2026, 11, 10)


def a_post(kind: PostKind = PostKind.COMMENT, words: Words | None = None, **changes: str) -> Post:
    said = words or Words("Les lits sont pleins.")
    post = Post("C-1", kind, 1, "MSSS", "Mme Roy", "v", "Mme Roy", said, indicator_id="I-1")
    return replace(post, **changes)  # type: ignore[arg-type]


def refusal(post: Post, words: Words) -> PostRefused:
    with pytest.raises(PostError) as refused:
        first_version(replace(post, words=words), TODAY)
    return refused.value.reason


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Bonjour \r\n tous\r\n", "Bonjour \n tous"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("un\x00deux\x1b[31m\x85", "undeux[31m"),
        ("moitié \ud83d", "moitié"),
        ("été 👩‍🚒 مرحبا", "été 👩‍🚒 مرحبا"),
        (" \u00a0\n\t ", ""),
    ],
)
def test_a_text_is_kept_as_typed_but_for_what_cannot_be_shown(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_the_longest_text_is_kept_whole_and_one_sign_more_is_refused_not_cut() -> None:
    longest = "é" * LONGEST_BODY
    assert first_version(a_post(words=Words(longest)), TODAY).words.body == longest
    assert refusal(a_post(), Words(longest + "!")) is PostRefused.TOO_LONG


@pytest.mark.parametrize(
    ("kind", "words", "reason"),
    [
        (PostKind.COMMENT, Words("  \n "), PostRefused.WORDS_MISSING),
        (PostKind.EXPLANATION, Words("Cause", under_way=" "), PostRefused.ACTION_MISSING),
        (PostKind.EXPLANATION, Words("Cause"), PostRefused.ACTION_MISSING),
        (
            PostKind.EXPLANATION,
            Words("Cause", under_way="Fait", back_on=date(2026, 11, 9)),
            PostRefused.DATE_PAST,
        ),
        (
            PostKind.RECOGNITION,
            Words("Bravo", practice="x" * (LONGEST_NAME + 1)),
            PostRefused.TOO_LONG,
        ),
    ],
)
def test_what_a_text_lacks_is_said(kind: PostKind, words: Words, reason: PostRefused) -> None:
    assert refusal(a_post(kind), words) is reason


def test_a_recognition_is_tied_to_an_indicator_a_blocker_or_a_practice() -> None:
    free = replace(a_post(PostKind.RECOGNITION), indicator_id=None)
    assert refusal(free, Words("Bravo")) is PostRefused.TIE_MISSING
    for tied in (
        replace(free, blocker_id="B-1"),
        replace(free, indicator_id="I-1"),
        replace(free, words=Words("Bravo", practice="La mêlée de 8 h")),
    ):
        assert first_version(tied, TODAY).words.body


def test_a_correction_is_a_new_version_that_names_who_made_it() -> None:
    first = a_post()
    second = revised(first, Words("Les lits étaient pleins."), "M. Tremblay", TODAY)
    assert (second.version, second.author, second.by) == (2, "Mme Roy", "M. Tremblay")
    assert first.words.body == "Les lits sont pleins."


def test_a_withdrawal_needs_a_reason_and_nothing_follows_it() -> None:
    with pytest.raises(PostError):
        withdrawn(a_post(), "  ", "Mme Roy")
    gone = withdrawn(a_post(), "doublon", "Mme Roy")
    assert gone.is_withdrawn
    with pytest.raises(PostError, match=PostRefused.WITHDRAWN_ALREADY):
        revised(gone, Words("encore"), "Mme Roy", TODAY)
    with pytest.raises(PostError, match=PostRefused.WITHDRAWN_ALREADY):
        withdrawn(gone, "encore", "Mme Roy")


def test_a_card_shows_the_first_line() -> None:
    assert first_line("Cause \nsuite\nfin") == "Cause"


@pytest.mark.parametrize(
    ("role", "place", "author", "allowed"),
    [
        pytest.param(Role.MANAGER, "MSSS", "X", True, id="the manager"),
        pytest.param(Role.DEPUTY_MINISTER, "MSSS", "X", True, id="the deputy minister"),
        pytest.param(Role.TEAM_MEMBER, "MSSS", "Mme Roy", True, id="the owner"),
        pytest.param(Role.TEAM_MEMBER, "MSSS", "X", False, id="not her colleague"),
        pytest.param(Role.TEAM_MEMBER, "MTQ", "Mme Roy", False, id="not the owner elsewhere"),
        pytest.param(Role.MANAGER, "MTQ", "X", False, id="not the manager of another place"),
        pytest.param(Role.CENTRAL, "MSSS", "X", False, id="not the centre"),
        pytest.param(Role.AUDITOR, "MSSS", "Mme Roy", False, id="an auditor only reads"),
        pytest.param(Role.PUBLIC, "MSSS", "Mme Roy", False, id="never the public"),
    ],
)
def test_who_explains_a_gap(role: Role, place: str, author: str, allowed: bool) -> None:
    assert may_explain(scope(role, place), "MSSS", author, "Mme Roy") is allowed


def test_an_indicator_without_an_owner_is_explained_by_nobody_of_no_name() -> None:
    assert not may_explain(scope(Role.TEAM_MEMBER, "MSSS"), "MSSS", "", None)


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_only_reads_writes_nothing(role: Role) -> None:
    assert not may_write(scope(role, "MSSS"), "MSSS")


def test_nobody_puts_words_in_anothers_mouth_but_the_line_withdraws_them() -> None:
    hers, other = a_post(), replace(a_post(), author_id="someone else")
    member, manager = scope(Role.TEAM_MEMBER, "MSSS"), scope(Role.MANAGER, "MSSS")
    assert may_revise(member, hers, "Mme Roy")
    assert may_withdraw(member, hers)
    assert not may_revise(manager, other, "M. Tremblay")
    assert may_withdraw(manager, other)
    assert not may_withdraw(member, other)
    assert not may_withdraw(scope(Role.MANAGER, "MTQ"), other)


def test_a_text_nobody_is_known_to_have_written_is_nobodys_to_correct() -> None:
    unknown = replace(a_post(), author_id="")
    assert not may_revise(replace(scope(Role.TEAM_MEMBER, "MSSS"), viewer_id=""), unknown, "")


def test_an_explanation_is_corrected_by_whoever_may_explain_and_never_withdrawn() -> None:
    told = a_post(PostKind.EXPLANATION, author_id="someone else")
    assert may_revise(scope(Role.MANAGER, "MSSS"), told, "M. Tremblay")
    assert not may_withdraw(scope(Role.MANAGER, "MSSS"), told)
