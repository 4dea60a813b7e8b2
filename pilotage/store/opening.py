"""The engine of a projection that can be believed: readable, of this schema, not ahead."""

from pathlib import Path

import sqlalchemy as sa

from pilotage.store.damage import BESIDE, Damaged, cause_of, read_whole, set_aside
from pilotage.store.engine import native, open_engine
from pilotage.store.journal import Journal
from pilotage.store.projection import open_projection
from pilotage.store.tables import projection_state


def sound_engine(path: Path, journal: Journal, *, is_suspect: bool = False) -> sa.Engine:
    """Open the projection; a new empty one where it is of another schema or says too much.

    ``is_suspect``: read every cell of it first. Raises Damaged for a file that cannot be read,
    StillHeld where this process still holds a failed one.
    """
    engine = open_engine(path)
    try:
        if is_suspect:
            with engine.connect() as connection:
                read_whole(native(connection))
        is_other = open_projection(engine) or _is_ahead(engine, journal)
    except BaseException as fault:
        engine.dispose()
        raise cause_of(fault) from fault
    if is_other:
        engine.dispose()
        forget(path)
        engine = open_engine(path)
        open_projection(engine)
    return engine


def engine_again(path: Path, journal: Journal) -> sa.Engine:
    """The projection opened again after a fault; made anew where the fault damaged it."""
    try:
        return sound_engine(path, journal, is_suspect=True)
    except Damaged:
        set_aside(path)
        return sound_engine(path, journal)


def forget(projection: Path) -> None:
    """Remove a projection and what stands beside it."""
    for end in BESIDE:
        Path(f"{projection}{end}").unlink(missing_ok=True)


def _is_ahead(engine: sa.Engine, journal: Journal) -> bool:
    """True when the projection shows what the journal does not say: an older copy was put back."""
    with engine.connect() as connection:
        last = connection.execute(sa.select(projection_state.c.last_seq)).scalar() or 0
    return last > journal.last_seq


__all__ = ["engine_again", "forget", "sound_engine"]
