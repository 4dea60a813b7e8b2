"""A projection that cannot be read: how it shows, and where it is kept once made again."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb

_KEPT = 3
BESIDE = ("", ".wal", ".wal.checkpoint", ".wal.recovery")
"""The engine's file, and what it may leave beside it."""


class Damaged(Exception):  # noqa: N818 -- the state of a file, mended by making it again
    """The projection's file does not open, or cannot be read whole: it must be made again."""


class StillHeld(Exception):  # noqa: N818 -- a state that ends by itself
    """This process still holds a projection that failed: it opens once the last reader leaves."""


FAULTS = (Damaged, duckdb.IOException, duckdb.FatalException, duckdb.InternalException)
"""What a damaged file makes the engine say."""


def cause_of(fault: BaseException) -> BaseException:
    """The damage under the fault SQLAlchemy made of it; the fault itself where it is no damage.

    A full disk is no damage: making the file again would only fill it more.
    """
    under = getattr(fault, "orig", fault)
    is_damage = isinstance(under, FAULTS) and "No space left" not in str(under)
    return Damaged(str(under)) if is_damage else fault


def read_whole(duck: duckdb.DuckDBPyConnection) -> None:
    """Read every cell of the file. Raises Damaged at the first block that is not what was written.

    The engine checks a block when it is read and not before: a torn write shows here, not later.
    """
    try:
        names = duck.execute("select table_name from duckdb_tables() where not internal")
        for (name,) in names.fetchall():
            duck.execute(f'select bit_xor(hash(t)) from "{name}" t').fetchall()
    except duckdb.Error as error:
        raise Damaged(str(error)) from error


def set_aside(projection: Path) -> None:
    """Keep what cannot be read, for whoever asks why; the oldest of several goes."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    for end in BESIDE:
        old = Path(f"{projection}{end}")
        if old.exists():
            old.rename(old.with_name(f"{old.name}.damaged-{moment}"))
        for older in sorted(projection.parent.glob(f"{old.name}.damaged-*"))[:-_KEPT]:
            older.unlink()
