"""Real files read with nothing declared, against the same read with everything declared."""

import csv
import io
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pilotage.intake.reader.mending import mend
from tests.bench.figure import Figure, Section
from tests.bench.pollution import scores
from tests.server import HOUSE

_DATA = HOUSE.parent / "shared" / "data"
_BAR = 9.0
_MOST_OF_A_FAMILY = 30
_SHORTEST, _LONGEST = 1_000, 3_500_000
FAMILIES = {
    "GC InfoBase": ("ca-infobase/2018-03/*.csv", "utf-8-sig"),
    "PILOTE": ("fr-pilote-2024/data/ind-*.csv", "utf-8-sig"),
    "PILOTE, metadata": ("fr-pilote-2024/metadata/*.csv", "utf-8-sig"),
    "Montréal": ("qc-urgences/montreal-horaire/*.csv", "utf-8-sig"),
    "health ministry": ("qc-urgences/msss*.csv", "cp1252"),
    "its snapshots": ("qc-urgences/instantanes-*/*.csv", "utf-8-sig"),
}
"""Where each family stands and how it is written; all of them with commas, header first."""


def measure() -> Section:
    """Ten numbers a file, as for the polluted ones; their mean."""
    found = {name: [*_scores(*how)] for name, how in FAMILIES.items()}
    every = [score for scored in found.values() for score in scored]
    mean = statistics.mean(every)
    note = "; ".join(f"{name} {statistics.mean(s):.3f} ({len(s)})" for name, s in found.items())
    return Section(
        "real_files",
        "Real files read back",
        (
            Figure(
                "real files, simple score",
                f"{mean:.3f}",
                f"≥ {_BAR} of 10",
                mean >= _BAR,
                f"{len(every)} files of three governments through `pilotage read`",
            ),
        ),
        f"The truth is the same file read by Python's `csv` with everything declared. {note}. Tabs "
        "at the end of a label, which we trim, cost the ministry's own files their tenths. These "
        "families hold few preambles: the polluted files above are what measures those.",
    )


def _scores(pattern: str, encoding: str) -> Iterator[float]:
    known = sorted(_DATA.glob(pattern))
    files = [one for one in known if _SHORTEST < one.stat().st_size < _LONGEST]
    for file in files[:: max(1, -(-len(files) // _MOST_OF_A_FAMILY))]:
        text = io.StringIO(file.read_text(encoding), newline="")
        expected = [cells for cells in csv.reader(text) if any(cells)]
        yield sum(scores(expected, _given_back(file)))


def _given_back(file: Path) -> list[list[str]]:
    with tempfile.TemporaryDirectory(prefix="pilotage-real-") as place:
        out = Path(place) / "clean.csv"
        mend(file, out, None, "fr")
        with out.open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))
