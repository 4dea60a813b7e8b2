"""A file on its way in, as its sender sees it: what was found and what loading it would change.

Built from what ``GET /api/uploads/<id>`` told the browser. It comes back through the browser, so it
is only ever shown to that same person, and nothing is decided on it; loading asks the server again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pilotage.domain.status import DataState, Result, Standing, Trajectory, standing
from pilotage.domain.viewer import Scope
from pilotage.rooms.blocker import Named
from pilotage.rooms.reading import Reading, reading_of
from pilotage.rooms.told import count, figure, lines, part, text
from pilotage.store.queries import blockers as names
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse


@dataclass(frozen=True)
class Found:
    """One problem: its place, its code and what to write instead."""

    file: str | None
    line: int | None
    column_letter: str | None
    column_name: str | None
    severity: str
    code: str
    found: str | None
    sentence: str


@dataclass(frozen=True)
class Revised:
    """One value that would be revised."""

    indicator: Named
    organisation: Named
    period_start: datetime | None
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Turned:
    """One verdict that would turn; ``before`` is none for a first judgement."""

    indicator: Named
    organisation: Named
    before: Standing | None
    after: Standing


@dataclass(frozen=True)
class Preview:
    """What loading would change, in rows; the first revisions and turned verdicts."""

    new: int
    changed: int
    unchanged: int
    refused: int
    turned_total: int
    revised: tuple[Revised, ...]
    turned: tuple[Turned, ...]


@dataclass(frozen=True)
class UploadRoom:
    """What the data page shows of one upload; ``load_seq`` once there is a load to open."""

    upload_id: str
    state: str
    file_name: str
    size_bytes: int
    sentence: str
    subject: str | None
    rows_read: int
    rows_refused: int
    errors: int
    warnings: int
    notices: int
    loads_nothing: bool
    problems: tuple[Found, ...]
    preview: Preview | None
    load_seq: int | None
    reading: Reading | None = None

    @property
    def has_report(self) -> bool:
        """True once the file was checked to its end."""
        return self.state not in {"received", "checking", "failed", ""}


def upload_room(scope: Scope, warehouse: Warehouse, said: Mapping[str, Any]) -> UploadRoom:
    """What was told, with the names of what it speaks of; what is not understood is left out."""
    report, outcome = part(said, "report"), part(said, "outcome")
    return UploadRoom(
        upload_id=text(said, "id") or "",
        state=text(said, "state") or "",
        file_name=text(said, "file_name") or "",
        size_bytes=count(said, "size_bytes"),
        sentence=text(said, "sentence") or "",
        subject=text(report, "subject"),
        rows_read=count(report, "rows_read"),
        rows_refused=count(report, "rows_refused"),
        errors=count(report, "errors"),
        warnings=count(report, "warnings"),
        notices=count(report, "notices"),
        loads_nothing=report.get("loads_nothing") is True,
        problems=tuple(_found(one) for one in lines(report, "problems")),
        preview=_preview(scope, warehouse, said.get("preview")),
        load_seq=count(outcome, "version") or None,
        reading=reading_of(said),
    )


def _found(one: Mapping[str, Any]) -> Found:
    return Found(
        file=text(one, "file"),
        line=count(one, "line") or None,
        column_letter=text(one, "column_letter"),
        column_name=text(one, "column_name"),
        severity=text(one, "severity") or "error",
        code=text(one, "code") or "",
        found=text(one, "found"),
        sentence=text(one, "sentence") or "",
    )


def _preview(scope: Scope, warehouse: Warehouse, said: object) -> Preview | None:
    if not isinstance(said, dict):
        return None
    revised, turned = lines(said, "revised"), lines(said, "turned")
    asked = {text(one, "indicator_id") or "" for one in (*revised, *turned)}
    titles = names.indicator_titles(scope, warehouse, asked) if asked else {}
    places = {one.organisation_id: one for one in organisations(scope, warehouse)} if asked else {}

    def indicator(one: Mapping[str, Any]) -> Named:
        name = text(one, "indicator_id") or ""
        fr, en, _lead = titles.get(name, (name, None, ""))
        return Named(name, fr, en)

    def place(one: Mapping[str, Any]) -> Named:
        name = text(one, "organisation_id") or ""
        known = places.get(name)
        return Named(name, known.label_fr, known.label_en) if known else Named(name, name, None)

    return Preview(
        new=count(said, "new"),
        changed=count(said, "changed"),
        unchanged=count(said, "unchanged"),
        refused=count(said, "refused"),
        turned_total=count(said, "turned_total"),
        revised=tuple(
            Revised(
                indicator(one),
                place(one),
                _moment(one, "period_start"),
                figure(one, "before"),
                figure(one, "after"),
            )
            for one in revised
        ),
        turned=tuple(
            Turned(indicator(one), place(one), _standing(one, "before"), after)
            for one in turned
            if (after := _standing(one, "after")) is not None
        ),
    )


def _standing(one: Mapping[str, Any], name: str) -> Standing | None:
    """The state behind ``trajectory/result/data_state``; none where it says something else."""
    words = (text(one, name) or "").split("/")
    try:
        trajectory, result, state = words
        return standing(Result(result), Trajectory(trajectory), DataState(state))
    except ValueError:
        return None


def _moment(said: Mapping[str, Any], name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text(said, name) or "").replace(tzinfo=None)
    except ValueError:
        return None
