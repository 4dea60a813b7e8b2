"""Publications: the rows of each snapshot, its notes, and how far it has come.

The rows lie in the archive and their hash in the event of the draft: a rebuild shows the same ones,
whatever has been loaded since.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from pilotage.store.engine import native
from pilotage.store.journal import Event
from pilotage.store.tables import metadata

KIND: Final = "publication"

publications = sa.Table(
    "publications",
    metadata,
    sa.Column("publication_id", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),  # of the draft
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # draft, published, archived
    sa.Column("drafted_at", sa.DateTime, nullable=False),  # in UTC, as the two that follow
    sa.Column("published_at", sa.DateTime),
    sa.Column("archived_at", sa.DateTime),
    sa.Column("drafted_by", sa.Text, nullable=False),
)

publication_notes = sa.Table(
    "publication_notes",
    metadata,
    sa.Column("publication_id", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),  # the last one of a subject stands
    sa.Column("indicator_id", sa.Text),  # null: of the publication itself
    sa.Column("note_fr", sa.Text, nullable=False),
    sa.Column("note_en", sa.Text, nullable=False),
)

publication_lines = sa.Table(
    "publication_lines",
    metadata,
    sa.Column("publication_id", sa.Text, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),  # order on the page, from 0
    sa.Column("ministry_id", sa.Text, nullable=False),
    sa.Column("ministry_fr", sa.Text, nullable=False),
    sa.Column("ministry_en", sa.Text),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("organisation_fr", sa.Text, nullable=False),
    sa.Column("organisation_en", sa.Text),
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("title_fr", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text),
    sa.Column("definition_fr", sa.Text),
    sa.Column("definition_en", sa.Text),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("decimals", sa.Integer),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("source", sa.Text),  # system of record
    sa.Column("standing", sa.Text),  # null where the value is hidden: it would say a part of it
    sa.Column("remark", sa.Text),  # provisional, unverified
    sa.Column("period_kind", sa.SmallInteger),
    sa.Column("period_start", sa.DateTime),
    sa.Column("value", sa.Double),  # null where it is hidden
    sa.Column("published_on", sa.Date),  # by its ministry; null where children made it
    sa.Column("next_due", sa.Date),
    sa.Column("low", sa.Double),
    sa.Column("high", sa.Double),
    sa.Column("due_date", sa.Date),
    sa.Column("hidden", sa.Text),  # small, tied; null where the value is shown
    sa.Column("recent_starts", sa.ARRAY(sa.DateTime)),  # null where no curve is shown
    sa.Column("recent_values", sa.ARRAY(sa.Double)),
)

_ARROW: dict[type, pa.DataType] = {
    sa.Text: pa.string(),
    sa.Integer: pa.int32(),
    sa.SmallInteger: pa.int16(),
    sa.Double: pa.float64(),
    sa.Date: pa.date32(),
    sa.DateTime: pa.timestamp("us"),
}


def snapshot_bytes(lines: Sequence[Mapping[str, Any]]) -> bytes:
    """The lines of a publication as the file that is kept: every column but whose they are."""
    columns = [one for one in publication_lines.columns if one.name != "publication_id"]
    schema = pa.schema([(one.name, _arrow(one.type)) for one in columns])
    stream = BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(one) for one in lines], schema), stream)
    return stream.getvalue()


def _arrow(kind: sa.types.TypeEngine[Any]) -> pa.DataType:
    if isinstance(kind, sa.ARRAY):
        return pa.list_(_arrow(kind.item_type))
    return _ARROW[type(kind)]


def add_publication(connection: sa.Connection, event: Event, locate: Callable[[str], Path]) -> None:
    """Apply one step of a publication; it touches no room."""
    told = event.payload
    said_at = told.get("said_at")
    at = datetime.fromisoformat(said_at) if said_at else event.at.replace(tzinfo=None)
    if told["move"] == "draft":
        _draft(connection, event, at, locate)
    if told.get("note_fr") is not None:
        _note(connection, event)
    if told["move"] in {"publish", "archive"}:
        state = {"publish": "published", "archive": "archived"}[told["move"]]
        connection.execute(
            publications.update()
            .where(publications.c.publication_id == told["publication_id"])
            .values({"state": state, f"{state}_at": at})
        )


def _draft(
    connection: sa.Connection, event: Event, at: datetime, locate: Callable[[str], Path]
) -> None:
    told = event.payload
    connection.execute(
        publications.insert().values(
            publication_id=told["publication_id"],
            seq=event.seq,
            as_of=date.fromisoformat(told["as_of"]),
            state="draft",
            drafted_at=at,
            drafted_by=event.author,
        )
    )
    # By name: files written before a column was thought of leave it empty.
    native(connection).execute(
        "insert into publication_lines by name select ? as publication_id, *"
        f" from read_parquet('{locate(told['rows_sha256'])}')",
        [told["publication_id"]],
    )


def _note(connection: sa.Connection, event: Event) -> None:
    told: dict[str, Any] = event.payload
    connection.execute(
        publication_notes.insert().values(
            publication_id=told["publication_id"],
            seq=event.seq,
            indicator_id=told.get("indicator_id"),
            note_fr=told["note_fr"],
            note_en=told["note_en"],
        )
    )
