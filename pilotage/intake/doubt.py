"""What only the facts already loaded can tell of a checked file: revised, far away, eased.

Read on a connection of the store after the checker has returned, over the staged rows joined with
what stands. A file whose series have no facts yet costs nothing here.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from pilotage.intake.closing_doubt import doubt_closed
from pilotage.intake.exclusion import REFUSED, flag_excluded, open_exclusions
from pilotage.intake.measurement_doubt import doubt_measurements
from pilotage.intake.problem_table import PROBLEMS_SQL, Told, keep
from pilotage.intake.report import CheckReport, Staged
from pilotage.intake.target_doubt import doubt_targets
from pilotage.store.engine import native
from pilotage.store.warehouse import Warehouse

_DOUBTS: dict[str, tuple[Callable[[duckdb.DuckDBPyConnection, Staged], None], ...]] = {
    "mesures": (doubt_measurements, doubt_closed),
    "cibles": (doubt_targets,),
}
_TABLE = (
    "create or replace temp table doubts (row_no bigint, load_file varchar, line integer,"
    " column_letter varchar, column_name varchar, code varchar, severity varchar, found varchar,"
    " detail varchar)"
)

_SETTLE = """
    delete from problems p using '{found}' f where f.severity = 'settled' and p.code = f.code
        and p.line = f.line and p.load_file is not distinct from f.load_file
"""


def doubted(warehouse: Warehouse, report: CheckReport) -> CheckReport:
    """The report with what the store makes of its rows; a target eased unsaid is refused."""
    for staged in report.staged:
        if staged.subject in _DOUBTS and staged.rows_sound:
            found = report.problems_path.with_name(f"doubts-{staged.subject}.parquet")
            if _asked(warehouse, staged, found):
                report = _joined(report, staged, found)
    return report


def _asked(warehouse: Warehouse, staged: Staged, found: Path) -> bool:
    """Ask the store, and write its answer to ``found``; False when it has nothing to say."""
    with warehouse.read() as connection:
        duck = native(connection)
        duck.execute(_TABLE)
        for doubt in _DOUBTS[staged.subject]:
            doubt(duck, staged)
        if duck.execute("select 1 from doubts limit 1").fetchone() is None:
            return False
        duck.execute(f"copy doubts to '{found}' (format parquet)")
    return True


def _joined(report: CheckReport, staged: Staged, found: Path) -> CheckReport:
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(PROBLEMS_SQL)
    connection.execute(f"insert into problems from read_parquet('{report.problems_path}')")
    connection.execute(_SETTLE.format(found=found))
    connection.execute(
        f"insert into problems select * exclude (row_no) from '{found}' where severity <> 'settled'"
    )
    told = keep(connection, report.problems_path)
    fresh = _refused(connection, staged, found)
    connection.close()
    rows = tuple(fresh if s is staged else s for s in report.staged)
    return replace(_recounted(report, told), staged=rows)


def _refused(connection: duckdb.DuckDBPyConnection, staged: Staged, found: Path) -> Staged:
    """The staged rows once those with an error here are flagged."""
    open_exclusions(connection)
    connection.execute(
        f"insert into excluded select row_no, {REFUSED} from '{found}' where severity = 'error'"
    )
    count = flag_excluded(connection, staged.path)
    return replace(
        staged, rows_sound=staged.rows_sound - count, rows_refused=staged.rows_refused + count
    )


def _recounted(report: CheckReport, told: Told) -> CheckReport:
    return replace(
        report,
        errors=told.errors,
        warnings=told.warnings,
        notices=told.notices,
        problems=told.first,
        codes=told.codes,
    )
