"""From arrival to screen: receive, check, preview, load, withdraw. All four ways in pass here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from threading import RLock
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.domain.viewer import Scope
from pilotage.intake.checker import Checker
from pilotage.intake.doubt import doubted
from pilotage.intake.holding import held
from pilotage.intake.outcome import LoadOutcome, Preview, Received, Revised, Turned
from pilotage.intake.payload import Circumstance, Policy, combined_hash, in_utc, load_payload
from pilotage.intake.profile import PROFILES, load_profile
from pilotage.intake.rehearsal import seen
from pilotage.intake.report import CheckReport, Input, Request, Staged
from pilotage.store.disk_fault import disk_told
from pilotage.store.queries.receipt import highest_loadable, loaded_with_hash, withdrawable
from pilotage.store.queries.reference import write_reference
from pilotage.store.queries.sign_off import still_awaited
from pilotage.store.restatement import said_after, said_since
from pilotage.store.tables import loads
from pilotage.store.version import StagedRows
from pilotage.store.warehouse import Warehouse

Progress = Callable[[float], None]
_checkers: WeakKeyDictionary[Warehouse, Checker] = WeakKeyDictionary()
_doors: WeakKeyDictionary[Warehouse, RLock] = WeakKeyDictionary()


def checker_of(warehouse: Warehouse) -> Checker:
    """The warm checking process of a home."""
    return _checkers.setdefault(warehouse, Checker())


def stop_checking(warehouse: Warehouse) -> None:
    """End the checking process of a home."""
    checker = _checkers.pop(warehouse, None)
    if checker:
        checker.close()


@disk_told()
def receive(
    warehouse: Warehouse, path: Path, file_name: str, progress: Callable[[int], None] | None = None
) -> Received:
    """Archive a file as it came; it is on disk at return. The source stays where it is."""
    kept = warehouse.archive.keep(path, progress)
    return Received(kept.sha256, kept.size_bytes, kept.path, file_name, datetime.now(UTC))


@disk_told()
def check(
    warehouse: Warehouse,
    scope: Scope,
    received: Received | Sequence[Received],
    profile: str | Path | None = None,
    progress: Progress | None = None,
    earlier: Sequence[CheckReport] = (),
) -> CheckReport:
    """Check received files as one load, in the checking process. Writes nothing to facts.

    ``earlier``: reports of files that would be loaded first; what they bring may be referred to.
    Raises ProfileError for a profile that is not there or does not read.
    """
    files = [received] if isinstance(received, Received) else list(received)
    inputs = tuple(Input(r.stored_path, r.file_name, r.sha256, r.size_bytes) for r in files)
    folder = profile_folder(profile, warehouse.home) if profile else None
    before = tuple(staged for report in earlier for staged in report.staged)
    return _checked(warehouse, scope, inputs, folder, progress, before)


def _checked(
    warehouse: Warehouse,
    scope: Scope,
    inputs: tuple[Input, ...],
    profile: Path | None,
    progress: Progress | None = None,
    earlier: tuple[Staged, ...] = (),
) -> CheckReport:
    if profile:
        load_profile(profile)  # here, so that its fault is the asker's and not the file's
    out = warehouse.home / "checks" / uuid4().hex
    version = warehouse.reference_version()
    write_reference(scope, warehouse, out / "reference")
    request = Request(
        inputs=inputs,
        reference=out / "reference",
        out=out,
        now=datetime.now(UTC).replace(tzinfo=None),
        owns_all=scope.loads_everything,
        profile=profile,
        earlier=earlier,
    )
    report = checker_of(warehouse).check(request, progress)
    return doubted(warehouse, replace(report, reference_version=version))


def profile_folder(profile: str | Path, home: Path) -> Path:
    """The folder of a profile: saved in this home, else shipped, else a path given as such."""
    for folder in (home / "profiles" / str(profile), PROFILES / str(profile)):
        if (folder / "profile.toml").is_file():
            return folder
    return Path(profile)


def discard(report: CheckReport) -> None:
    """Forget a check; the received file stays in the archive."""
    rmtree(report.problems_path.parent, ignore_errors=True)


@disk_told()
def preview(warehouse: Warehouse, scope: Scope, report: CheckReport) -> Preview:
    """What loading the sound rows of a report would change; nothing is kept."""
    del scope  # the report holds only rows this scope may load
    sound = replace(report, staged=tuple(s for s in report.staged if s.rows_sound))
    kept = {s.subject: str(s.path) for s in sound.staged}
    came = Circumstance("quarantine", "page", sound.published_at or datetime.now(UTC))
    payload = load_payload(sound, came, kept) | _said_since(warehouse, sound, came)
    staged = {str(s.path) for s in sound.staged}

    def locate(name: str) -> Path:
        return Path(name) if name in staged else warehouse.archive.found(name)

    return warehouse.rehearse("load", payload, locate, lambda c: seen(c, report.rows_refused))


def already_loaded(
    warehouse: Warehouse, scope: Scope, received: Sequence[Received], profile: str | None
) -> LoadOutcome | None:
    """The outcome of loading these bytes again under this profile; None when they are new."""
    inputs = tuple(Input(r.stored_path, r.file_name, r.sha256, r.size_bytes) for r in received)
    return _known(warehouse, scope, inputs, profile)


def _known(
    warehouse: Warehouse, scope: Scope, inputs: Sequence[Input], profile: str | None
) -> LoadOutcome | None:
    known = loaded_with_hash(scope, warehouse, combined_hash(inputs), profile)
    if known is None:
        return None
    if known.is_held:
        awaited = tuple(sorted(still_awaited(OPERATOR, warehouse, known.load_seq)))
        return LoadOutcome("held", known.load_seq, awaited=awaited)
    return LoadOutcome("already_loaded", known.load_seq, loaded_at=known.received_at)


@disk_told()
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
    dated = published_at or report.published_at
    owner = highest_loadable(scope, warehouse)
    came = Circumstance(policy, way_in, dated or datetime.now(UTC), owner)
    with one_at_a_time(warehouse):
        known = _known(warehouse, scope, report.inputs, report.profile)
        if known and not _is_of_others(report, policy):
            discard(report)
            return known
        with _tidied(_current(warehouse, scope, report)) as fresh:
            if _is_refused(fresh, policy):
                return _refuse(warehouse, fresh, came, author)
            if waits := held(warehouse, fresh, author):
                came = replace(came, organisation_id=owner or waits.organisation_id)
                more = {
                    "awaited": list(waits.approvers),
                    "is_dated": dated is not None,
                    "loadable": None if scope.loads_everything else sorted(scope.loadable),
                }
                payload = _kept(warehouse, fresh, came) | more
                version = warehouse.record("load_held", author, payload)
                return LoadOutcome("held", version, awaited=waits.approvers)
            return _load(warehouse, fresh, came, author)


def _is_of_others(report: CheckReport, policy: Policy) -> bool:
    """True when the file is refused to this scope: that is said first, even of known bytes."""
    return bool(report.codes.get("not-yours")) and (policy == "strict" or report.loads_nothing)


def _current(warehouse: Warehouse, scope: Scope, report: CheckReport) -> CheckReport:
    """The report, made again when what the file may refer to has changed since: its keys too."""
    if report.reference_version == warehouse.reference_version():
        return report
    discard(report)
    folder = profile_folder(report.profile, warehouse.home) if report.profile else None
    return _checked(warehouse, scope, report.inputs, folder)


@disk_told()
def load_signed(
    warehouse: Warehouse,
    report: CheckReport,
    came: Circumstance,
    author: str,
    signed: dict[str, Any],
) -> LoadOutcome:
    """Load a file that was held, with who signed it. Inside ``one_at_a_time``."""
    with _tidied(report):
        return _load(warehouse, report, came, author, signed)


def _is_refused(report: CheckReport, policy: Policy) -> bool:
    return bool(report.errors and policy == "strict") or report.loads_nothing


def _refuse(
    warehouse: Warehouse, report: CheckReport, came: Circumstance, author: str
) -> LoadOutcome:
    problems = warehouse.archive.adopt(report.problems_path).sha256
    version = warehouse.record("load_refused", author, load_payload(report, came, {}, problems))
    return LoadOutcome("refused", version, refused=max(report.rows_refused, 1))


def _load(
    warehouse: Warehouse,
    report: CheckReport,
    came: Circumstance,
    author: str,
    signed: dict[str, Any] | None = None,
) -> LoadOutcome:
    again = _said_since(warehouse, report, came)
    payload = _kept(warehouse, report, came) | again | (signed or {})
    version = warehouse.record("load", author, payload)
    return _outcome(warehouse, version, report)


def _kept(warehouse: Warehouse, report: CheckReport, came: Circumstance) -> dict[str, Any]:
    """The event's payload, once the problems and the accepted rows are archived."""
    problems = warehouse.archive.adopt(report.problems_path).sha256
    kept = {s.subject: warehouse.archive.adopt(s.path).sha256 for s in report.staged}
    return load_payload(report, came, kept, problems)


