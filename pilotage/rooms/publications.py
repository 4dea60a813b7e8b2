"""Preparing a publication: the drafts, what they leave out and why, and what one may do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilotage.domain.publication import Note, Publication
from pilotage.domain.viewer import Scope
from pilotage.errors import Forbidden, NotFound, PilotageError, Refused
from pilotage.followup.publication import (
    annotate,
    archive,
    draft,
    may_prepare,
    may_publish,
    publish,
)
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import author_of
from pilotage.rooms.publication import ASKED, Part, parts_of, publication_of
from pilotage.store.queries import publication as queries
from pilotage.store.warehouse import Warehouse

EDITED = "note"
"""The parameter of the address that names the indicator whose note is being written."""


@dataclass(frozen=True)
class PublicationsRoom:
    """Every publication, the last drafted first; ``shown`` with its parts where one is opened.

    ``edited``: the indicator whose note is being written.
    """

    publications: tuple[Publication, ...]
    shown: Publication | None
    parts: tuple[Part, ...]
    edited: str | None
    may_publish: bool
    today: date


def publications_room(scope: Scope, warehouse: Warehouse, address: Address) -> PublicationsRoom:
    """``/publications``. Raises Forbidden for all but who publishes and who audits, NotFound."""
    if not may_prepare(scope):
        raise Forbidden(
            "Les publications se préparent au Secrétariat du Conseil du trésor. "
            "Ce qui est publié se lit à l'adresse /public.",
            "Publications are prepared at the Treasury Board Secretariat. "
            "What is published can be read at /public.",
        )
    known = tuple(publication_of(row) for row in queries.readable_publications(scope, warehouse))
    asked = address.parameters.get(ASKED)
    shown = next((one for one in known if one.publication_id == asked), None)
    if asked and shown is None:
        raise NotFound
    return PublicationsRoom(
        publications=known,
        shown=shown,
        parts=parts_of(scope, warehouse, shown.publication_id) if shown else (),
        edited=address.parameters.get(EDITED),
        may_publish=may_publish(scope),
        today=warehouse.today,
    )


@dataclass(frozen=True)
class Done:
    """What became of a request: the deed, the publication it made or touched, the fault if any."""

    deed: str
    publication_id: str | None = None
    fault: PilotageError | None = None


def act(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> Done:
    """Do what a form of the page asks, with the viewer's own rights; the fault where it was not."""
    deed = _text(asked, "act")
    try:
        made = _ACTS.get(deed, _unknown)(scope, warehouse, asked)
    except PilotageError as fault:
        return Done(deed, _text(asked, ASKED) or None, fault)
    return Done(deed, made)


def _draft(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> str:
    try:
        as_of = date.fromisoformat(_text(asked, "as_of"))
    except ValueError:
        raise Refused("Donnez le jour des chiffres.", "Give the day of the figures.") from None
    return draft(warehouse, scope, author_of(scope), as_of, _note(asked))


def _annotate(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> str:
    name, indicator = _text(asked, ASKED), _text(asked, "indicator_id") or None
    annotate(warehouse, scope, author_of(scope), name, _note(asked), indicator)
    return name


def _publish(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> str:
    publish(warehouse, scope, author_of(scope), _text(asked, ASKED))
    return _text(asked, ASKED)


def _archive(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> str:
    archive(warehouse, scope, author_of(scope), _text(asked, ASKED))
    return _text(asked, ASKED)


def _unknown(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> str:
    del scope, warehouse, asked
    raise NotFound


_ACTS: dict[str, Callable[[Scope, Warehouse, Mapping[str, Any]], str]] = {
    "draft": _draft,
    "annotate": _annotate,
    "publish": _publish,
    "archive": _archive,
}


def _note(asked: Mapping[str, Any]) -> Note:
    return Note(_text(asked, "note_fr"), _text(asked, "note_en"))


def _text(asked: Mapping[str, Any], name: str) -> str:
    found = asked.get(name)
    return found if isinstance(found, str) else ""


__all__ = ["EDITED", "Done", "PublicationsRoom", "act", "publications_room"]
