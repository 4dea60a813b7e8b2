"""What is particular to DuckDB: how its file is opened and locked down."""

from pathlib import Path
from typing import Any, cast

import duckdb
import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from pilotage.errors import AlreadyOpen
from pilotage.store.damage import Damaged, StillHeld

READERS = 8


def open_engine(path: Path, memory_limit: str = "1300MB") -> sa.Engine:
    """An engine on the projection's file, opened read-write by this process alone.

    Raises AlreadyOpen when another process holds the file, Damaged when it does not open,
    StillHeld when this process still holds it after a fault.
    """
    engine = sa.create_engine(
        f"duckdb:///{path}",
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=READERS,
        connect_args={"config": _configuration(path, memory_limit)},
    )
    sa.event.listen(engine, "connect", _quiet)
    try:
        engine.connect().close()
    except sa.exc.DBAPIError as error:
        if "could not set lock" in str(error).lower():  # not « lock »: a torn block says it too
            raise AlreadyOpen(path.parent.name) from error
        engine.dispose()
        raise (StillHeld if "invalidated" in str(error) else Damaged)(str(error)) from error
    return engine


def _configuration(path: Path, memory_limit: str) -> dict[str, Any]:
    return {
        "memory_limit": memory_limit,
        "temp_directory": str(path.parent / "spill"),
        "threads": 2,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "checkpoint_threshold": "256MB",
    }


def _quiet(connection: Any, _record: Any) -> None:
    """No progress bar of the engine's own on a person's terminal."""
    connection.execute("set enable_progress_bar = false")


def native(connection: sa.Connection) -> duckdb.DuckDBPyConnection:
    """The engine's own connection under a SQLAlchemy one, in the same transaction.

    For what SQLAlchemy cannot say: Parquet scans, Arrow tables in and out.
    """
    connection.execute(sa.select(1)).scalar()  # opens the transaction before going under it
    return cast("duckdb.DuckDBPyConnection", connection.connection.driver_connection)
