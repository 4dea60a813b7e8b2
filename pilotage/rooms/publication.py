"""The public room: one publication as it was frozen, and the others there are.

Nothing here asks for a figure that is not in a snapshot: what was published is all there is to see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pilotage.domain.indicator import Direction
from pilotage.domain.period import Period, PeriodKind, starting
from pilotage.domain.publication import Note, Publication, PublicationState
from pilotage.domain.small_cell import Hidden
from pilotage.domain.status import DataState, Standing
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound
from pilotage.followup.publication import may_prepare
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import Named
from pilotage.rooms.tally import Tally, tally
from pilotage.store.queries import publication as queries
from pilotage.store.queries.row import Row
from pilotage.store.warehouse import Warehouse

ASKED = "publication"
"""The parameter of the address that names a publication."""


@dataclass(frozen=True)
class Line:
    """One published figure; ``standing`` and ``value`` are none where they are hidden.

    ``recents``: the last periods, oldest first; empty where no curve is published.
    """

    indicator_id: str
    organisation: Named
    is_own: bool
    title_fr: str
    title_en: str | None
    definition_fr: str | None
    definition_en: str | None
    unit: str
    decimals: int | None
    direction: Direction
    source: str | None
    standing: Standing | None
    remark: DataState | None
    period: Period | None
    value: float | None
    published_on: date | None
    next_due: date | None
    low: float | None
    high: float | None
    due_date: date | None
    hidden: Hidden | None
    recents: tuple[tuple[Period, float | None], ...]
    note: Note | None

    @property
    def is_hidden(self) -> bool:
        """True where the value is left out so that it points at nobody."""
        return self.hidden is not None


@dataclass(frozen=True)
class Part:
    """One ministry and what it publishes."""

    ministry: Named
    lines: tuple[Line, ...]

    @property
    def tally(self) -> Tally:
        """Its figures by standing, the hidden ones left out."""
        return tally(one.standing for one in self.lines if one.standing is not None)

    @property
    def hidden(self) -> int:
        """How many figures are left out."""
        return sum(one.is_hidden for one in self.lines)


@dataclass(frozen=True)
class PublicRoom:
    """``shown`` is none while nothing is published; ``current``: the one in force."""

    shown: Publication | None
    parts: tuple[Part, ...]
    current: Publication | None
    publications: tuple[Publication, ...]
    may_prepare: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(one for part in self.parts for one in part.lines)

    @property
    def others(self) -> tuple[Publication, ...]:
        """The other publications one may read, the last published first."""
        return tuple(one for one in self.publications if one != self.shown)

    @property
    def tally(self) -> Tally:
        """Every figure by standing."""
        return tally(one.standing for one in self.lines if one.standing is not None)


def public_room(scope: Scope, warehouse: Warehouse, address: Address) -> PublicRoom:
    """``/public``: the publication in force, or the one the address names. Raises NotFound."""
    known = published(scope, warehouse)
    current = next((one for one in known if one.state is PublicationState.PUBLISHED), None)
    asked = address.parameters.get(ASKED)
    shown = next((one for one in known if one.publication_id == asked), None) if asked else current
    if asked and shown is None:
        raise NotFound(
            "Aucune publication de ce nom. Voyez la plus récente à l'adresse /public.",
            "No publication of that name. See the latest one at /public.",
        )
    parts = parts_of(scope, warehouse, shown.publication_id) if shown else ()
    return PublicRoom(shown, parts, current, known, may_prepare(scope))


def published(scope: Scope, warehouse: Warehouse) -> tuple[Publication, ...]:
    """What was published, archived since or not, the last published first."""
    found = (publication_of(row) for row in queries.readable_publications(scope, warehouse))
    out = [(one.published_at, one) for one in found if one.published_at is not None]
    return tuple(one for _, one in sorted(out, key=lambda pair: pair[0], reverse=True))


def parts_of(scope: Scope, warehouse: Warehouse, name: str) -> tuple[Part, ...]:
    """The lines of a publication by ministry, in the order in which they were frozen."""
    notes = notes_of(scope, warehouse, name)
    found: dict[str, tuple[Named, list[Line]]] = {}
    for row in queries.published_lines(scope, warehouse, name):
        ministry = Named(row["ministry_id"], row["ministry_fr"], row["ministry_en"])
        _, lines = found.setdefault(row["ministry_id"], (ministry, []))
        lines.append(line_of(row, notes))
    return tuple(Part(ministry, tuple(lines)) for ministry, lines in found.values())


def notes_of(scope: Scope, warehouse: Warehouse, name: str) -> dict[str, Note]:
    """The notes on single indicators that stand."""
    told = queries.indicator_notes(scope, warehouse, name)
    last = {row["indicator_id"]: Note(row["note_fr"], row["note_en"]) for row in told}
    return {indicator: note for indicator, note in last.items() if not note.is_empty}


def publication_of(row: Row) -> Publication:
    """A stored row in the words of the trade."""
    return Publication(
        publication_id=row["publication_id"],
        as_of=row["as_of"],
        state=PublicationState(row["state"]),
        note=Note(row["note_fr"] or "", row["note_en"] or ""),
        drafted_at=row["drafted_at"],
        drafted_by=row["drafted_by"],
        published_at=row["published_at"],
        archived_at=row["archived_at"],
    )


def line_of(row: Row, notes: Mapping[str, Note]) -> Line:
    """A stored line in the words of the trade."""
    kind, start = row["period_kind"], row["period_start"]
    return Line(
        indicator_id=row["indicator_id"],
        organisation=Named(row["organisation_id"], row["organisation_fr"], row["organisation_en"]),
        is_own=row["organisation_id"] == row["ministry_id"],
        title_fr=row["title_fr"],
        title_en=row["title_en"],
        definition_fr=row["definition_fr"],
        definition_en=row["definition_en"],
        unit=row["unit"],
        decimals=row["decimals"],
        direction=Direction(row["direction"]),
        source=row["source"],
        standing=Standing(row["standing"]) if row["standing"] else None,
        remark=DataState(row["remark"]) if row["remark"] else None,
        period=None if kind is None or start is None else starting(PeriodKind(kind), start),
        value=row["value"],
        published_on=row["published_on"],
        next_due=row["next_due"],
        low=row["low"],
        high=row["high"],
        due_date=row["due_date"],
        hidden=Hidden(row["hidden"]) if row["hidden"] else None,
        recents=_recents(row),
        note=notes.get(row["indicator_id"]),
    )


def _recents(row: Row) -> tuple[tuple[Period, float | None], ...]:
    if row["recent_starts"] is None or row["period_kind"] is None:
        return ()
    kind = PeriodKind(row["period_kind"])
    told = zip(row["recent_starts"], row["recent_values"], strict=True)
    return tuple((starting(kind, start), value) for start, value in told)
