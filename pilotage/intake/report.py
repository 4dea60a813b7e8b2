"""What is asked of a check, and what it found."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pilotage.intake.problem import Problem

UNREADABLE_ROW = frozenset(
    {"missing-cell", "extra-cell", "unclosed-quote", "encoding-error", "mojibake"}
)
"""Codes of a row that its structure refuses: told, and never staged."""


@dataclass(frozen=True)
class Input:
    """One received file: where its bytes lie and the name it came under."""

    path: Path
    name: str
    sha256: str = ""
    size_bytes: int = 0


@dataclass(frozen=True)
class Request:
    """All a checking process needs to know.

    ``earlier``: what other files, checked just before, would bring if they were loaded.
    """

    inputs: tuple[Input, ...]
    reference: Path
    out: Path
    now: datetime
    profile: Path | None = None
    fiscal_month: int = 4
    owns_all: bool = False
    memory_limit: str = "1GB"
    earlier: tuple["Staged", ...] = ()


@dataclass(frozen=True)
class Staged:
    """One subject's rows: those of ``path`` that may load have ``flags & mask`` 0.

    ``first_line``: physical line of the first row where lines are positions; None where the rows
    carry theirs. ``labels``: each field's column letter and label in the file.
    """

    subject: str
    path: Path
    rows_read: int
    rows_sound: int
    rows_refused: int
    rows_silent: int
    mask: int
    first_line: int | None = None
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckReport:
    """What a check found. ``problems`` are the first ones; all are in ``problems_path``.

    ``is_automatic``: the rows are those of the automatic reader, the plain reading having failed.
    """

    inputs: tuple[Input, ...]
    profile: str | None
    staged: tuple[Staged, ...]
    problems_path: Path
    errors: int
    warnings: int
    notices: int
    problems: tuple[Problem, ...]
    encoding: str = ""
    delimiter: str = ""
    published_at: datetime | None = None
    reference_version: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    is_automatic: bool = False

    @property
    def subject(self) -> str | None:
        """The subjects, joined: one for a contract file, several for a profile."""
        return ", ".join(s.subject for s in self.staged) or None

    @property
    def rows_read(self) -> int:
        """Rows of data met, those that do not hold together included."""
        return sum(s.rows_read for s in self.staged) + self._unreadable

    @property
    def rows_refused(self) -> int:
        """Rows that may not load, for what they say or for how they are cut."""
        return sum(s.rows_refused for s in self.staged) + self._unreadable

    @property
    def _unreadable(self) -> int:
        return sum(self.codes.get(code, 0) for code in UNREADABLE_ROW)

    @property
    def loads_nothing(self) -> bool:
        """True when no row at all may load, under either policy."""
        return not any(s.rows_sound or s.rows_silent for s in self.staged)
