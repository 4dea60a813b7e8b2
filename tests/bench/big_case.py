"""One big file through the whole door, alone in its process; prints one line of JSON."""

import json
import sys
import tempfile
from pathlib import Path

import duckdb

from pilotage.access.operator import OPERATOR
from pilotage.intake import loading
from pilotage.store.warehouse import open_warehouse
from tests.bench.figure import seconds
from tests.bench.government import write_reference
from tests.bench.loading_case import _peak_bytes

ORGANISATIONS, INDICATORS = 200, 100
_ROW_BYTES = 41
_WRITE = """
    copy (
        select 'IND-' || lpad((k % {indicators})::varchar, 4, '0') as indicateur_id,
            'ORG-' || lpad((k // {indicators})::varchar, 4, '0') as organisation_id,
            strftime(date '2026-03-31' - d::integer, '%Y-%m-%d') as periode,
            round(1000 + 1000 * random(), 6) as valeur
        from range({days}) a(d), range({pairs}) b(k)
    ) to '{path}' (delimiter ';', header true)
"""


def big(gigabytes: float) -> dict[str, float]:
    """Write a file of about that size, receive, check and load it; sizes in bytes."""
    with tempfile.TemporaryDirectory(prefix="pilotage-big-") as place:
        folder = Path(place)
        pairs = ORGANISATIONS * INDICATORS
        days = max(1, round(gigabytes * 1e9 / _ROW_BYTES / pairs))
        path = folder / "mesures.csv"
        words = {"indicators": INDICATORS, "days": days, "pairs": pairs, "path": path}
        duckdb.sql(_WRITE.format(**words))
        reference = write_reference(folder, ORGANISATIONS, INDICATORS, "quotidienne", "2026")
        warehouse = open_warehouse(folder / "home")
        for one in reference:
            report = loading.check(warehouse, OPERATOR, loading.receive(warehouse, one, one.name))
            loading.load(warehouse, OPERATOR, report)

        def load() -> None:
            received = loading.receive(warehouse, path, path.name)
            report = loading.check(warehouse, OPERATOR, received)
            outcome = loading.load(warehouse, OPERATOR, report)
            assert outcome.state == "loaded", report.codes
            told["rows"] = outcome.new

        told: dict[str, float] = {"bytes": path.stat().st_size}
        told["seconds"] = seconds(load)
        loading.stop_checking(warehouse)
        warehouse.close()
        return told | {"peak_bytes": _peak_bytes()}


if __name__ == "__main__":
    print(json.dumps(big(float(sys.argv[1]))))
