"""The table given back: UTF-8, commas, quotes where needed, CRLF (RFC 4180), header row first."""

import csv
from pathlib import Path

from pilotage.intake.reader.read import ReadTable


def write_clean(table: ReadTable, path: Path) -> None:
    """Write the table as text; cells as they were read, none neutralised or converted."""
    with path.open("w", encoding="utf-8", newline="", errors="replace") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        if table.header:
            writer.writerow(table.header)
        writer.writerows(row.cells for row in table.rows)
