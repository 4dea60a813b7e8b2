"""What of a checked file stays: its rows and problems in the archive, and its event's payload."""

from typing import Any

from pilotage.intake.payload import Circumstance, in_utc, load_payload
from pilotage.intake.report import CheckReport
from pilotage.store.restatement import said_since
from pilotage.store.version import StagedRows
from pilotage.store.warehouse import Warehouse


def kept(warehouse: Warehouse, report: CheckReport, came: Circumstance) -> dict[str, Any]:
    """The event's payload, once the problems and the accepted rows are archived."""
    problems = warehouse.archive.adopt(report.problems_path).sha256
    rows = {s.subject: warehouse.archive.adopt(s.path).sha256 for s in report.staged}
    return load_payload(report, came, rows, problems)


def said_since_then(
    warehouse: Warehouse, report: CheckReport, came: Circumstance
) -> dict[str, list[dict[str, Any]]]:
    """What later publications said already of values that come late: it stands after them."""
    rows = [(s.subject, StagedRows(s.path, s.mask, s.first_line)) for s in report.staged]
    again = said_since(warehouse, rows, in_utc(came.published_at).replace(tzinfo=None))
    return {"again": again} if again else {}
