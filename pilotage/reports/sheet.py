"""A table to take away: figures kept as figures, states as words, a hole left as a hole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Amount:
    """A figure, its unit in the reader's words (empty without one), its published decimals.

    ``decimals`` is none where none are published.
    """

    value: float
    unit: str = ""
    decimals: int | None = None


Cell = Amount | date | str | None
"""None is a cell with nothing in it: never a zero, and a zero is never None."""


@dataclass(frozen=True)
class Grid:
    """One table: its caption, its headings, its rows, all of the same length."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """What one link gives: the tables, what was asked and by whom (``about``, name and value).

    ``lang`` decides of the signs a CSV is written with; ``name`` is a file's name without its end.
    """

    title: str
    name: str
    lang: str
    about: tuple[tuple[str, str], ...]
    grids: tuple[Grid, ...]


def with_units(grid: Grid, heading: str) -> Grid:
    """The same table with a column of units after each column whose figures have one.

    ``heading`` holds ``{column}``: « unité (Valeur) ».
    """
    heads: list[str] = []
    columns: list[Sequence[Cell]] = []
    for index, name in enumerate(grid.heads):
        cells = [row[index] for row in grid.rows]
        heads.append(name)
        columns.append(cells)
        if any(isinstance(one, Amount) and one.unit for one in cells):
            heads.append(heading.format(column=name))
            columns.append([_unit(one) for one in cells])
    return Grid(grid.caption, tuple(heads), tuple(zip(*columns, strict=True)))


def _unit(cell: Cell) -> Cell:
    return (cell.unit or None) if isinstance(cell, Amount) else None
