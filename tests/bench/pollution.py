"""How much of a polluted table comes back: ten numbers a file, simple and weighted means."""

import csv
import re
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pilotage.intake.reader.mending import mend
from tests.bench.figure import Figure, Section
from tests.bench.pollution_case import Cells, Polluted, files

_SIMPLE_BAR, _WEIGHTED_BAR = 9.98, 9.75
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")

Scores = tuple[float, ...]


def measure() -> Section:
    """Every file is given to ``pilotage read`` and what it gives back is scored."""
    scored = [(one, scores(one.expected, given_back(one))) for one in files()]
    simple = statistics.mean(sum(found) for _, found in scored)
    total = sum(one.weight for one, _ in scored)
    weighted = sum(one.weight * sum(found) for one, found in scored) / total
    return Section(
        "pollution",
        "Polluted files read back",
        (
            _figure("simple", simple, _SIMPLE_BAR, len(scored)),
            _figure(
                "weighted by how often each defect occurs", weighted, _WEIGHTED_BAR, len(scored)
            ),
        ),
        "Our own table of 83 rows and 9 columns, one defect a file, as the Pollock benchmark makes "
        "them: loaded or not; precision, recall and F1 of header cells, records and raw cells. "
        "Weakest kinds: " + "; ".join(_weakest(scored)) + ".",
    )


def _figure(what: str, score: float, bar: float, count: int) -> Figure:
    return Figure(
        f"polluted files, {what} score",
        f"{score:.4f}",
        f"≥ {bar} of 10",
        score >= bar,
        f"{count:,} files through `pilotage read`, nothing declared",
    )


def _weakest(scored: Sequence[tuple[Polluted, Scores]]) -> list[str]:
    kinds: dict[str, list[float]] = {}
    for one, found in scored:
        name = re.sub(r"(_row\d+_col\d+|_\d+_space)$", "", one.name)
        kinds.setdefault(name, []).append(sum(found))
    means = sorted((statistics.mean(found), name) for name, found in kinds.items())
    return [f"{name} {mean:.3f}" for mean, name in means[:8]]


def given_back(one: Polluted) -> list[Cells]:
    """The rows of the clean file the command writes."""
    with tempfile.TemporaryDirectory(prefix="pilotage-pollution-") as place:
        source, out = Path(place) / f"{one.name}.csv", Path(place) / "clean.csv"
        source.write_bytes(one.data)
        mend(source, out, None, "fr")
        with out.open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))


def scores(expected: list[Cells], given: list[Cells]) -> Scores:
    """Loaded; precision, recall, F1 of the header, of records, of raw cells; each in 0–1."""
    if not expected:
        return (1.0,) * 10
    header = [_plain(cell) for cell in expected[0]]
    found = [_plain(cell) for cell in given[0]] if given else []
    return (
        1.0,
        *_measures(header, found),
        *_measures(_joined(expected[1:]), _joined(given[1:])),
        *_measures(list(_cells(expected)), list(_cells(given))),
    )


def _joined(rows: list[Cells]) -> list[str]:
    return ["".join(_plain(cell) for cell in row) for row in rows]


def _cells(rows: list[Cells]) -> Iterator[str]:
    for row in rows:
        yield from row


def _measures(expected: list[str], given: list[str]) -> Scores:
    if not expected:
        return 1.0, 1.0, 1.0
    common = (Counter(expected) & Counter(given)).total()
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(given), common / len(expected)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _plain(cell: str) -> str:
    """A cell as compared: case, leading zeros of numbers and the order of a date do not count."""
    try:
        return str(float(cell)) if cell.strip() else ""
    except ValueError:
        day = _DAY.match(cell)
        return f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if day else cell.lower()
