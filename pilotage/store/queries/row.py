"""Rows as plain mappings by column name, which rooms read without knowing SQLAlchemy."""

from collections.abc import Mapping
from typing import Any, cast

import sqlalchemy as sa

from pilotage.store.warehouse import Warehouse

Row = Mapping[str, Any]


def rows(warehouse: Warehouse, statement: sa.Select[Any]) -> list[Row]:
    """Every row of the answer, in its order."""
    with warehouse.read() as connection:
        return cast("list[Row]", list(connection.execute(statement).mappings()))


def first_row(warehouse: Warehouse, statement: sa.Select[Any]) -> Row | None:
    """The first row of the answer; None for an empty one."""
    with warehouse.read() as connection:
        return cast("Row | None", connection.execute(statement).mappings().first())
