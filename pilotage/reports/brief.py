"""A room on one sheet of paper: what it says, and how that is written as a page."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

MOST = 5
"""Entries of each part of a brief, before « et n autres »."""
_TEMPLATE = "brief.html"
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(frozen=True)
class Curve:
    """A small curve ready to draw: SVG paths in a box of 100 × 24, heights of the targets."""

    values: str
    path: str
    aims: tuple[float, ...]
    last: tuple[float, float] | None
    said: str


@dataclass(frozen=True)
class Row:
    """A card or an organisation on one line. ``standing`` is the class of its shape.

    ``account``: what explains the gap, or that nothing does; empty where nothing is to explain.
    """

    standing: str
    word: str
    title: str
    under: str
    value: str
    target: str
    chance: str
    curve: Curve | None = None
    account: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a list: a title, a quiet line, and whether it is past its allowance or date."""

    title: str
    under: str
    is_over: bool = False
    standing: str = ""


@dataclass(frozen=True)
class Part:
    """A list with its title, every entry of it; the sheet shows as many as it can hold.

    ``others`` says how many it leaves off (``{n}``), empty once there are none; ``nothing`` why the
    list is empty.
    """

    title: str
    entries: tuple[Entry, ...]
    others: str
    nothing: str


@dataclass(frozen=True)
class Brief:
    """Everything on the sheet, in words already chosen.

    ``lede`` is (words, stands out). ``heads`` are the headings of ``rows``, six of them: state,
    name, value, target, curve, chance. ``about`` are lines of the foot.
    """

    lang: str
    kind: str
    title: str
    day: str
    lede: tuple[tuple[str, bool], ...]
    rows_title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    nothing: str
    parts: tuple[Part, ...]
    about: tuple[str, ...]
    print_words: str

    @property
    def mark(self) -> str:
        """The SHA-256 of all that is said, shortened: two sheets that bear it say the same."""
        said = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Fit:
    """How tightly a sheet is set: size of its type in points, letters of a title, entries a list.

    ``lines``: letters of a quiet line.
    """

    points: float
    title: int
    lines: int
    entries: int


FITS: Sequence[Fit] = (
    Fit(9.2, 140, 220, 7),
    Fit(8.8, 140, 200, 5),
    Fit(8.4, 120, 180, 5),
    Fit(8.2, 110, 150, 4),
    Fit(8.0, 100, 120, 4),
    Fit(7.8, 80, 90, 3),
    Fit(7.6, 60, 60, 2),
)
"""From the airiest to the tightest; the last holds whatever the room says."""


def pages(brief: Brief) -> Iterator[str]:
    """The sheet as HTML, each time set tighter: the first that fits on one page is the right one.

    Every text is escaped; the mark is the one of the whole brief, whatever was cut to fit.
    """
    for fit in FITS:
        yield _template().render(brief=_cut(brief, fit), mark=brief.mark, points=fit.points)


def _cut(brief: Brief, fit: Fit) -> Brief:
    return replace(
        brief,
        title=shortened(brief.title, fit.title),
        lede=_cut_lede(brief.lede, 2 * fit.lines + 120),
        rows=tuple(
            replace(
                row,
                title=shortened(row.title, fit.title),
                under=shortened(row.under, fit.lines),
                account=shortened(row.account, fit.lines),
                value=shortened(row.value, 40),
                target=shortened(row.target, 60),
            )
            for row in brief.rows
        ),
        # The first list has a column to itself; the others share the second one.
        parts=tuple(
            _cut_part(part, fit, fit.entries if at else 2 * fit.entries)
            for at, part in enumerate(brief.parts)
        ),
        about=tuple(shortened(line, 260) for line in brief.about),
    )


def _cut_lede(lede: Sequence[tuple[str, bool]], most: int) -> tuple[tuple[str, bool], ...]:
    kept: list[tuple[str, bool]] = []
    for words, is_strong in lede:
        if most <= 0:
            break
        kept.append((shortened(words, most), is_strong))
        most -= len(words)
    return tuple(kept)


def _cut_part(part: Part, fit: Fit, most: int) -> Part:
    entries = tuple(
        replace(
            one,
            title=shortened(one.title, fit.title),
            under=shortened(one.under, fit.lines),
        )
        for one in part.entries[:most]
    )
    left = len(part.entries) - len(entries)
    return replace(part, entries=entries, others=part.others.format(n=left) if left else "")


def shortened(text: str, most: int) -> str:
    """At most that many letters, cut between two words, with the sign that says so."""
    clean = _BLANKS.sub(" ", text)
    if len(clean) <= most:
        return clean
    cut = clean[: most - 1]
    whole, _, rest = cut.rpartition(" ")
    return f"{whole if len(rest) < 20 and whole else cut}…"


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    house = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return house.get_template(_TEMPLATE)
