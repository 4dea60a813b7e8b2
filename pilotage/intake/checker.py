"""The warm process in which files are checked; a file that kills it kills nothing else."""

import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Lock

import duckdb

from pilotage.intake.check import check_files, refused_rows
from pilotage.intake.problem import Problem
from pilotage.intake.problem_table import PROBLEMS_SQL, keep, tell
from pilotage.intake.report import CheckReport, Request

_LOOK_EVERY_S = 0.05
_LONGEST_S = 3600.0
_ADDRESS_SPACE = 12 << 30


def _limited() -> None:
    """Bound the checking process: a bomb ends it, and nothing else."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))


def _check(request: Request) -> CheckReport:
    told = request.out / "progress"
    return check_files(request, lambda fraction: _write(told, fraction))


def _write(path: Path, fraction: float) -> None:
    path.write_text(f"{fraction:.3f}", "ascii")


class Checker:
    """One process kept warm, made again when it dies."""

    def __init__(self) -> None:
        """Nothing runs before the first ``warm`` or ``check``."""
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()

    def warm(self) -> None:
        """Start the process ahead of the first file."""
        self._running().submit(_ready)

    def check(
        self, request: Request, progress: Callable[[float], None] | None = None
    ) -> CheckReport:
        """Check in the process; a death or a check without end is told as a problem of the file."""
        try:
            return self._awaited(self._running().submit(_check, request), request, progress)
        except (BrokenProcessPool, TookTooLong):
            self.close()
            return _died(request)

    def refused(self, request: Request, problems: Path, *, is_automatic: bool) -> Path | None:
        """The rows a check refused, for correction; None where reading them again fails."""
        try:
            future = self._running().submit(refused_rows, request, problems, is_automatic)
            return future.result(timeout=_LONGEST_S)
        except (BrokenProcessPool, TookTooLong):
            self.close()
            return None

    def _awaited(
        self,
        future: Future[CheckReport],
        request: Request,
        progress: Callable[[float], None] | None,
    ) -> CheckReport:
        waited = 0.0
        while waited < _LONGEST_S:
            try:
                return future.result(timeout=_LOOK_EVERY_S)
            except TookTooLong:
                waited += _LOOK_EVERY_S
            told = request.out / "progress"
            if progress and told.exists():
                progress(float(told.read_text("ascii") or 0))
        raise TookTooLong

    def _running(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    1, mp_context=multiprocessing.get_context("spawn"), initializer=_limited
                )
            return self._pool

    def close(self) -> None:
        """End the process."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=True, cancel_futures=True)


def _ready() -> None:
    return None


def _died(request: Request) -> CheckReport:
    """The report of a file that ended its checker: too large, or without end."""
    request.out.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute(PROBLEMS_SQL)
    tell(connection, Problem("table-dimensions", found=request.inputs[0].name))
    told = keep(connection, request.out / "problems.parquet")
    profile = request.profile.name if request.profile else None
    return CheckReport(
        request.inputs, profile, (), told.path, 1, 0, 0, told.first, codes=told.codes
    )
