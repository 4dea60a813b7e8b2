"""A file on its way in, as its sender sees it: what was found and what loading it would change.

Built from what ``GET /api/uploads/<id>`` told the browser. It comes back through the browser, so it
is only ever shown to that same person, and nothing is decided on it; loading asks the server again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from pilotage.domain.status import DataState, Result, Standing, Trajectory, standing
from pilotage.domain.viewer import Scope
from pilotage.rooms.blocker import Named
from pilotage.store.queries import blockers as names
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse

_MOST_LINES = 200


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

    @property
    def has_report(self) -> bool:
        """True once the file was checked to its end."""
        return self.state not in {"received", "checking", "failed", ""}


def upload_room(scope: Scope, warehouse: Warehouse, said: Mapping[str, Any]) -> UploadRoom:
    """What was told, with the names of what it speaks of; what is not understood is left out."""
    report, outcome = _part(said, "report"), _part(said, "outcome")
    return UploadRoom(
        upload_id=_text(said, "id") or "",
        state=_text(said, "state") or "",
        file_name=_text(said, "file_name") or "",
        size_bytes=_count(said, "size_bytes"),
        sentence=_text(said, "sentence") or "",
        subject=_text(report, "subject"),
        rows_read=_count(report, "rows_read"),
        rows_refused=_count(report, "rows_refused"),
        errors=_count(report, "errors"),
        warnings=_count(report, "warnings"),
        notices=_count(report, "notices"),
        loads_nothing=report.get("loads_nothing") is True,
        problems=tuple(_found(one) for one in _lines(report, "problems")),
        preview=_preview(scope, warehouse, said.get("preview")),
        load_seq=_count(outcome, "version") or None,
    )


def _found(one: Mapping[str, Any]) -> Found:
    return Found(
        file=_text(one, "file"),
        line=_count(one, "line") or None,
        column_letter=_text(one, "column_letter"),
        column_name=_text(one, "column_name"),
        severity=_text(one, "severity") or "error",
        code=_text(one, "code") or "",
        found=_text(one, "found"),
        sentence=_text(one, "sentence") or "",
    )


def _preview(scope: Scope, warehouse: Warehouse, said: object) -> Preview | None:
    if not isinstance(said, dict):
        return None
    revised, turned = _lines(said, "revised"), _lines(said, "turned")
    asked = {_text(one, "indicator_id") or "" for one in (*revised, *turned)}
    titles = names.indicator_titles(scope, warehouse, asked) if asked else {}
    places = {one.organisation_id: one for one in organisations(scope, warehouse)} if asked else {}

    def indicator(one: Mapping[str, Any]) -> Named:
        name = _text(one, "indicator_id") or ""
        fr, en, _lead = titles.get(name, (name, None, ""))
        return Named(name, fr, en)

    def place(one: Mapping[str, Any]) -> Named:
        name = _text(one, "organisation_id") or ""
        known = places.get(name)
        return Named(name, known.label_fr, known.label_en) if known else Named(name, name, None)

    return Preview(
        new=_count(said, "new"),
        changed=_count(said, "changed"),
        unchanged=_count(said, "unchanged"),
        refused=_count(said, "refused"),
        turned_total=_count(said, "turned_total"),
        revised=tuple(
            Revised(
                indicator(one),
                place(one),
                _moment(one, "period_start"),
                _figure(one, "before"),
                _figure(one, "after"),
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
    words = (_text(one, name) or "").split("/")
    try:
        trajectory, result, state = words
        return standing(Result(result), Trajectory(trajectory), DataState(state))
    except ValueError:
        return None


def _part(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = said.get(name)
    return part if isinstance(part, dict) else {}


def _lines(said: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    lines = said.get(name)
    found = lines if isinstance(lines, list) else []
    return [one for one in found if isinstance(one, dict)][:_MOST_LINES]


def _text(said: Mapping[str, Any], name: str) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) else None


def _count(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _figure(said: Mapping[str, Any], name: str) -> float | None:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if isfinite(value) else None


def _moment(said: Mapping[str, Any], name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(_text(said, name) or "").replace(tzinfo=None)
    except ValueError:
        return None
