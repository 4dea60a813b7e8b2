"""How long a home of millions of values takes to mend itself after a torn cut."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.store.warehouse import PROJECTION, open_warehouse
from tests.bench.government import write_big_file, write_reference

ORGANISATIONS, INDICATORS = 200, 100
_BLOCK = 4096


@dataclass(frozen=True)
class Recovery:
    """Values held, and seconds to open: whole after an unclean end, and torn (made again)."""

    values: int
    unclean_s: float
    torn_s: float


def recovered(values: int) -> Recovery:
    """Load that many values, end without closing, open; then tear the projection, and open."""
    with tempfile.TemporaryDirectory(prefix="pilotage-recovery-") as place:
        home, held = Path(place) / "home", _loaded(Path(place), values)
        unclean, _ = _opened(home, is_closed=False)
        _tear(home / PROJECTION)
        torn, kept = _opened(home, is_closed=True)
        assert kept == held, (kept, held)
        return Recovery(held, unclean, torn)


def _loaded(folder: Path, values: int) -> int:
    days = -(-values // (ORGANISATIONS * INDICATORS))
    reference = write_reference(folder, ORGANISATIONS, INDICATORS, "quotidienne", "2024")
    big = folder / "mesures.csv"
    write_big_file(big, ORGANISATIONS, INDICATORS, days)
    warehouse = open_warehouse(folder / "home")
    for path in (*reference, big):
        received = loading.receive(warehouse, path, path.name)
        report = loading.check(warehouse, OPERATOR, received)
        assert loading.load(warehouse, OPERATOR, report, "quarantine").state == "loaded"
    loading.stop_checking(warehouse)
    with warehouse.read() as connection:
        (count,) = connection.exec_driver_sql("select count(*) from measurements").one()
    warehouse.release()
    return int(count)


def _opened(home: Path, *, is_closed: bool) -> tuple[float, int]:
    begun = time.perf_counter()
    warehouse = open_warehouse(home)
    took = time.perf_counter() - begun
    with warehouse.read() as connection:
        (count,) = connection.exec_driver_sql("select count(*) from measurements").one()
    warehouse.close() if is_closed else warehouse.release()
    return took, int(count)


def _tear(projection: Path) -> None:
    """Every tenth block is what it was before the cut: nothing."""
    size = projection.stat().st_size
    with projection.open("r+b") as file:
        for offset in range(10 * _BLOCK, size, 10 * _BLOCK):
            file.seek(offset)
            file.write(bytes(_BLOCK))


__all__ = ["Recovery", "recovered"]
