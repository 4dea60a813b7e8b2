"""Periods: each text is read once; of a file read in one pass, the days around the sample too."""

from dataclasses import replace
from datetime import datetime, timedelta

import pyarrow as pa

from pilotage.domain.period import Period, PeriodKind, following, period_containing
from pilotage.intake.cell import Cell, puts_month_first
from pilotage.intake.column import Column, Lists, Reading, distinct_texts, read_of, register

_MOST_PERIODS = 20_000
_WRITINGS = {"-": "%Y-%m-%d", "/": "%d/%m/%Y"}


def period_column(reading: Reading, blank: Column) -> Column:
    """A period's kind, start and end, and its number in the file."""
    texts = distinct_texts(reading, blank.raw)
    blank = replace(blank, months_first=any(map(puts_month_first, texts)))
    cells = dict(zip(texts, map(read_of(reading, blank), texts), strict=True))
    if not reading.source.is_whole:
        cells |= _neighbours(reading, blank, cells)
        # Only sound and past periods: the others are flagged, and said one by one.
        cells = {text: cell for text, cell in cells.items() if _is_plain(cell, reading.now)}
    register(reading.connection, "m_periode", _spans(reading, cells))
    return replace(
        blank,
        select={
            "period_kind": "m_periode.kind",
            "period_start": "m_periode.start",
            "period_end": "m_periode.stop",
            "period_no": "m_periode.no",
        },
        extra=("coalesce(m_periode.ok, false) as known_periode", "m_periode.future as ref_future"),
        join=f"left join m_periode on r.{blank.raw} = m_periode.text",
        bad="not known_periode",
    )


def _is_plain(cell: Cell, now: datetime) -> bool:
    return cell.code is None and cell.value[1] is not None and cell.value[1] <= now


def _spans(reading: Reading, cells: dict[str, Cell]) -> Lists:
    spans = [cell.value or (None, None, None) for cell in cells.values()]
    future = [span[1] is not None and span[1] > reading.now for span in spans]
    # One number a period, however it is written: two writings of a day are the same key.
    numbers: dict[tuple[datetime | None, datetime | None], int] = {}
    no = [numbers.setdefault(span[1:], len(numbers)) for span in spans]
    return {
        "text": (list(cells), pa.string()),
        "ok": ([cell.code is None for cell in cells.values()], pa.bool_()),
        "kind": ([span[0] for span in spans], pa.int16()),
        "start": ([span[1] for span in spans], pa.timestamp("us")),
        "stop": ([span[2] for span in spans], pa.timestamp("us")),
        "no": (no, pa.int32()),
        "future": (future, pa.bool_()),
    }


def _neighbours(reading: Reading, blank: Column, cells: dict[str, Cell]) -> dict[str, Cell]:
    """The days between the first and the last one sampled, in the writing of the sample."""
    days = [c.value for c in cells.values() if c.value and c.value[0] == PeriodKind.DAY]
    if not days:
        return {}
    text = next(t for t, c in cells.items() if c.value and c.value[0] == PeriodKind.DAY)
    writing = "%d-%m-%Y" if text[2:3] == "-" else _WRITINGS["/" if "/" in text else "-"]
    first, last = min(d[1] for d in days), max(d[1] for d in days)
    margin = (last - first) / 8 + timedelta(days=31)  # a sample may miss both ends
    day, last = period_containing(PeriodKind.DAY, first - margin), last + margin
    found: dict[str, Cell] = {}
    read = read_of(reading, blank)
    while day.start <= last and len(found) < _MOST_PERIODS:
        written = _written_day(day, writing)
        if written not in cells:
            found[written] = read(written)
        day = following(day)
    return found


def _written_day(day: Period, writing: str) -> str:
    return day.start.strftime(writing)