def _said_since(
    warehouse: Warehouse, report: CheckReport, came: Circumstance
) -> dict[str, list[dict[str, Any]]]:
    """What later publications said already of values that come late: it stands after them."""
    rows = [(s.subject, StagedRows(s.path, s.mask, s.first_line)) for s in report.staged]
    again = said_since(warehouse, rows, in_utc(came.published_at).replace(tzinfo=None))
    return {"again": again} if again else {}


@contextmanager
def one_at_a_time(warehouse: Warehouse) -> Iterator[None]:
    """One load at a time: a report is compared with the store, then loaded, with none between."""
    with _doors.setdefault(warehouse, RLock()):
        yield


@contextmanager
def _tidied(report: CheckReport) -> Iterator[CheckReport]:
    try:
        yield report
    finally:
        discard(report)


def _outcome(warehouse: Warehouse, version: int, report: CheckReport) -> LoadOutcome:
    counts = sa.select(loads.c.rows_new, loads.c.rows_changed, loads.c.rows_unchanged)
    with warehouse.read() as connection:
        new, changed, unchanged = connection.execute(
            counts.where(loads.c.load_seq == version)
        ).one()
    return LoadOutcome("loaded", version, new, changed, unchanged, report.rows_refused)


def withdraw(warehouse: Warehouse, scope: Scope, load_seq: int, author: str, reason: str) -> int:
    """Withdraw a load: the vintages before it stand again; the version.

    Raises NotFound for a load that is not there, refused or withdrawn already.
    """
    with one_at_a_time(warehouse):
        subjects = withdrawable(scope, warehouse, load_seq)
        again = said_after(warehouse, load_seq, subjects)
        payload = {"load_seq": load_seq, "subjects": subjects, "reason": reason, "again": again}
        return warehouse.record("withdraw", author, payload)


__all__ = [
    "CheckReport",
    "LoadOutcome",
    "Policy",
    "Preview",
    "Received",
    "Revised",
    "Turned",
    "already_loaded",
    "check",
    "checker_of",
    "combined_hash",
    "discard",
    "load",
    "preview",
    "profile_folder",
    "receive",
    "stop_checking",
    "withdraw",
]
