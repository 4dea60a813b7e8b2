"""What the journal keeps of a load: enough to make its rows again, and to say their origin."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

from pilotage.intake.correction import Corrects
from pilotage.intake.report import CheckReport, Input, Staged

Policy = Literal["strict", "quarantine"]
READER_VERSION = "1"


@dataclass(frozen=True)
class Circumstance:
    """Under which policy a file came, by which door, when it was published and for whom.

    ``is_dated``: the sender or the source says when it was published. ``corrects``: the refused
    rows of an earlier load that the file corrects.
    """

    policy: Policy
    way_in: str
    published_at: datetime
    organisation_id: str | None = None
    is_dated: bool = True
    corrects: Corrects | None = None


def is_refused(report: CheckReport, policy: Policy) -> bool:
    """True where nothing of the file loads: an error under the strict policy, or no sound row."""
    return bool(report.errors and policy == "strict") or report.loads_nothing


def combined_hash(inputs: Sequence[Input]) -> str:
    """The hash that names a load: the file's own, or that of the list of several."""
    if len(inputs) == 1:
        return inputs[0].sha256
    return hashlib.sha256("\n".join(sorted(i.sha256 for i in inputs)).encode()).hexdigest()


def load_payload(
    report: CheckReport, came: Circumstance, kept: dict[str, str], problems_sha256: str = ""
) -> dict[str, Any]:
    """The payload of a load's event; ``kept`` says where each subject's accepted rows lie."""
    return {
        **_files(report.inputs),
        "load_id": uuid4().hex,
        "subjects": [_subject(s, kept) for s in report.staged],
        "problems_sha256": problems_sha256,
        "profile": report.profile,
        "policy": came.policy,
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "organisation_id": came.organisation_id,
        "way_in": came.way_in,
        "reader_version": READER_VERSION,
        "received_at": datetime.now(UTC).isoformat(),
        "published_at": in_utc(came.published_at).isoformat(),
        "rows_read": report.rows_read,
        "rows_refused": report.rows_refused,
    }


def _files(inputs: Sequence[Input]) -> dict[str, Any]:
    names = [i.name for i in inputs]
    return {
        "file_name": names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})",
        "sha256": combined_hash(inputs),
        "inputs": [
            {"name": i.name, "sha256": i.sha256, "size_bytes": i.size_bytes} for i in inputs
        ],
        "size_bytes": sum(i.size_bytes for i in inputs),
    }


def _subject(staged: Staged, kept: dict[str, str]) -> dict[str, Any]:
    return {
        "subject": staged.subject,
        "rows_sha256": kept.get(staged.subject, ""),
        "mask": staged.mask,
        "first_line": staged.first_line,
        "rows": staged.rows_sound,
    }


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; one without a zone is in UTC already."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC)
