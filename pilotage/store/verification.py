"""Is the store still what was received? Archive, journal and projection, each against its proof."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import sqlalchemy as sa

from pilotage.errors import AlreadyOpen, Unavailable
from pilotage.store import tables
from pilotage.store.backup import ARCHIVE, JOURNAL, Progress, kept_files, of_home, unsound
from pilotage.store.chance_row import SAID
from pilotage.store.journal import Event, Journal
from pilotage.store.warehouse import PROJECTION, open_warehouse

_HASHES = {"sha256", "rows_sha256", "problems_sha256", "refused_sha256", SAID}


@dataclass(frozen=True)
class Verified:
    """What was found: version, files, and every fault; None of ``differing``: not compared."""

    version: int
    files: int
    altered: tuple[str, ...]  # files whose bytes are not those of their name
    missing: tuple[str, ...]  # hashes the journal names that the archive lacks
    broken_chain: Unavailable | None
    differing: tuple[str, ...] | None  # tables that a rebuild makes otherwise

    @property
    def is_sound(self) -> bool:
        """Nothing was found to be wrong."""
        return not (self.altered or self.missing or self.broken_chain or self.differing)


def verify(home: Path, as_of: date | None = None, progress: Progress | None = None) -> Verified:
    """Hash the archive again, follow the journal's chain, compare the projection with a rebuild.

    Changes nothing that is shown. Raises Refused when there is no home.
    """
    of_home(home)
    archive = home / ARCHIVE
    altered = tuple(unsound(archive, progress))
    held = {path.name for path in kept_files(archive)}
    journal, chain, named = Journal(home / JOURNAL), None, set[str]()
    try:
        version = journal.last_seq
        journal.verify()
        named = {name for event in journal.after(0) for name in hashes_of(event)}
    except Unavailable as broken:
        chain = broken
    finally:
        journal.close()
    missing = named - held
    can_rebuild = not (altered or missing or chain)
    differing = _differing(home, as_of) if can_rebuild else None
    return Verified(version, len(held), altered, tuple(sorted(missing)), chain, differing)


def hashes_of(event: Event) -> set[str]:
    """The files of the archive that an event speaks of."""
    found: set[str] = set()

    def look(told: object, key: str = "") -> None:
        if isinstance(told, dict):
            for name, value in told.items():
                look(value, name)
        elif isinstance(told, list):
            for value in told:
                look(value, key)
        elif key in _HASHES and isinstance(told, str) and len(told) == 64:
            found.add(told)

    payload = dict(event.payload)
    # Of several inputs loaded as one, the load's own hash names no file: each input's does.
    if payload.get("inputs"):
        payload.pop("sha256", None)
    look(payload)
    return found


def _differing(home: Path, as_of: date | None) -> tuple[str, ...] | None:
    """The tables whose rows a rebuild makes otherwise; None while a server holds the projection."""
    try:
        opened = open_warehouse(home, as_of)
        rules = opened.rules
        opened.close()
    except AlreadyOpen:
        return None
    with tempfile.TemporaryDirectory(prefix="pilotage-verify-", dir=home) as place:
        again = Path(place)
        (again / ARCHIVE).symlink_to((home / ARCHIVE).resolve())
        _copy_journal(home / JOURNAL, again / JOURNAL)
        open_warehouse(again, as_of, rules).close()
        return compared(home / PROJECTION, again / PROJECTION)


def _copy_journal(source: Path, to: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{source}")
    with engine.connect() as connection:
        connection.exec_driver_sql("vacuum into ?", (str(to),))
    engine.dispose()


def compared(shown: Path, again: Path) -> tuple[str, ...]:
    """The tables of two closed projections whose rows differ."""
    with duckdb.connect() as duck:
        duck.execute(f"attach '{shown}' as shown (read_only)")
        duck.execute(f"attach '{again}' as again (read_only)")
        return tuple(
            table.name
            for table in tables.metadata.sorted_tables
            if _differ(duck, f"shown.{table.name}", f"again.{table.name}")
        )


def _differ(duck: duckdb.DuckDBPyConnection, one: str, other: str) -> bool:
    asked = (
        f"select exists(from (from {one} except all from {other}))"
        f" or exists(from (from {other} except all from {one}))"
    )
    (found,) = duck.execute(asked).fetchone() or (True,)
    return bool(found)


__all__ = ["Verified", "hashes_of", "verify"]
