"""The page of approvals and closed periods: what waits comes first, and each form does its deed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from layouts import agreement as page
from layouts.load import layout as load_layout
from layouts.pending import pending_notice
from pilotage.access.current import Sight, looking_as
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.errors import Forbidden
from pilotage.rooms.address import Address, parse_address
from pilotage.rooms.agreement import act, agreement_room, to_sign
from pilotage.rooms.data import load_room
from pilotage.rooms.indicator import indicator_room
from pilotage.rooms.pending import pending_of
from tests.component_text import text_of
from tests.door import Door, check_here, opened_door
from tests.test_intake_sign_off import CLAUDE, DOMINIQUE, NEW, TREASURY, person, send, value

__all__ = ["check_here"]
HERE = Address(("donnees", "accords"), {})
ENGLISH = Address(("donnees", "accords"), {"lang": "en"})
PEOPLE = (
    Viewer("claude", "Claude Tremblay", Role.DEPUTY_MINISTER, "M"),
    Viewer("dominique", "Dominique Gagnon", Role.MANAGER, "D"),
    Viewer("treasury", "Andrée Bouchard", Role.CENTRAL, None),
)


@pytest.fixture
def door(tmp_path: Path, check_here: None) -> Iterator[Door]:
    with (
        opened_door(tmp_path) as opened,
        looking_as(Sight(PEOPLE[0], CLAUDE, PEOPLE)),
    ):
        yield opened


def done(door: Door, **asked: str) -> str:
    """What the page answers Claude."""
    deed, fault = act(CLAUDE, door.warehouse, asked)
    return text_of(page.answer(deed, fault, HERE))


def shown(door: Door, scope: Scope = CLAUDE, address: Address = HERE) -> str:
    return text_of(page.layout(agreement_room(scope, door.warehouse, address), address))


def ruled(door: Door) -> None:
    said = done(door, act="rule", organisation_id="M", approver="claude")
    assert said.startswith("Règle enregistrée")


def test_an_empty_page_says_what_would_come(door: Door) -> None:
    assert "Rien n'attend d'approbation." in shown(door)
    assert "Nothing waits for an approval." in shown(door, address=ENGLISH)


def test_a_file_waits_then_is_approved_from_the_page(door: Door) -> None:
    ruled(door)
    held = send(door, NEW)
    assert to_sign(CLAUDE, door.warehouse) == 1
    seen = shown(door)
    for words in ("1 fichier attend votre approbation.", "fichier.csv", "12", "Approuver"):
        assert words in seen
    assert "Approuver" not in shown(door, DOMINIQUE)
    assert done(door, act="approve", load_seq=str(held.version)).startswith("Approuvé")
    assert (value(door.warehouse), to_sign(CLAUDE, door.warehouse)) == (12, 0)


def test_sending_back_asks_why(door: Door) -> None:
    ruled(door)
    seq = str(send(door, NEW).version)
    assert "Dites pourquoi" in done(door, act="send_back", load_seq=seq, note="")
    assert done(door, act="send_back", load_seq=seq, note="Faux total").startswith("Renvoyé")


def test_the_load_and_the_indicator_show_what_waits_inside_only(door: Door) -> None:
    ruled(door)
    held = send(door, NEW)
    address = parse_address(f"/donnees/versements/{held.version}", "")
    seen = text_of(load_layout(load_room(CLAUDE, door.warehouse, address), address))
    assert "Valeurs en attente d'approbation" in seen
    address = parse_address("/indicateurs/I-M", "?org=M")
    room = indicator_room(CLAUDE, door.warehouse, address)
    assert "1 valeur attend une approbation" in text_of(pending_notice(room.pending, address))
    assert pending_of(TREASURY, door.warehouse, ("I-M", "M")) == ()
    past = parse_address("/indicateurs/I-M", "?org=M&au=2020-01-01")
    assert indicator_room(CLAUDE, door.warehouse, past).pending == ()


def test_periods_are_closed_and_opened_again_from_the_page(door: Door) -> None:
    told = done(door, act="close", organisation_id="M", through="2026-03-31", note="Exercice")
    assert told.startswith("Périodes closes")
    assert "Jusqu'au 31 mars 2026 compris" in shown(door)
    assert "Dites pourquoi" in done(door, act="reopen", organisation_id="M", note="")
    assert done(door, act="reopen", organisation_id="M", note="Trop tôt") == "Périodes rouvertes."


def test_a_signature_is_delegated_from_the_page(door: Door) -> None:
    today = door.warehouse.today
    asked = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(3)).isoformat()}
    assert done(door, act="delegate", delegate="dominique", **asked) == "Délégation enregistrée."
    assert "dominique signe pour claude" in shown(door).lower()
    assert "Choisissez" in done(door, act="delegate", delegate="inconnue", **asked)
    assert "deux jours" in done(door, act="delegate", delegate="dominique", starts_on="hier")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"act": "approve", "load_seq": "999"},
        {"act": "approve", "load_seq": "1e3"},
        {"act": "rule", "organisation_id": "N", "approver": "claude"},
        {"act": "rule", "organisation_id": "M", "approver": "treasury"},
        {"act": "rule", "organisation_id": "M", "approver": "claude", "indicator_id": "I-N"},
        {"act": "close", "organisation_id": "M"},
        {"act": "close", "organisation_id": "N", "through": "2026-03-31"},
        {"act": "close", "organisation_id": "M", "through": "2026-02-31"},
    ],
)
def test_a_misuse_is_one_sentence_and_changes_nothing(door: Door, asked: dict[str, str]) -> None:
    before = door.warehouse.version
    said = done(door, **asked)
    assert said.endswith(".")
    assert door.warehouse.version == before


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.ADMINISTRATOR])
def test_the_page_is_closed_to_who_sees_no_data(door: Door, role: Role) -> None:
    with pytest.raises(Forbidden):
        agreement_room(person("x", role), door.warehouse, HERE)
