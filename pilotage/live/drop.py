"""What becomes of one dropped file: loaded or refused, then moved aside with its report."""

import shutil
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import structlog

from pilotage.access.operator import OPERATOR
from pilotage.access.scope import scope_of
from pilotage.domain.period import GOVERNMENT_ZONE
from pilotage.domain.viewer import Role, Scope, Viewer
from pilotage.errors import PilotageError, Refused
from pilotage.intake import loading
from pilotage.intake.check import CheckReport
from pilotage.intake.problem_csv import problem_csv
from pilotage.live.inbox import DONE, REFUSED, RULES_FILE, Dropped
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse

_log = structlog.get_logger("pilotage.live")


@dataclass(frozen=True)
class FolderRules:
    """What ``watch.toml`` of a folder says; its own first, then the root's."""

    profile: str | None = None
    policy: loading.Policy = "strict"


def deal_with(warehouse: Warehouse, root: Path, dropped: Dropped) -> bool:
    """Load the file and move it aside. False where it stays for later: it changed meanwhile.

    Faults of the machine (a full disk) are raised and leave the file where it is.
    """
    before = dropped.path.stat()
    report: CheckReport | None = None
    try:
        rules = folder_rules(root, dropped)
        scope = _scope(warehouse, dropped)
        received = loading.receive(warehouse, dropped.path, dropped.path.name)
        if _has_changed(dropped.path, before.st_size, before.st_mtime_ns):
            return False
        report = loading.check(warehouse, scope, received, rules.profile)
        told = b"".join(problem_csv(report.problems_path, "fr"))
        has_problems = bool(report.errors + report.warnings + report.notices)
        outcome = loading.load(
            warehouse, scope, report, rules.policy, way_in="folder", author=_author(dropped)
        )
        sentences = (outcome.sentence("fr"), outcome.sentence("en"))
        place = REFUSED if outcome.state == "refused" else DONE
        _put_away(root, dropped, place, sentences, told if has_problems else None)
    except PilotageError as error:
        _put_away(root, dropped, REFUSED, (error.fr, error.en), None)
    return True


def folder_rules(root: Path, dropped: Dropped) -> FolderRules:
    """The rules of the file's folder. Raises Refused for a ``watch.toml`` that does not read."""
    for folder in (dropped.path.parent, root):
        path = folder / RULES_FILE
        if path.is_file():
            try:
                given = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError):
                given = {"policy": "?"}
            policy = given.get("policy", "strict")
            if policy not in {"strict", "quarantine"}:
                raise Refused(
                    f'{RULES_FILE} ne se lit pas. Écrivez policy = "strict" ou "quarantine".',
                    f'{RULES_FILE} cannot be read. Write policy = "strict" or "quarantine".',
                )
            return FolderRules(given.get("profile"), policy)
    return FolderRules()


def _scope(warehouse: Warehouse, dropped: Dropped) -> Scope:
    """Whoever may write to an organisation's folder loads for it and below, and for nobody else."""
    if dropped.organisation_id is None:
        return OPERATOR
    steward = Viewer(_author(dropped), "", Role.STEWARD, dropped.organisation_id)
    scope = scope_of(steward, organisations(OPERATOR, warehouse))
    if not scope.loadable:
        raise Refused(
            f"Aucune organisation ne s'appelle « {dropped.organisation_id} ». "
            "Renommez le dossier d'après l'identifiant de l'organisation.",
            f"No organisation is called “{dropped.organisation_id}”. "
            "Rename the folder after the organisation's identifier.",
        )
    return scope


def _author(dropped: Dropped) -> str:
    return "folder" if dropped.organisation_id is None else f"folder:{dropped.organisation_id}"


def _has_changed(path: Path, size: int, changed_ns: int) -> bool:
    try:
        now = path.stat()
    except FileNotFoundError:
        return True
    return (now.st_size, now.st_mtime_ns) != (size, changed_ns)


def _put_away(
    root: Path, dropped: Dropped, place: str, sentences: tuple[str, str], problems: bytes | None
) -> None:
    """Move the file aside, its report beside it; nothing already there is overwritten."""
    folder = root / place
    if dropped.organisation_id is not None:
        folder /= quote(dropped.organisation_id, safe="")
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / dropped.path.name
    if kept.exists():
        moment = datetime.now(GOVERNMENT_ZONE).strftime("%Y%m%dT%H%M%S.%f")
        kept = folder / f"{moment}-{dropped.path.name}"
    kept.with_name(f"{kept.name}.rapport.txt").write_text("\n".join([*sentences, ""]), "utf-8")
    if problems is not None:
        kept.with_name(f"{kept.name}.problemes.csv").write_bytes(problems)
    shutil.move(dropped.path, kept)
    _log.info("dropped", place=place, file=kept.name, organisation=dropped.organisation_id)
