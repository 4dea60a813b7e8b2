"""The one open store of a home: journal and archive (the truth), projection (what is read).

One thread writes. A change is prepared inside a DuckDB transaction, committed by its journal event,
then committed in DuckDB; a crash between the two is mended at the next start by replaying the tail.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import duckdb
import sqlalchemy as sa
import structlog

from pilotage.domain.period import GOVERNMENT_ZONE
from pilotage.errors import Unavailable
from pilotage.store.archive import Archive
from pilotage.store.chance_row import SAID, add_chances, told_chances
from pilotage.store.damage import Damaged, StillHeld, cause_of, set_aside
from pilotage.store.disk_fault import disk_told, kept_but_unseen
from pilotage.store.durable import make_folder, mark, sync_folder
from pilotage.store.engine import native, open_engine
from pilotage.store.journal import Event, Journal
from pilotage.store.opening import engine_again, forget, sound_engine
from pilotage.store.projection import (
    SCHEMA_VERSION,
    before_rehearsal,
    project,
    reference_version,
)
from pilotage.store.quiet import QUIET
from pilotage.store.tables import projection_state
from pilotage.store.verdict import rules_in_force
from pilotage.store.whole import JUDGED, everything, judge_by_rules, judge_for_day

T = TypeVar("T")
_log = structlog.get_logger("pilotage.store")
_ATTEMPTS, _BETWEEN_S = 20, 0.1
Listener = Callable[[int, frozenset[str]], None]


class Warehouse:
    """Archive, journal and projection of one home; open it with ``open_warehouse``."""

    def __init__(self, home: Path, engine: sa.Engine, journal: Journal, archive: Archive) -> None:
        """Use ``open_warehouse``."""
        self.home = home
        self.engine = engine
        self.journal = journal
        self.archive = archive
        self.as_of: date | None = None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._listeners: list[Listener] = []
        self._lock = Lock()
        self._version = self._facts = 0

    @property
    def facts_version(self) -> int:
        """Sequence of the last event that may have changed a figure, a name or a right."""
        return self._facts

    @property
    def version(self) -> int:
        """Sequence of the last event the projection shows."""
        return self._version

    @property
    def today(self) -> date:
        """The judging date: the one set for this home, else today in the government's zone."""
        return self.as_of or datetime.now(GOVERNMENT_ZONE).date()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection to read with; one per thread, given back at the end."""
        with self.engine.connect() as connection:
            yield connection

    def on_version(self, listener: Listener) -> None:
        """Be told, from the writer thread, of each version and of the organisations it touched."""
        self._listeners.append(listener)

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run ``work`` in the writer thread, after what is queued."""
        return self._writer.submit(work)

    def record(self, kind: str, author: str, payload: dict[str, Any]) -> int:
        """Append a follow-up event and project it; the new version. Blocks until both are done."""
        return self.submit(lambda: self.commit(kind, author, payload)).result()

    def commit(
        self,
        kind: str,
        author: str,
        payload: dict[str, Any],
        prepared: Callable[[sa.Connection, Event], frozenset[str]] | None = None,
    ) -> int:
        """Project an event, journal it, then show it. Only from the writer thread.

        A fault before the journal's row leaves no trace in either store; one after it is mended
        by the next event, or at the next start.
        """
        with disk_told():
            self._catch_up()
            seq = self._version + 1
            event = Event(seq, datetime.now(UTC), kind, author, payload)
            touched = self._committed(event, prepared or self._project)
        self._show(seq, touched, seq if kind not in QUIET else self._facts)
        return seq

    def _committed(
        self, event: Event, prepared: Callable[[sa.Connection, Event], frozenset[str]]
    ) -> frozenset[str]:
        """The journal's row is the commit: past it, a projection that fails is opened again."""
        is_written = False
        try:
            with self.engine.connect() as connection, connection.begin() as transaction:
                touched = prepared(connection, event)
                event = told_chances(connection, event, self.archive, self.today)
                _advance(connection, event.seq)
                self.journal.append(event.seq, event.kind, event.author, event.payload, event.at)
                is_written = True
                transaction.commit()
        except Exception as fault:
            if not is_written:
                raise
            _log.error("projection", seq=event.seq, exc_info=fault)
            self._open_again()
        return touched

    def _catch_up(self) -> None:
        """Bring the projection to the journal's last event, opened again where it failed."""
        try:
            if self.journal.last_seq > self._version:
                self.replay()
            else:
                with self.engine.connect() as connection:
                    connection.execute(sa.select(projection_state.c.last_seq))
        except sa.exc.DBAPIError as fault:
            _log.error("projection", exc_info=fault)
            self._open_again()

    def _open_again(self) -> None:
        """Open the projection in place of one that failed: its engine stops until it is reopened.

        Raises Unavailable while readers still hold the failed one; the next event tries again.
        """
        self.engine.dispose()
        for attempt in range(_ATTEMPTS):
            try:
                self.engine = engine_again(self.home / PROJECTION, self.journal)
                break
            except StillHeld as fault:
                if attempt == _ATTEMPTS - 1:
                    raise kept_but_unseen() from fault
                time.sleep(_BETWEEN_S)  # a reader leaves within a query
        self.replay()

    def rehearse(
        self,
        kind: str,
        payload: dict[str, Any],
        locate: Callable[[str], Path],
        look: Callable[[sa.Connection], T],
    ) -> T:
        """Project an event, look at what came of it, and undo it. Blocks; nothing is kept."""

        def rehearsal() -> T:
            event = Event(self._version + 1, datetime.now(UTC), kind, "", payload)
            with self.engine.connect() as connection, connection.begin() as transaction:
                before_rehearsal(connection)
                project(connection, event, locate, self.today)
                seen = look(connection)
                transaction.rollback()
            return seen

        return self.submit(rehearsal).result()

    def _project(self, connection: sa.Connection, event: Event) -> frozenset[str]:
        return project(connection, event, self.archive.found, self.today)

    def replay(self) -> int:
        """Apply the journal's events that the projection does not show yet; how many there were."""
        with self.engine.connect() as connection:
            last = connection.execute(sa.select(projection_state.c.last_seq)).scalar() or 0
        count = 0
        for event in self.journal.after(last):
            with self.engine.begin() as connection:
                self._project(connection, event)
                if said := event.payload.get(SAID):
                    add_chances(connection, event, self.archive.found(said))
                _advance(connection, event.seq)
            last, count = event.seq, count + 1
        self._version = self._facts = last
        return count

    def judge_day(self) -> bool:
        """Judge every series again when the day has changed since; True when it had."""
        return self.submit(self._judge_day).result()

    def turn_day(self) -> bool:
        """As ``judge_day``, and listeners are told whatever came of it: for a home being read."""
        return self.submit(self._turn_day).result()

    def _turn_day(self) -> bool:
        before = self._version
        has_turned = self._judge_day()
        if has_turned and self._version == before:
            self._tell_judged()
        return has_turned

    def _judge_day(self) -> bool:
        return self._judged_again(lambda connection: judge_for_day(connection, self.today))

    def _judged_again(self, judging: Callable[[sa.Connection], bool | None]) -> bool:
        with self.engine.begin() as connection:
            is_new = judging(connection)
        if is_new:
            self._tell_judged()
        return is_new is not None

    def _tell_judged(self) -> None:
        self.commit(JUDGED, "", {"day": self.today.isoformat()}, everything)

    @property
    def rules(self) -> str:
        """The rules in force, a name of ``RULE_SETS``."""
        with self.read() as connection:
            return rules_in_force(native(connection))

    def follow(self, rules: str) -> bool:
        """Judge by these rules from now on; True when they were others."""
        return self.submit(lambda: self._follow(rules)).result()

    def _follow(self, rules: str) -> bool:
        return self._judged_again(lambda one: judge_by_rules(one, rules, self.today))

    def reference_version(self) -> int:
        """Sequence of the last load that changed what a file may refer to."""
        with self.read() as connection:
            return reference_version(connection)

    def _show(self, version: int, touched: frozenset[str], facts: int) -> None:
        with self._lock:
            self._version, self._facts = version, facts
        for listener in self._listeners:
            listener(version, touched)

    def close(self) -> None:
        """Finish what is queued and give every file back, the projection whole."""
        self.release()
        (self.home / _UNCLOSED).unlink(missing_ok=True)

    def release(self) -> None:
        """Give every file back, of a home that may not be sound: the next start looks at it."""
        self._writer.shutdown(wait=True)
        self.engine.dispose()
        self.journal.close()


