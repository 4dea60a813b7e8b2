"""A held file is approved and shows, or is sent back with a reason.

The approval checks the archived file again, under the rights of whoever sent it, and loads it as a
load of its own: what changed in between is seen, and one path leads to the facts.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pilotage.access.operator import OPERATOR
from pilotage.domain.sign_off import signs_for
from pilotage.domain.viewer import Scope
from pilotage.errors import Forbidden, NotFound, Refused
from pilotage.intake import loading
from pilotage.intake.outcome import LoadOutcome, Received
from pilotage.intake.payload import Circumstance
from pilotage.store.queries.sign_off import held_load, standing_delegations, still_awaited
from pilotage.store.warehouse import Warehouse

_LONGEST_NOTE = 500


def approve(warehouse: Warehouse, scope: Scope, load_seq: int, note: str = "") -> LoadOutcome:
    """Sign a held load; it shows once everyone awaited has signed.

    ``scope.viewer_id`` is who signs. Raises NotFound for a load that does not wait, Forbidden for
    someone it does not wait for, Refused where the file no longer holds.
    """
    with loading.one_at_a_time(warehouse):
        names = _signed_by(warehouse, scope, load_seq)
        signed = {"author": scope.viewer_id, "note": note.strip()[:_LONGEST_NOTE] or None}
        awaited = still_awaited(scope, warehouse, load_seq)
        own, *more = sorted(awaited & names)
        for name in more:
            told = {"load_seq": load_seq, "signed": signed | {"approver": name}}
            warehouse.record("sign_off", scope.viewer_id, told)
        if awaited - names:
            told = {"load_seq": load_seq, "signed": signed | {"approver": own}}
            version = warehouse.record("sign_off", scope.viewer_id, told)
            return LoadOutcome("held", version, awaited=tuple(sorted(awaited - names)))
        return _shown(warehouse, load_seq, signed | {"approver": own})


def send_back(warehouse: Warehouse, scope: Scope, load_seq: int, note: str) -> int:
    """End the wait of a held load: by an approver, or taken back by whoever may load it.

    Raises NotFound, Forbidden, and Refused without a reason; the version.
    """
    if not note.strip():
        raise Refused("Dites pourquoi le fichier est renvoyé.", "Say why the file is sent back.")
    with loading.one_at_a_time(warehouse):
        held = held_load(scope, warehouse, load_seq)
        if held is None:
            raise NotFound
        names = _names(warehouse, scope) & still_awaited(scope, warehouse, load_seq)
        if not names and not scope.loads_everything:
            place = held["organisation_id"]
            if place is None or not scope.may_load(place):
                raise _not_awaited()
        signed = {
            "author": scope.viewer_id,
            "approver": min(names, default=None),
            "note": note.strip()[:_LONGEST_NOTE],
        }
        told = {"load_seq": load_seq, "signed": signed}
        return warehouse.record("load_returned", scope.viewer_id, told)


def _signed_by(warehouse: Warehouse, scope: Scope, load_seq: int) -> frozenset[str]:
    """In whose names the viewer signs this load."""
    if held_load(scope, warehouse, load_seq) is None:
        raise NotFound
    names = _names(warehouse, scope)
    if not names & still_awaited(scope, warehouse, load_seq):
        raise _not_awaited()
    return names


def _names(warehouse: Warehouse, scope: Scope) -> frozenset[str]:
    today = warehouse.today
    return signs_for(scope.viewer_id, standing_delegations(scope, warehouse, today), today)


def _shown(warehouse: Warehouse, load_seq: int, signed: dict[str, Any]) -> LoadOutcome:
    """Load the held file for good."""
    event = next(warehouse.journal.after(load_seq - 1))
    held = event.payload
    files = [_received(warehouse, one, event.at) for one in held["inputs"]]
    report = loading.check(warehouse, _sender(event.author, held), files, held["profile"])
    if report.loads_nothing or (report.errors and held["policy"] == "strict"):
        loading.discard(report)
        raise Refused(
            "Ce qui est connu a changé depuis l'envoi et le fichier ne se vérifie plus : "
            "renvoyez-le avec cette raison, pour qu'il soit corrigé.",
            "What is known has changed since the file was sent and it no longer checks: "
            "send it back with this reason, so that it is corrected.",
        )
    moment = datetime.fromisoformat(held["published_at"]) if held["is_dated"] else datetime.now(UTC)
    came = Circumstance(held["policy"], held["way_in"], moment, held["organisation_id"])
    more = {"held_seq": load_seq, "signed": signed}
    is_correction = "corrects" in held
    return loading.load_signed(
        warehouse, report, came, event.author, more, is_correction=is_correction
    )


def _received(warehouse: Warehouse, told: dict[str, Any], at: datetime) -> Received:
    path = warehouse.archive.found(told["sha256"])
    return Received(told["sha256"], told["size_bytes"], path, told["name"], at)


def _sender(author: str, held: dict[str, Any]) -> Scope:
    """The rights of whoever sent the file, as they were: an approval adds none."""
    loadable = held["loadable"]
    return replace(
        OPERATOR,
        viewer_id=author,
        loads_everything=loadable is None,
        loadable=frozenset(loadable or ()),
    )


def _not_awaited() -> Forbidden:
    return Forbidden(
        "Ce fichier n'attend pas votre approbation. Voyez qui il attend sur sa page.",
        "This file does not wait for your approval. Its page says whom it waits for.",
    )


__all__ = ["approve", "send_back"]
