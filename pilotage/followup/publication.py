"""From a draft to the archive: each step an event of the journal, kind ``publication``.

Payload: ``move`` (draft, note, publish, archive) and ``publication_id``; of a draft also ``as_of``,
the ``version`` it was made at and ``rows_sha256``, its lines in the archive; of a draft or a note
``note_fr`` and ``note_en``, and ``indicator_id`` where the note is about one. ``said_at``, only
where a demonstration tells a past, is the moment a step is dated to.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pilotage.domain.publication import LONGEST_NOTE, Note, PublicationState
from pilotage.domain.viewer import Role, Scope
from pilotage.errors import Forbidden, NotFound, Refused
from pilotage.followup.post import clean
from pilotage.followup.snapshot import snapshot
from pilotage.store.past import warehouse_on
from pilotage.store.publication_row import KIND, snapshot_bytes
from pilotage.store.queries.publication import ids_of_day, one_publication, published_lines
from pilotage.store.warehouse import Warehouse

_MAKERS = frozenset({Role.CENTRAL})
_READERS = _MAKERS | {Role.AUDITOR}


def may_publish(scope: Scope) -> bool:
    """True for who drafts, publishes and archives: the Treasury Board, for the whole government."""
    return scope.role in _MAKERS and not scope.published_only


def may_prepare(scope: Scope) -> bool:
    """True for who sees the drafts and why a value is hidden: those who make them, and auditors."""
    return scope.role in _READERS and not scope.published_only


def draft(
    warehouse: Warehouse,
    scope: Scope,
    author: str,
    as_of: date,
    note: Note,
    said_at: datetime | None = None,
) -> str:
    """Freeze what is public at the end of that day; the identifier of the draft.

    Raises Forbidden, and Refused for a day to come, a note in one language, or nothing to publish.
    """
    _check_maker(scope)
    if as_of > warehouse.today:
        raise Refused(
            "Ce jour n'est pas encore venu : choisissez aujourd'hui ou un jour passé.",
            "That day has not come yet: choose today or a past day.",
        )
    told = _checked(note, is_required=True)
    version = warehouse.version
    lines = snapshot(scope, warehouse_on(warehouse, as_of))
    if not lines:
        raise Refused(
            "Rien à publier : aucun indicateur n'est déclaré public par son ministère.",
            "Nothing to publish: no indicator is declared public by its ministry.",
        )
    content = snapshot_bytes(lines)

    def written() -> str:
        taken = ids_of_day(scope, warehouse, as_of)
        name = _free_name(as_of.isoformat(), taken)
        kept = warehouse.archive.keep_bytes(content)
        told_of = {"as_of": as_of.isoformat(), "version": version, "rows_sha256": kept.sha256}
        _commit(warehouse, author, "draft", name, said_at, **told_of, **_notes(told))
        return name

    return warehouse.submit(written).result()


def annotate(
    warehouse: Warehouse,
    scope: Scope,
    author: str,
    name: str,
    note: Note,
    indicator_id: str | None = None,
    said_at: datetime | None = None,
) -> None:
    """Write the note of a draft, or of one of its indicators; an indicator's may be emptied.

    Raises Forbidden, NotFound, and Refused for a note in one language or a draft already published.
    """
    _check_maker(scope)
    told = _checked(note, is_required=indicator_id is None)
    if indicator_id is not None:
        lines = published_lines(scope, warehouse, name)
        if not any(line["indicator_id"] == indicator_id for line in lines):
            raise NotFound

    def written() -> None:
        _standing(scope, warehouse, name, PublicationState.DRAFT)
        about = {"indicator_id": indicator_id} if indicator_id else {}
        _commit(warehouse, author, "note", name, said_at, **about, **_notes(told))

    warehouse.submit(written).result()


def publish(
    warehouse: Warehouse, scope: Scope, author: str, name: str, said_at: datetime | None = None
) -> None:
    """Show a draft to everyone, as it is, for ever. Raises Forbidden, NotFound, Refused."""
    _check_maker(scope)

    def written() -> None:
        _standing(scope, warehouse, name, PublicationState.DRAFT)
        _commit(warehouse, author, "publish", name, said_at)

    warehouse.submit(written).result()


def archive(warehouse: Warehouse, scope: Scope, author: str, name: str) -> None:
    """Take a publication out of the first place, or set a draft aside; what was public stays so.

    Raises Forbidden, NotFound, Refused.
    """
    _check_maker(scope)

    def written() -> None:
        _standing(scope, warehouse, name, PublicationState.DRAFT, PublicationState.PUBLISHED)
        _commit(warehouse, author, "archive", name, None)

    warehouse.submit(written).result()


def _check_maker(scope: Scope) -> None:
    if not may_publish(scope):
        raise Forbidden(
            "Le Secrétariat du Conseil du trésor publie ; vous pouvez lire ce qui est publié.",
            "The Treasury Board Secretariat publishes; you may read what is published.",
        )


def _standing(scope: Scope, warehouse: Warehouse, name: str, *allowed: PublicationState) -> None:
    """Check where it stands, in the writer's own thread, where nobody else writes meanwhile."""
    found = one_publication(scope, warehouse, name)
    if found is None:
        raise NotFound
    if found["state"] in allowed:
        return
    if found["state"] == PublicationState.ARCHIVED:
        raise Refused(
            "Cette publication est déjà à l'archive : elle ne change plus.",
            "This publication is already archived: it no longer changes.",
        )
    raise Refused(
        "Cette publication a déjà paru : elle ne change plus. Préparez-en une autre.",
        "This publication is already out: it no longer changes. Prepare another one.",
    )


def _checked(note: Note, *, is_required: bool) -> Note:
    """The note as it is kept. Raises Refused."""
    kept = Note(clean(note.fr), clean(note.en))
    if bool(kept.fr) != bool(kept.en):
        raise Refused(
            "Une note paraît dans les deux langues : il manque l'anglais."
            if kept.fr
            else "Une note paraît dans les deux langues : il manque le français.",
            "A note is published in both languages: the English is missing."
            if kept.fr
            else "A note is published in both languages: the French is missing.",
        )
    if is_required and kept.is_empty:
        raise Refused(
            "Dites en langage clair, dans les deux langues, ce que montre cette publication.",
            "Say in plain language, in both languages, what this publication shows.",
        )
    if max(len(kept.fr), len(kept.en)) > LONGEST_NOTE:
        raise Refused(
            f"La note est trop longue : {LONGEST_NOTE} caractères au plus par langue.",
            f"The note is too long: {LONGEST_NOTE} characters at most in each language.",
        )
    return kept


def _notes(note: Note) -> dict[str, str]:
    return {"note_fr": note.fr, "note_en": note.en}


def _free_name(day: str, taken: set[str]) -> str:
    """The day; ``-2`` and so on for the others of that day."""
    number = 1
    while (name := day if number == 1 else f"{day}-{number}") in taken:
        number += 1
    return name


def _commit(
    warehouse: Warehouse,
    author: str,
    move: str,
    name: str,
    said_at: datetime | None,
    **more: object,
) -> None:
    told: Mapping[str, Any] = {"move": move, "publication_id": name, **more}
    moment = {"said_at": said_at.isoformat()} if said_at else {}
    warehouse.commit(KIND, author, {**told, **moment})