def _advance(connection: sa.Connection, seq: int) -> None:
    connection.execute(projection_state.update().values(last_seq=seq))


PROJECTION = "projection.duckdb"
_UNCLOSED = "projection.open"
"""There while a home is open: found at a start, the last one did not close."""


def open_warehouse(home: Path, as_of: date | None = None, rules: str | None = None) -> Warehouse:
    """Open a home, creating it when new; replays what the projection lacks.

    ``as_of`` fixes the judging date; None follows the calendar. ``rules``: a name of ``RULE_SETS``;
    None keeps those in force. A projection that cannot be read is
    set aside and made again from archive and journal, and the journal says so. Raises AlreadyOpen
    when another process holds the home, Unavailable when archive or journal are damaged too.
    """
    home = home.resolve()
    make_folder(home)
    is_suspect = (home / _UNCLOSED).exists()
    mark(home / _UNCLOSED)
    try:
        warehouse = _opened(home, as_of, is_suspect)
    except Damaged as damage:
        set_aside(home / PROJECTION)
        warehouse = _made_again(home, as_of)
        warehouse.record("projection_recovered", "", {"fault": str(damage)[:500]})
    if rules is not None:
        warehouse.follow(rules)
    return warehouse


def _made_again(home: Path, as_of: date | None) -> Warehouse:
    try:
        return _opened(home, as_of)
    except (Damaged, duckdb.Error) as damage:
        raise Unavailable(
            "Les données ne s'ouvrent pas, même refaites : un fichier de l'archive est abîmé. "
            "Lancez « pilotage verify », puis remettez la dernière sauvegarde.",
            "The data does not open, even made again: a file of the archive is damaged. "
            "Run “pilotage verify”, then put back the last backup.",
        ) from damage


def _opened(home: Path, as_of: date | None, is_suspect: bool = False) -> Warehouse:
    path = home / PROJECTION
    journal = Journal(home / "journal.sqlite")
    try:
        engine = sound_engine(path, journal, is_suspect=is_suspect)
    except BaseException as fault:
        journal.close()
        raise cause_of(fault) from fault
    warehouse = Warehouse(home, engine, journal, Archive(home / "archive"))
    sync_folder(home)
    warehouse.as_of = as_of
    try:
        journal.verify()
        warehouse.replay()
        warehouse.judge_day()
    except BaseException as fault:
        warehouse.release()
        raise cause_of(fault) from fault
    return warehouse


def rebuild(home: Path) -> int:
    """Make the projection again from archive and journal; the number of events replayed."""
    home = home.resolve()
    path = home / PROJECTION
    try:
        open_engine(path).dispose()
        forget(path)
    except Damaged:
        set_aside(path)
    warehouse = open_warehouse(home)
    try:
        return warehouse.version
    finally:
        warehouse.close()


__all__ = ["PROJECTION", "SCHEMA_VERSION", "Warehouse", "open_warehouse", "rebuild"]
