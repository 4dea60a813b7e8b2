"""Every table of a home as plain rows, to compare two of them."""

from typing import Any

from pilotage.store import tables
from pilotage.store.engine import native
from pilotage.store.warehouse import Warehouse

Image = dict[str, list[str]]


def image(warehouse: Warehouse) -> Image:
    """Table → its rows in a fixed order; the row of the projection's own state too."""
    with warehouse.read() as connection:
        duck = native(connection)
        return {
            table.name: sorted(repr(row) for row in _rows(duck, table.name))
            for table in tables.metadata.sorted_tables
        }


def _rows(duck: Any, name: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = duck.execute(f"select * from {name}").fetchall()
    return found
