"""What a person follows: kept by the journal, told to nobody else, gathered on one page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from layouts.follow import follow_button, layout, refusal
from pilotage.access.current import Sight
from pilotage.access.identity import PublicOnly
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.rooms import follow as following
from pilotage.rooms.follow import (
    FollowOutcome,
    FollowState,
    follow,
    follow_room,
    follow_state,
    followable,
    may_follow,
)
from pilotage.rooms.follow_digest import follow_digest
from pilotage.store.queries.follows import followed_pages
from pilotage.store.verification import verify
from pilotage.store.warehouse import Warehouse
from pilotage.web.digests import followers
from tests.component_text import text_of
from tests.small_home import TODAY, at, scope, small_home

ROOM, PAIR = "/strategique/MSSS", "/indicateurs/I-1?org=MSSS"
HERE = at("/suivi")


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = small_home(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def deputy(warehouse: Warehouse) -> Scope:
    return replace(scope(warehouse, Role.DEPUTY_MINISTER, "MSSS"), viewer_id="Mme Dion")


@pytest.mark.parametrize(
    ("path", "search", "page"),
    [
        ("/strategique/MSSS", "?lang=en&au=2026-01-01&depuis=2025-01-01", ROOM),
        ("/gouvernement", "", "/gouvernement"),
        ("/indicateurs/I-1", "?lang=en&org=MSSS", PAIR),
        ("/indicateurs/a%2Fb", "?org=x%26y", "/indicateurs/a%2Fb?org=x%26y"),
        ("/indicateurs/I-1", "", None),
        ("/strategique", "", None),
        ("/operationnel/EQJ/caucus", "", None),
        ("/donnees", "", None),
        ("/suivi", "", None),
    ],
)
def test_a_page_is_followed_without_its_language_nor_its_day(
    path: str, search: str, page: str | None
) -> None:
    assert followable(at(path, search)) == page


def test_following_twice_is_following_once_and_leaving_is_leaving(
    warehouse: Warehouse, deputy: Scope
) -> None:
    for page in (ROOM, PAIR, ROOM):
        assert follow(deputy, warehouse, {"page": page, "wanted": "1"}) is FollowOutcome.KEPT
    assert followed_pages(deputy, warehouse) == (ROOM, PAIR)
    version = warehouse.version
    follow(deputy, warehouse, {"page": "/gouvernement", "wanted": "0"})
    assert warehouse.version == version  # nothing to leave, nothing written
    follow(deputy, warehouse, {"page": ROOM, "wanted": "0"})
    assert followed_pages(deputy, warehouse) == (PAIR,)
    assert follow_state(deputy, warehouse, at("/indicateurs/I-1", "?org=MSSS")).is_followed
    assert not follow_state(deputy, warehouse, at(ROOM)).is_followed


def test_what_is_followed_survives_a_rebuild(warehouse: Warehouse, deputy: Scope) -> None:
    for page, wanted in ((ROOM, "1"), (PAIR, "1"), (ROOM, "0")):
        follow(deputy, warehouse, {"page": page, "wanted": wanted})
    warehouse.close()
    assert verify(warehouse.home, TODAY).is_sound


def test_nobody_sees_what_another_follows(warehouse: Warehouse, deputy: Scope) -> None:
    follow(deputy, warehouse, {"page": ROOM, "wanted": "1"})
    other = replace(deputy, viewer_id="M. Cyr")
    assert followed_pages(other, warehouse) == ()
    assert "Vous ne suivez rien encore." in text_of(
        layout(follow_room(other, warehouse, HERE), HERE)
    )


def test_the_public_follows_nothing(warehouse: Warehouse) -> None:
    public = scope(warehouse, Role.PUBLIC, None)
    assert not may_follow(public)
    asked = {"page": "/gouvernement", "wanted": "1"}
    assert follow(public, warehouse, asked) is FollowOutcome.NOT_ALLOWED
    assert follow_state(public, warehouse, at("/gouvernement")) == FollowState()
    assert "le public lit" in text_of(layout(follow_room(public, warehouse, HERE), HERE))


@pytest.mark.parametrize(
    "page",
    ["/strategique/MTQX", "/operationnel/nulle-part", "/indicateurs/I-9?org=MSSS", "/donnees", ""],
)
def test_what_cannot_be_seen_cannot_be_followed(
    warehouse: Warehouse, deputy: Scope, page: str
) -> None:
    asked = {"page": page, "wanted": "1"}
    assert follow(deputy, warehouse, asked) is FollowOutcome.NOT_ALLOWED
    assert followed_pages(deputy, warehouse) == ()
    assert refusal(FollowOutcome.NOT_ALLOWED, "en") == "This page cannot be followed."


def test_what_is_out_of_sight_since_can_be_left(warehouse: Warehouse, deputy: Scope) -> None:
    follow(deputy, warehouse, {"page": ROOM, "wanted": "1"})
    moved = replace(scope(warehouse, Role.TEAM_MEMBER, "EQJ"), viewer_id="Mme Dion")
    (only,) = follow_room(moved, warehouse, HERE).followed
    assert only.name is None
    assert "Ce que vous ne pouvez plus voir (1)" in text_of(
        layout(follow_room(moved, warehouse, HERE), HERE)
    )
    assert follow(moved, warehouse, {"page": ROOM, "wanted": "0"}) is FollowOutcome.KEPT
    assert followed_pages(moved, warehouse) == ()


def test_sixty_pages_and_no_more(
    warehouse: Warehouse, deputy: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_FOLLOWED", 1)
    follow(deputy, warehouse, {"page": ROOM, "wanted": "1"})
    asked = {"page": PAIR, "wanted": "1"}
    assert follow(deputy, warehouse, asked) is FollowOutcome.TOO_MANY
    assert follow(deputy, warehouse, {"page": ROOM, "wanted": "1"}) is FollowOutcome.KEPT


def test_what_changed_in_each_page_is_gathered(warehouse: Warehouse, deputy: Scope) -> None:
    for page in (ROOM, PAIR, "/tactique/DUR"):
        follow(deputy, warehouse, {"page": page, "wanted": "1"})
    here = at("/suivi", "?depuis=2026-10-15")
    room = follow_room(deputy, warehouse, here)
    told = text_of(layout(room, here))
    assert "sur 3" in told
    (_, pair, _) = room.followed
    assert pair.since is not None
    (figure,) = [one for one in pair.since.changes if hasattr(one.subject, "indicator_id")]
    assert figure.subject.key == ("I-1", "MSSS")  # type: ignore[union-attr]
    assert "Durée de séjour sur civière" in told
    assert "Salles fermées faute de perfusionnistes" in told  # a blocker that names the indicator


def test_a_day_that_is_not_past_is_said(warehouse: Warehouse, deputy: Scope) -> None:
    follow(deputy, warehouse, {"page": ROOM, "wanted": "1"})
    here = at("/suivi", "?depuis=demain")
    told = text_of(layout(follow_room(deputy, warehouse, here), here))
    assert "« demain » n'est pas un jour passé" in told
    assert "Ce que vous suivez" in told


def test_the_button_says_whether_the_page_is_followed() -> None:
    assert "Suivre" in text_of(follow_button(FollowState(ROOM), at(ROOM)))
    assert "mes suivis (2)" in text_of(follow_button(FollowState(ROOM, True, 2), at(ROOM)))
    assert follow_button(FollowState(), HERE) == []


def test_a_message_says_what_changed_and_nothing_where_nothing_did(
    warehouse: Warehouse, deputy: Scope
) -> None:
    assert follow_digest(deputy, warehouse, "fr", None) is None
    follow(deputy, warehouse, {"page": PAIR, "wanted": "1"})
    told = follow_digest(deputy, warehouse, "fr", date(2026, 10, 15))
    assert told is not None
    assert (told.of, told.subject) == ("Mme Dion", "1 page suivie a changé")
    assert "- Durée de séjour sur civière (Santé et services sociaux) : " in told.text
    assert follow_digest(deputy, warehouse, "fr", date(2026, 11, 9)) is None


def test_only_a_known_person_has_a_message(warehouse: Warehouse, deputy: Scope) -> None:
    follow(deputy, warehouse, {"page": PAIR, "wanted": "1"})
    person = Viewer("Mme Dion", "Mme Dion", Role.DEPUTY_MINISTER, "MSSS")

    class Known(PublicOnly):
        def sight(self, viewer_id: str | None) -> Sight:
            return Sight(person, deputy)

    people = [["Mme Dion", "en", "2026-10-15"], ["M. Inconnu", "fr", ""]]
    (only,) = followers(warehouse, Known(), people)
    assert only.subject == "1 followed page has changed"
