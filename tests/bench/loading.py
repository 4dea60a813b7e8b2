"""Five million rows through the whole door, against a bare read and against pandas."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.figure import Figure, Section
from tests.bench.government import write_big_file, write_reference
from tests.server import HOUSE, environment

ORGANISATIONS, INDICATORS, DAYS = 200, 100, 250
ROUNDS = 3
_TYPED, _PANDAS, _MEMORY_BYTES = 0.25, 8.0, 2e9


def measure() -> Section:
    """Ours, DuckDB's typed read and pandas on one file, each in a process of its own, in turn."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        folder = Path(place)
        reference = write_reference(folder, ORGANISATIONS, INDICATORS, "quotidienne", "2024")
        big = folder / "mesures.csv"
        bad = write_big_file(big, ORGANISATIONS, INDICATORS, DAYS)
        (folder / "bad.json").write_text(json.dumps(bad), encoding="utf-8")
        ours, typed = [], []
        for turn in range(ROUNDS):
            typed.append(_run("typed", big))
            ours.append(_run("ours", folder / f"home-{turn}", *reference, big))
        pandas = _run("pandas", big)
        return _section(len(bad), ours, typed, pandas)


def _run(case: str, *arguments: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.bench.loading_case", case, *map(str, arguments)]
    done = subprocess.run(
        words,
        cwd=HOUSE,
        env=environment(Path("var"), {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(case, told, flush=True)
    return told


def _section(
    bad: int, ours: list[dict[str, Any]], typed: list[dict[str, Any]], pandas: dict[str, Any]
) -> Section:
    mine, bare = median(one["seconds"] for one in ours), median(one["seconds"] for one in typed)
    steps = ", ".join(f"{name} {took:.2f} s" for name, took in ours[-1]["steps"].items())
    peak = max(one["peak_bytes"] for one in ours)
    found, false = ours[-1]["bad_found"], ours[-1]["bad_wrong"]
    rows = ORGANISATIONS * INDICATORS * DAYS
    return Section(
        "loading",
        "Loading 5 million contract rows",
        (
            Figure(
                "speed against DuckDB's own typed `read_csv` into a table",
                f"{bare / mine:.2f} ×",
                f"≥ {_TYPED} × (aim 0.3)",
                bare / mine >= _TYPED,
                f"{bare:.2f} s / {mine:.2f} s, medians of {ROUNDS} in turn; last one: {steps}. "
                f"With `store_rejects`, the bare read takes {typed[-1]['with_rejects']:.2f} s",
            ),
            Figure(
                "speed against pandas `read_csv` + `to_sql`",
                f"{pandas['seconds'] / mine:.1f} ×",
                f"≥ {_PANDAS:.0f} ×",
                pandas["seconds"] / mine >= _PANDAS,
                f"{pandas['seconds']:.1f} s / {mine:.2f} s, into SQLite through SQLAlchemy, scaled "
                f"from {pandas['rows']:,} rows (in chunks "
                f"{pandas['chunks'] / mine:.1f} ×, through a bare `sqlite3` connection "
                f"{pandas['direct'] / mine:.1f} ×)",
            ),
            Figure(
                "bad cells reported with their physical line and column",
                f"{found} of {bad}, {false} wrong",
                "all, none wrong",
                found == bad and not false,
                f"{ours[-1]['rows_loaded']:,} of {rows:,} rows loaded",
            ),
            Figure(
                "memory, peak",
                f"{peak / 1e9:.2f} GB",
                "< 2 GB",
                peak < _MEMORY_BYTES,
                "largest resident set of the loading process and of its children",
            ),
        ),
        "Quarantine policy; receive (archive, SHA-256, fsync), check, load (both keys resolved, "
        "problems, facts, verdicts, version). `;`, decimal comma, dd/mm/yyyy, one row in "
        "a thousand bad.",
    )
