"""All indicators judged at once, against the same rules written as one DuckDB statement."""

import statistics

import duckdb
import numpy as np
import pyarrow as pa

from pilotage.assessment.code import Floats
from pilotage.assessment.variation import Process, Variation, vary
from tests.bench.figure import Figure, Section, median_seconds, seconds
from tests.bench.xmr_statement import STATEMENT

SERIES, DATES = 20_000, 60
_ROUNDS = 5
_ALONE = 200


def measure() -> Section:
    """Both in one process, in turn; every label compared."""
    values = np.random.default_rng(2026).normal(50, 5, (SERIES, DATES))
    process = Process(np.ones(SERIES), np.full(SERIES, 55.0))
    connection = duckdb.connect()
    _fill(connection, values)
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        theirs.append(seconds(lambda: connection.execute(STATEMENT)))
        ours.append(seconds(lambda: vary(values, process)))
    arrays_s, statement_s = statistics.median(ours), statistics.median(theirs)
    judged = vary(values, process)
    differences = _differences(connection, judged)
    one = Process(process.sign[:1], process.target[:1])
    alone_s = median_seconds(lambda: vary(values[:1], one), _ALONE)
    return Section("variation", "Variation of every indicator", (
        Figure(
            f"{SERIES * DATES / 1e6:.1f} M points: XmR, assurance and run chart",
            f"{arrays_s / statement_s:.3f} ×",
            "≤ 0.3 × the XmR rules as one DuckDB statement",
            arrays_s <= 0.3 * statement_s and not differences,
            f"{arrays_s:.3f} s against {statement_s:.2f} s; {differences} labels differ",
        ),
        Figure(
            "one changed series",
            f"{alone_s / statement_s:.1e} ×",
            "≤ 10⁻³ × the statement over all of them",
            alone_s <= 1e-3 * statement_s,
            f"{alone_s * 1e3:.2f} ms; {alone_s / arrays_s:.1e} × our own whole",
        ),
    ), "Normal noise, 60 values a series; one process, in turn, medians of five.")  # fmt: skip


def _fill(connection: duckdb.DuckDBPyConnection, values: Floats) -> None:
    series = np.repeat(np.arange(values.shape[0]), values.shape[1])
    dates = np.tile(np.arange(values.shape[1]), values.shape[0])
    table = pa.table({"series": series, "date": dates, "value": values.ravel()})
    connection.register("given", table)
    connection.execute("create table points as select * from given")


def _differences(connection: duckdb.DuckDBPyConnection, judged: Variation) -> int:
    rows = connection.execute("select cause from labelled order by series, date").fetchnumpy()
    return int(np.count_nonzero(rows["cause"] != judged.points.ravel()))
