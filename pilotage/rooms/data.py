"""The data page: what may be received here, what was, and what one load brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pilotage.access.person import person
from pilotage.domain.period import Period, PeriodKind
from pilotage.domain.viewer import Role, Scope
from pilotage.errors import NotFound
from pilotage.i18n import Lang
from pilotage.intake.contract import contracts
from pilotage.intake.problem import from_row, sentence
from pilotage.intake.saved_profile import SavedProfile, saved_profiles
from pilotage.rooms.address import Address
from pilotage.rooms.agreement import to_sign
from pilotage.rooms.blocker import Named
from pilotage.rooms.curve import is_eased
from pilotage.rooms.past import on_asked_day
from pilotage.rooms.pending import PendingValue, pending_of_load
from pilotage.rooms.quarantine import Quarantine, quarantine_of
from pilotage.rooms.upload import Found
from pilotage.rooms.withdrawal import may_withdraw
from pilotage.store.queries import loads as queries
from pilotage.store.queries import problems as faults
from pilotage.store.queries.directory import organisations
from pilotage.store.queries.quarantine import corrected_load, waiting_count
from pilotage.store.warehouse import Warehouse

PAGE_SIZE = 50
MOST_PROBLEMS = 200
MOST_CHANGES = 100
_NEVER_LOADS = frozenset({Role.PUBLIC, Role.AUDITOR})


@dataclass(frozen=True)
class ContractFiles:
    """One subject's published schema and example; both are downloaded by name."""

    subject: str
    title_fr: str
    title_en: str
    required: tuple[str, ...]
    schema_file: str
    example_file: str


@dataclass(frozen=True)
class LoadLine:
    """One load as the history says it; moments in UTC, counts in rows."""

    load_seq: int
    state: str
    subject: str | None
    file_name: str
    author: str
    way_in: str
    policy: str
    received_at: datetime
    organisation: Named | None
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_unchanged: int
    rows_refused: int
    rows_waiting: int = 0


@dataclass(frozen=True)
class DataRoom:
    """Exactly what the data page shows. ``earlier`` is where the next page of history starts.

    ``profiles``: the saved ones a file may be read with. ``to_sign``: files that wait for the
    viewer's approval. ``is_technical``: the role holds accounts and settings, and sees no data.
    """

    can_load: bool
    is_technical: bool
    loads_for: tuple[Named, ...]
    contracts: tuple[ContractFiles, ...]
    loads: tuple[LoadLine, ...]
    earlier: int | None
    is_first_page: bool
    to_sign: int = 0
    is_past: bool = False
    profiles: tuple[SavedProfile, ...] = ()


class Span(NamedTuple):
    """The bounds of a target; of a value, ``low`` alone."""

    low: float | None
    high: float | None


@dataclass(frozen=True)
class Revision:
    """One figure this load changed; ``kind`` is value or target, bounds in the indicator's unit."""

    kind: str
    indicator: Named
    organisation: Named
    unit: str
    decimals: int | None
    direction: str
    period: Period | None
    line: int
    before: Span
    after: Span

    @property
    def easing(self) -> str | None:
        """``eased`` or ``tightened`` for a target that asks for less or for more than before."""
        if self.kind != "target":
            return None
        if is_eased(self.direction, self.before, self.after):
            return "eased"
        return "tightened" if is_eased(self.direction, self.after, self.before) else None


@dataclass(frozen=True)
class Said:
    """Why the load was withdrawn (``kind`` withdrawn) or lines of it left aside (left)."""

    kind: str
    reason: str
    author: str
    at: datetime
    lines: tuple[int, ...]


@dataclass(frozen=True)
class LoadRoom:
    """One load: where it came from, what was wrong, what it changed.

    ``corrects``: the load whose refused rows it corrects.
    """

    line: LoadLine
    sha256: str
    size_bytes: int
    profile: str | None
    encoding: str | None
    delimiter: str | None
    published_at: datetime
    withdrawn_seq: int | None
    counts: tuple[tuple[str, str, int], ...]
    problems: tuple[Found, ...]
    revisions: tuple[Revision, ...]
    can_withdraw: bool
    pending: tuple[PendingValue, ...] = ()
    quarantine: Quarantine | None = None
    corrects: int | None = None
    said: tuple[Said, ...] = ()


def data_page(scope: Scope, warehouse: Warehouse, address: Address) -> DataRoom | LoadRoom:
    """``/donnees`` or one of its loads. Raises NotFound for anything else below it."""
    if len(address.parts) == 1:
        return data_room(scope, warehouse, address)
    if address.parts[1] != "versements":
        raise NotFound
    return load_room(scope, warehouse, address)


