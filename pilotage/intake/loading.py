"""From arrival to screen: receive, check, preview, load, withdraw. The four ways in all pass here."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import Any, Literal
from uuid import uuid4
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from pilotage.domain.viewer import Scope
from pilotage.i18n import Lang, translator
from pilotage.intake.check import CheckReport, Input, Request
from pilotage.intake.checker import Checker
from pilotage.intake.profile import PROFILES
from pilotage.store.engine import native
from pilotage.store.queries.receipt import highest_loadable, loaded_with_hash, withdrawable
from pilotage.store.queries.reference import write_reference
from pilotage.store.warehouse import Warehouse

Policy = Literal["strict", "quarantine"]
READER_VERSION = "1"
_SHOWN = 50
_checkers: WeakKeyDictionary[Warehouse, Checker] = WeakKeyDictionary()


@dataclass(frozen=True)
class Received:
    """A file in the archive, under the name it came with."""

    sha256: str
    size_bytes: int
    stored_path: Path
    file_name: str
    received_at: datetime


@dataclass(frozen=True)
class Turned:
    """A verdict that a load would turn."""

    indicator_id: str
    organisation_id: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Revised:
    """A value that a load would revise."""

    indicator_id: str
    organisation_id: str
    period_start: datetime
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Preview:
    """What a load would change: whole counts, and the first revisions and turned verdicts."""

    new: int
    changed: int
    unchanged: int
    refused: int
    revised: tuple[Revised, ...]
    turned: tuple[Turned, ...]
    turned_total: int


@dataclass(frozen=True)
class LoadOutcome:
    """How a load ended; ``version`` is the sequence of its event, or of the load already made."""

    state: Literal["loaded", "refused", "already_loaded"]
    version: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    loaded_at: datetime | None = None

    def sentence(self, lang: Lang) -> str:
        """The outcome in one sentence."""
        _ = translator(lang)
        if self.state == "already_loaded":
            day = self.loaded_at.date().isoformat() if self.loaded_at else ""
            return _("Ce fichier est déjà chargé depuis le {day} ; rien n'a changé.").format(
                day=day
            )
        if self.state == "refused":
            return _(
                "Le fichier est refusé : {refused} lignes en erreur. Il est gardé avec son rapport ; rien n'a changé."
            ).format(refused=self.refused)
        return _(
            "Chargé : {new} nouvelles valeurs, {changed} révisées, {unchanged} inchangées, {refused} refusées."
        ).format(new=self.new, changed=self.changed, unchanged=self.unchanged, refused=self.refused)


def checker_of(warehouse: Warehouse) -> Checker:
    """The warm checking process of a home."""
    return _checkers.setdefault(warehouse, Checker())


def stop_checking(warehouse: Warehouse) -> None:
    """End the checking process of a home."""
    checker = _checkers.pop(warehouse, None)
    if checker:
        checker.close()


def receive(
    warehouse: Warehouse, path: Path, file_name: str, progress: Callable[[int], None] | None = None
) -> Received:
    """Archive a file as it came; it is on disk at return. The source stays where it is."""
    kept = warehouse.archive.keep(path, progress)
    return Received(kept.sha256, kept.size_bytes, kept.path, file_name, datetime.now(UTC))


def check(
    warehouse: Warehouse,
    scope: Scope,
    received: Received | Sequence[Received],
    profile: str | Path | None = None,
    progress: Callable[[float], None] | None = None,
) -> CheckReport:
    """Check received files as one load, in the checking process. Writes nothing to facts."""
    files = [received] if isinstance(received, Received) else list(received)
    out = warehouse.home / "checks" / uuid4().hex
    write_reference(scope, warehouse, out / "reference")
    request = Request(
        inputs=tuple(Input(r.stored_path, r.file_name, r.sha256, r.size_bytes) for r in files),
        reference=out / "reference",
        out=out,
        now=_now(warehouse),
        owns_all=scope.loads_everything,
        profile=profile_folder(profile, warehouse.home) if profile else None,
    )
    version = warehouse.reference_version()
    report = checker_of(warehouse).check(request, progress)
    return replace(report, reference_version=version)


def profile_folder(profile: str | Path, home: Path) -> Path:
    """The folder of a profile: saved in this home, else shipped, else a path given as such."""
    for folder in (home / "profiles" / str(profile), PROFILES / str(profile)):
        if (folder / "profile.toml").is_file():
            return folder
    return Path(profile)


def _now(warehouse: Warehouse) -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def discard(report: CheckReport) -> None:
    """Forget a check; the received file stays in the archive."""
    rmtree(report.problems_path.parent, ignore_errors=True)


def combined_hash(inputs: Sequence[Input]) -> str:
    """The hash that names a load: the file's own, or that of the list of several."""
    if len(inputs) == 1:
        return inputs[0].sha256
    return hashlib.sha256("\n".join(sorted(i.sha256 for i in inputs)).encode()).hexdigest()


def _payload(
    report: CheckReport,
    subjects: list[dict[str, Any]],
    problems: str,
    policy: Policy,
    way_in: str,
    published_at: datetime,
    organisation_id: str | None = None,
) -> dict[str, Any]:
    names = [i.name for i in report.inputs]
    return {
        "load_id": uuid4().hex,
        "file_name": names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})",
        "sha256": combined_hash(report.inputs),
        "inputs": [
            {"name": i.name, "sha256": i.sha256, "size_bytes": i.size_bytes} for i in report.inputs
        ],
        "size_bytes": sum(i.size_bytes for i in report.inputs),
        "subjects": subjects,
        "problems_sha256": problems,
        "profile": report.profile,
        "policy": policy,
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "organisation_id": organisation_id,
        "way_in": way_in,
        "reader_version": READER_VERSION,
        "received_at": datetime.now(UTC).isoformat(),
        "published_at": published_at.isoformat(),
        "rows_read": report.rows_read,
        "rows_refused": report.rows_refused,
    }


