"""Each blocker of a room is counted in one place, and what is deferred waits for nobody."""

from datetime import date

from dash import html
from hypothesis import given
from hypothesis import strategies as st

from layouts import level
from layouts.opening import waiting_sentence
from layouts.waiting import waiting
from pilotage.domain.blocker import BlockerState, LadderLevel
from pilotage.rooms.waiting import Waiting, placed
from tests.component_text import found, text_of
from tests.room_case import a_blocker, a_card, a_level_room, at

ROOM = at("/strategique/MSSS")
DEFERRED = a_blocker("B-9", state=BlockerState.DEFERRED, due_on=date(2027, 1, 15))
LIVE = st.sampled_from([state for state in BlockerState if state.is_live])
BLOCKERS = st.lists(st.tuples(LIVE, st.sampled_from(LadderLevel), st.booleans()), max_size=12)


@given(kinds=BLOCKERS, rung=st.sampled_from(LadderLevel))
def test_a_live_blocker_is_counted_once(
    kinds: list[tuple[BlockerState, LadderLevel, bool]], rung: LadderLevel
) -> None:
    blockers = [
        a_blocker(
            f"B-{rank}", state=state, level=level, due_on=date(2027, 1, 15) if dated else None
        )
        for rank, (state, level, dated) in enumerate(kinds)
    ]
    held = placed(blockers, rung)
    listed = [*held.here, *held.put_off, *held.climbing, *held.risen]
    assert len(listed) + held.below == len(blockers)
    assert len({one.blocker.blocker_id for one in listed}) == len(listed)


def test_what_is_deferred_to_a_date_is_said_apart_from_what_waits() -> None:
    held = placed([a_blocker(), DEFERRED], LadderLevel.STRATEGIC)
    said = waiting_sentence(held, "fr")
    assert said.startswith("Un bloquant attend une réponse de cette salle")
    assert said.endswith("1 bloquant est reporté à une date à venir.")
    alone = waiting_sentence(Waiting(put_off=(DEFERRED,)), "fr")
    assert alone.startswith("Aucun bloquant n'attend de réponse ici. 1")


def test_a_deferred_blocker_is_drawn_without_its_clock() -> None:
    room = a_level_room(a_card(), blockers=Waiting(put_off=(DEFERRED,)))
    drawn = waiting(room, ROOM)
    assert "Reportés" in text_of(drawn)
    assert found(drawn, html.Progress) == []
    assert "reporté au 15 janvier 2027" in text_of(drawn)


def test_a_blocker_risen_to_the_government_is_listed_in_its_room() -> None:
    risen = a_blocker("B-8", level=LadderLevel.GOVERNMENT, title="Contrat échu")
    room = a_level_room(a_card(), blockers=Waiting(risen=(risen,), below=2))
    said = text_of(level.side(room, ROOM))
    assert "Montés au gouvernement (1)" in said
    assert "Contrat échu" in said
    assert "2 autres bloquants plus bas" in said