def data_room(scope: Scope, warehouse: Warehouse, address: Address) -> DataRoom:
    """``/donnees?avant=<sequence>``: the last loads before that one."""
    past = address.past(warehouse.today)
    asked = address.parameters.get("avant", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    rows = queries.recent_loads(
        scope, on_asked_day(warehouse, address), PAGE_SIZE + 1, before, received_by=past
    )
    waiting = waiting_count(scope, warehouse, [row["load_seq"] for row in rows[:PAGE_SIZE]])
    lines = tuple(_line(row, waiting.get(row["load_seq"], 0)) for row in rows[:PAGE_SIZE])
    mine = [one for one in organisations(scope, warehouse) if scope.may_load(one.organisation_id)]
    roots = {one.organisation_id for one in mine}
    return DataRoom(
        can_load=scope.role not in _NEVER_LOADS and (scope.loads_everything or bool(mine)),
        is_technical=scope.role is Role.ADMINISTRATOR,
        loads_for=tuple(
            Named(one.organisation_id, one.label_fr, one.label_en)
            for one in mine
            if one.parent_id not in roots
        ),
        contracts=contract_files(),
        loads=lines,
        earlier=lines[-1].load_seq if len(rows) > PAGE_SIZE else None,
        is_first_page=before is None,
        to_sign=0 if past else to_sign(scope, warehouse),
        is_past=past is not None,
        profiles=saved_profiles(warehouse.home),
    )


def contract_files() -> tuple[ContractFiles, ...]:
    """The published contracts, in loading order."""
    return tuple(
        ContractFiles(
            subject=subject,
            title_fr=contract.title_fr,
            title_en=contract.title_en,
            required=tuple(field.name for field in contract.fields if field.required),
            schema_file=f"{subject}.schema.json",
            example_file=f"exemple_{subject}.csv",
        )
        for subject, contract in contracts().items()
    )


def load_room(scope: Scope, warehouse: Warehouse, address: Address) -> LoadRoom:
    """``/donnees/versements/<sequence>``; NotFound for an unknown load or one outside the scope."""
    asked = address.parts[2] if len(address.parts) > 2 else ""
    row = None
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        row = queries.one_load(scope, warehouse, int(asked))
    if row is None:
        raise NotFound
    seq = row["load_seq"]
    problems = faults.first_problems(scope, warehouse, seq, MOST_PROBLEMS)
    return LoadRoom(
        line=_line(row),
        sha256=row["sha256"],
        size_bytes=row["size_bytes"],
        profile=row["profile"],
        encoding=row["encoding"],
        delimiter=row["delimiter"],
        published_at=row["published_at"],
        withdrawn_seq=row["withdrawn_seq"],
        counts=tuple(faults.problem_counts(scope, warehouse, seq)),
        problems=tuple(_found(one, address.lang) for one in problems),
        revisions=_revisions(scope, warehouse, seq),
        can_withdraw=not address.past(warehouse.today) and may_withdraw(scope, warehouse, seq),
        pending=pending_of_load(scope, warehouse, seq),
        quarantine=quarantine_of(
            scope, warehouse, seq, address.lang, is_past=bool(address.past(warehouse.today))
        ),
        corrects=corrected_load(scope, warehouse, seq),
        said=_said(scope, warehouse, seq),
    )


def _said(scope: Scope, warehouse: Warehouse, seq: int) -> tuple[Said, ...]:
    return tuple(
        Said(
            kind=row["kind"],
            reason=row["reason"],
            author=person(row["author"]) or "",
            at=row["at"],
            lines=tuple(row["lines"] or ()),
        )
        for row in queries.reasons_of_load(scope, warehouse, seq)
    )


def _found(row: Mapping[str, Any], lang: Lang) -> Found:
    return Found(
        file=row["load_file"],
        line=row["line"],
        column_letter=row["column_letter"],
        column_name=row["column_name"],
        severity=row["severity"],
        code=row["code"],
        found=row["found"],
        sentence=sentence(from_row(dict(row)), lang),
    )


def _line(row: Mapping[str, Any], rows_waiting: int = 0) -> LoadLine:
    place = row["organisation_id"]
    return LoadLine(
        load_seq=row["load_seq"],
        state=row["state"],
        subject=row["subject"],
        file_name=row["file_name"],
        author=person(row["author"]) or "",
        way_in=row["way_in"],
        policy=row["policy"],
        received_at=row["received_at"],
        organisation=Named(place, row["label_fr"] or place, row["label_en"]) if place else None,
        rows_read=row["rows_read"],
        rows_new=row["rows_new"],
        rows_changed=row["rows_changed"],
        rows_unchanged=row["rows_unchanged"],
        rows_refused=row["rows_refused"],
        rows_waiting=rows_waiting,
    )


def _revisions(scope: Scope, warehouse: Warehouse, seq: int) -> tuple[Revision, ...]:
    values = queries.changed_values(scope, warehouse, seq, MOST_CHANGES)
    targets = queries.changed_targets(scope, warehouse, seq, MOST_CHANGES)
    found = [
        *(
            _revision("value", row, Span(row["before_value"], None), Span(row["value"], None))
            for row in values
        ),
        *(
            _revision(
                "target",
                row,
                Span(row["before_low"], row["before_high"]),
                Span(row["low"], row["high"]),
            )
            for row in targets
        ),
    ]
    return tuple(found[:MOST_CHANGES])


def _revision(
    kind: str,
    row: Mapping[str, Any],
    before: Span,
    after: Span,
) -> Revision:
    code = row["period_kind"]
    return Revision(
        kind=kind,
        indicator=Named(row["indicator_id"], row["title_fr"], row["title_en"]),
        organisation=Named(row["organisation_id"], row["label_fr"], row["label_en"]),
        unit=row["unit"],
        decimals=row["decimals"],
        direction=row["direction"],
        period=Period(PeriodKind(code), row["period_start"], row["period_end"]) if code else None,
        line=row["load_line"],
        before=before,
        after=after,
    )
