"""The publishers' own verdicts, reproduced from their own files through the shipped profiles."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figure import Figure, Section
from tests.server import HOUSE, pilotage

SOURCES = HOUSE.parent / "shared" / "data"
INFOBASE, PILOTE = SOURCES / "ca-infobase" / "2018-03", SOURCES / "fr-pilote-2024"
_INFOBASE_BAR, _POINT_BAR, _CLOSE_BAR = 1715, 6973, 6920
_POINT, _CLOSE = 1.0, 0.05
_OURS = {"met": "success", "not_met": "failure"}

Key = tuple[str, str]


def measure() -> Section:
    """InfoBase's results judged at the fiscal year's end, PILOTE's progress rates."""
    return Section(
        "publishers",
        "What the publishers themselves say",
        (*_infobase(), *_pilote()),
        "Real files of `../shared/data`, loaded through `data/profiles/`, verdicts taken from "
        "`pilotage export verdicts` and compared with the publisher's own column.",
    )


def _infobase() -> Iterator[Figure]:
    ours = _verdicts("infobase", sorted(INFOBASE.iterdir()), "2017-03-31")
    theirs = {
        f"infobase:{row['id']}": row["status_color"]
        for row in _rows(INFOBASE / "Indicators.csv")
        if row["doc"] == "drr16" and row["status_period"] == "past"
    }
    pairs = [
        (_OURS[row["result"]], theirs[indicator])
        for (indicator, _), row in ours.items()
        if row["result"] in _OURS and theirs.get(indicator) in _OURS.values()
    ]
    agreed = sum(mine == published for mine, published in pairs)
    yield Figure(
        "InfoBase 2016-17, past results judged at 2017-03-31",
        f"{agreed:,} of {len(pairs):,}",
        "≥ 1,715 of 1,736",
        agreed >= _INFOBASE_BAR and len(pairs) - agreed <= 1736 - _INFOBASE_BAR,
        "met or not met by us, success or failure by the publisher",
    )


def _pilote() -> Iterator[Figure]:
    ours = _verdicts("pilote", [*sorted(PILOTE.glob("data/*.csv")), *_metadata()], "2024-12-31")
    theirs = {
        (f"pilote:{row['indic_id']}", f"pilote:{row['enforce_zone_id']}"): float(row["indic_ta"])
        for path in sorted(PILOTE.glob("data/*.csv"))
        for row in _rows(path)
        if row["indic_ta"]
    }
    gaps = [
        abs(_number(ours[key]["progress_rate_clipped"]) - rate)
        for key, rate in theirs.items()
        if key in ours and ours[key]["progress_rate_clipped"]
    ]
    for within, bar in ((_POINT, _POINT_BAR), (_CLOSE, _CLOSE_BAR)):
        agreed = sum(gap <= within for gap in gaps)
        yield Figure(
            f"PILOTE progress rates within {within:g} point",
            f"{agreed:,} of {len(theirs):,}",
            f"≥ {bar:,} of 6,980",
            agreed >= bar,
            f"{len(gaps):,} rates computed by us",
        )


def _metadata() -> list[Path]:
    return sorted(PILOTE.glob("metadata/*.csv"))


def _verdicts(profile: str, files: list[Path], as_of: str) -> dict[Key, dict[str, str]]:
    """The exported verdicts of one source, by indicator and organisation."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        home, out = Path(place) / "home", Path(place) / "verdicts.csv"
        given = [str(path) for path in files if path.suffix in {".csv", ".gz"}]
        words = ["load", *given, "--profile", profile, "--policy", "quarantine"]
        loaded = pilotage(home, *words, PILOTAGE_AS_OF=as_of)
        if loaded.returncode not in {0, 1}:
            raise RuntimeError(loaded.stdout[-2000:] + loaded.stderr[-2000:])
        exported = pilotage(home, "export", "verdicts", "--out", str(out), PILOTAGE_AS_OF=as_of)
        if exported.returncode:
            raise RuntimeError(exported.stdout[-2000:] + exported.stderr[-2000:])
        return {(row["indicator_id"], row["organisation_id"]): row for row in _rows(out)}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        delimiter = ";" if head.count(";") > head.count(",") else ","
        yield from csv.DictReader(file, delimiter=delimiter)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
