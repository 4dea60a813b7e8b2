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
from pilotage.intake.correction import Corrects, corrected
from pilotage.intake.doubt import doubted
from pilotage.intake.holding import held
from pilotage.intake.keeping import kept, said_since_then
from pilotage.intake.outcome import LoadOutcome, Preview, Received, Revised, Turned
from pilotage.intake.payload import (
    Circumstance,
    Policy,
    combined_hash,
    is_refused,
    load_payload,
)
from pilotage.intake.profile import load_profile
from pilotage.intake.rehearsal import seen
from pilotage.intake.report import CheckReport, Input, Request, Staged
from pilotage.intake.saved_profile import profile_folder
from pilotage.store.disk_fault import disk_told
from pilotage.store.queries.receipt import highest_loadable, loaded_with_hash, withdrawable
from pilotage.store.queries.reference import write_reference
from pilotage.store.queries.sign_off import still_awaited
from pilotage.store.restatement import said_after
from pilotage.store.tables import loads
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
    folder = profile_folder(profile, warehouse.home) if profile else None
    before = tuple(staged for report in earlier for staged in report.staged)
    return _checked(warehouse, scope, _inputs(files), folder, progress, before)


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


def discard(report: CheckReport) -> None:
    """Forget a check; the received file stays in the archive."""
    rmtree(report.problems_path.parent, ignore_errors=True)


@disk_told()
def preview(warehouse: Warehouse, scope: Scope, report: CheckReport) -> Preview:
    """What loading the sound rows of a report would change; nothing is kept."""
    del scope  # the report holds only rows this scope may load
    sound = replace(report, staged=tuple(s for s in report.staged if s.rows_sound))
    paths = {s.subject: str(s.path) for s in sound.staged}
    came = Circumstance("quarantine", "page", sound.published_at or datetime.now(UTC))
    payload = load_payload(sound, came, paths) | said_since_then(warehouse, sound, came)
    staged = {str(s.path) for s in sound.staged}

    def locate(name: str) -> Path:
        return Path(name) if name in staged else warehouse.archive.found(name)

    return warehouse.rehearse("load", payload, locate, lambda c: seen(c, report.rows_refused))


def already_loaded(
    warehouse: Warehouse, scope: Scope, received: Sequence[Received], profile: str | None
) -> LoadOutcome | None:
    """The outcome of loading these bytes again under this profile; None when they are new."""
    return _known(warehouse, scope, _inputs(received), profile)


def _inputs(received: Sequence[Received]) -> tuple[Input, ...]:
    return tuple(Input(r.stored_path, r.file_name, r.sha256, r.size_bytes) for r in received)


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
    dated, owner = published_at or report.published_at, highest_loadable(scope, warehouse)
    came = Circumstance(policy, way_in, dated or datetime.now(UTC), owner, dated is not None)
    return _taken_in(warehouse, scope, report, came, author)


@disk_told()
def load_correction(
    warehouse: Warehouse,
    scope: Scope,
    report: CheckReport,
    corrects: Corrects,
    policy: Policy = "strict",
    author: str = "",
) -> LoadOutcome:
    """Load the corrected rows of an earlier load; those still refused go on waiting there."""
    owner = highest_loadable(scope, warehouse)
    came = Circumstance(policy, "page", datetime.now(UTC), owner, is_dated=False, corrects=corrects)
    return _taken_in(warehouse, scope, report, came, author)


def _taken_in(
    warehouse: Warehouse, scope: Scope, report: CheckReport, came: Circumstance, author: str
) -> LoadOutcome:
    with one_at_a_time(warehouse):
        known = _known(warehouse, scope, report.inputs, report.profile)
        if known and not _is_of_others(report, came.policy):
            discard(report)
            return known
        with _tidied(_current(warehouse, scope, report)) as fresh:
            if is_refused(fresh, came.policy):
                return _refuse(warehouse, fresh, came, author)
            more = corrected(came.corrects, fresh)
            if waits := held(warehouse, fresh, author):
                came = replace(came, organisation_id=came.organisation_id or waits.organisation_id)
                more |= {
                    "awaited": list(waits.approvers),
                    "is_dated": came.is_dated,
                    "loadable": None if scope.loads_everything else sorted(scope.loadable),
                }
                payload = kept(warehouse, fresh, came) | more
                version = warehouse.record("load_held", author, payload)
                return LoadOutcome("held", version, awaited=waits.approvers)
            more = more or _refused_rows(warehouse, fresh, came)
            return _load(warehouse, fresh, came, author, more)


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
    *,
    is_correction: bool = False,
) -> LoadOutcome:
    """Load a file that was held, with who signed it. Inside ``one_at_a_time``.

    ``is_correction``: its own refused rows wait where they came from.
    """
    with _tidied(report):
        more = {} if is_correction else _refused_rows(warehouse, report, came)
        return _load(warehouse, report, came, author, signed | more)


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
    more: dict[str, Any],
) -> LoadOutcome:
    again = said_since_then(warehouse, report, came)
    payload = kept(warehouse, report, came) | again | more
    version = warehouse.record("load", author, payload)
    return _outcome(warehouse, version, report)


def _refused_rows(warehouse: Warehouse, report: CheckReport, came: Circumstance) -> dict[str, Any]:
    """Where the refused rows are kept, cell by cell, to be corrected; empty where there is none."""
    if came.policy != "quarantine" or not report.rows_refused:
        return {}
    folder = profile_folder(report.profile, warehouse.home) if report.profile else None
    told, now = report.problems_path, datetime.now(UTC).replace(tzinfo=None)
    request = Request(
        report.inputs, reference=told.parent, out=told.parent, now=now, profile=folder
    )
    path = checker_of(warehouse).refused(request, told, is_automatic=report.is_automatic)
    return {"refused_sha256": warehouse.archive.adopt(path).sha256} if path else {}


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
    "load_correction",
    "preview",
    "profile_folder",
    "receive",
    "stop_checking",
    "withdraw",
]