def preview(warehouse: Warehouse, scope: Scope, report: CheckReport) -> Preview:
    """What loading the sound rows of a report would change; nothing is kept."""
    del scope  # the report holds only rows this scope may load
    subjects = [
        {
            "subject": s.subject,
            "rows_sha256": str(s.path),
            "mask": s.mask,
            "first_line": s.first_line,
        }
        for s in report.staged
        if s.rows_sound
    ]
    payload = _payload(report, subjects, "", "quarantine", "page", datetime.now(UTC))
    return warehouse.rehearse("load", payload, Path, lambda connection: _seen(connection, report))


def _seen(connection: sa.Connection, report: CheckReport) -> Preview:
    duck = native(connection)
    seq = duck.execute("select max(load_seq) from loads").fetchone() or (0,)
    new, changed, unchanged = duck.execute(
        "select rows_new, rows_changed, rows_unchanged from loads where load_seq = ?", list(seq)
    ).fetchone() or (0, 0, 0)
    revised = duck.execute(
        "select i.indicator_id, o.organisation_id, m.period_start, b.value, m.value from measurements m"
        " join measurements b on b.superseded_seq = m.load_seq and b.indicator_key = m.indicator_key"
        " and b.organisation_key = m.organisation_key and b.period_start = m.period_start and b.load_seq < m.load_seq"
        " join indicators i on i.indicator_key = m.indicator_key and i.superseded_seq is null"
        " join organisations o on o.organisation_key = m.organisation_key and o.superseded_seq is null"
        f" where m.load_seq = ? order by 1, 2, 3 limit {_SHOWN}",
        list(seq),
    ).fetchall()
    turned = duck.execute(
        "select v.indicator_id, v.organisation_id, b.trajectory || '/' || b.result || '/' || b.data_state,"
        " v.trajectory || '/' || v.result || '/' || v.data_state from verdicts v left join verdicts_before b"
        " on b.indicator_key = v.indicator_key and b.organisation_key = v.organisation_key"
        " where b.indicator_key is null or (b.result, b.trajectory, b.data_state)"
        " is distinct from (v.result, v.trajectory, v.data_state) order by 1, 2"
    ).fetchall()
    return Preview(
        new,
        changed,
        unchanged,
        report.rows_refused,
        tuple(Revised(*row) for row in revised),
        tuple(Turned(*row) for row in turned[:_SHOWN]),
        len(turned),
    )


def load(
    warehouse: Warehouse,
    scope: Scope,
    report: CheckReport,
    policy: Policy = "strict",
    way_in: str = "command",
    author: str = "",
    published_at: datetime | None = None,
) -> LoadOutcome:
    """Load a checked file in one transaction; a refused file stays archived with its report."""
    moment = published_at or report.published_at or datetime.now(UTC)
    known = loaded_with_hash(scope, warehouse, combined_hash(report.inputs), report.profile)
    if known:
        return LoadOutcome("already_loaded", known.load_seq, loaded_at=known.received_at)
    owner = highest_loadable(scope, warehouse)
    with _tidied(report):
        problems = warehouse.archive.adopt(report.problems_path).sha256
        if (report.errors and policy == "strict") or report.loads_nothing:
            payload = _payload(
                report, _subjects(report, {}), problems, policy, way_in, moment, owner
            )
            version = warehouse.record("load_refused", author, payload)
            return LoadOutcome("refused", version, refused=max(report.rows_refused, 1))
        kept = {s.subject: warehouse.archive.adopt(s.path).sha256 for s in report.staged}
        payload = _payload(report, _subjects(report, kept), problems, policy, way_in, moment, owner)
        version = warehouse.record("load", author, payload)
    return _outcome(warehouse, version, report)


def _subjects(report: CheckReport, kept: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "subject": s.subject,
            "rows_sha256": kept.get(s.subject, ""),
            "mask": s.mask,
            "first_line": s.first_line,
            "rows": s.rows_sound,
        }
        for s in report.staged
    ]


@contextmanager
def _tidied(report: CheckReport) -> Iterator[None]:
    try:
        yield
    finally:
        discard(report)


def _outcome(warehouse: Warehouse, version: int, report: CheckReport) -> LoadOutcome:
    with warehouse.read() as connection:
        row = connection.execute(
            sa.text(
                "select rows_new, rows_changed, rows_unchanged from loads where load_seq = :seq"
            ),
            {"seq": version},
        ).one()
    return LoadOutcome("loaded", version, row[0], row[1], row[2], report.rows_refused)


def withdraw(warehouse: Warehouse, scope: Scope, load_seq: int, author: str, reason: str) -> int:
    """Withdraw a load: the vintages before it stand again; the version.

    Raises NotFound for a load that is not there, refused or withdrawn already.
    """
    subjects = withdrawable(scope, warehouse, load_seq)
    return warehouse.record(
        "withdraw", author, {"load_seq": load_seq, "subjects": subjects, "reason": reason}
    )
