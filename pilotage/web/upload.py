"""One file on its way in: what is known of it, and how that is said to the page that sent it."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from pilotage.domain.viewer import Scope
from pilotage.i18n import Lang, translator
from pilotage.intake.check import CheckReport
from pilotage.intake.correction import Corrects
from pilotage.intake.loading import LoadOutcome, Preview, Received
from pilotage.intake.problem import Problem, located, sentence
from pilotage.intake.sketch import Sketch

_SHOWN = 20


class UploadState(StrEnum):
    """Where the file is between the browser and the facts."""

    RECEIVED = "received"
    CHECKING = "checking"
    CHECKED = "checked"
    LOADING = "loading"
    LOADED = "loaded"
    REFUSED = "refused"
    ALREADY_LOADED = "already_loaded"
    HELD = "held"
    FAILED = "failed"


@dataclass
class Upload:
    """A received file and what became of it. Only its sender may ask.

    ``sketch`` is its head as it is read, ``described`` what its sender said of it.
    """

    upload_id: str
    viewer_id: str
    scope: Scope
    folder: Path
    received: tuple[Received, ...]
    profile: str | None = None
    state: UploadState = UploadState.RECEIVED
    fraction: float = 0.0
    report: CheckReport | None = None
    preview: Preview | None = None
    outcome: LoadOutcome | None = None
    failure: dict[str, str] = field(default_factory=dict)
    failure_status: int = 500
    sketch: Sketch | None = None
    described: dict[str, str] = field(default_factory=dict)
    corrects: Corrects | None = None

    @property
    def problems_path(self) -> Path:
        """Every problem, kept here because loading gives the check's own copy to the archive."""
        return self.folder / "problems.parquet"


def said(upload: Upload, lang: Lang) -> dict[str, Any]:
    """The upload as JSON, in the reader's language."""
    first = upload.received[0]
    return {
        "id": upload.upload_id,
        "state": str(upload.state),
        "fraction": round(upload.fraction, 3),
        "file_name": first.file_name,
        "files": len(upload.received),
        "size_bytes": sum(one.size_bytes for one in upload.received),
        "sha256": first.sha256,
        "sentence": _sentence(upload, lang),
        "report": _report(upload.report, lang) if upload.report else None,
        "preview": _preview(upload.preview) if upload.preview else None,
        "outcome": _outcome(upload.outcome, lang) if upload.outcome else None,
        "profile": upload.profile,
        "sketch": asdict(upload.sketch) if upload.sketch else None,
        "described": upload.described,
    }


def _sentence(upload: Upload, lang: Lang) -> str:
    _ = translator(lang)
    if upload.outcome:
        return upload.outcome.sentence(lang)
    if upload.failure:
        return upload.failure[lang]
    if upload.state is UploadState.CHECKED and upload.report:
        n = upload.report.errors
        if n == 0:
            return _("Aucune erreur : le fichier peut être chargé.")
        return _.plural(
            "{n} erreur : corrigez le fichier, ou chargez seulement les lignes saines.",
            "{n} erreurs : corrigez le fichier, ou chargez seulement les lignes saines.",
            n,
        ).format(n=n)
    words = {
        UploadState.RECEIVED: _("Fichier reçu."),
        UploadState.CHECKING: _("Vérification en cours…"),
        UploadState.LOADING: _("Chargement en cours…"),
    }
    return words.get(upload.state, "")


def _report(report: CheckReport, lang: Lang) -> dict[str, Any]:
    return {
        "subject": report.subject,
        "rows_read": report.rows_read,
        "rows_refused": report.rows_refused,
        "errors": report.errors,
        "warnings": report.warnings,
        "notices": report.notices,
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "codes": report.codes,
        "loads_nothing": report.loads_nothing,
        "problems": [
            _problem(one, report.inputs[0].name, lang) for one in report.problems[:_SHOWN]
        ],
    }


def _problem(problem: Problem, file_name: str, lang: Lang) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column_letter": problem.column_letter,
        "column_name": problem.column_shown,
        "severity": str(problem.severity),
        "code": problem.code,
        "found": problem.found,
        "sentence": sentence(problem, lang),
        "located": located(problem, file_name, lang),
    }


def _preview(preview: Preview) -> dict[str, Any]:
    return {
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "refused": preview.refused,
        "turned_total": preview.turned_total,
        "revised": [
            {
                "indicator_id": one.indicator_id,
                "organisation_id": one.organisation_id,
                "period_start": one.period_start.isoformat(),
                "before": one.before,
                "after": one.after,
            }
            for one in preview.revised
        ],
        "turned": [
            {
                "indicator_id": one.indicator_id,
                "organisation_id": one.organisation_id,
                "before": one.before,
                "after": one.after,
            }
            for one in preview.turned
        ],
    }


def _outcome(outcome: LoadOutcome, lang: Lang) -> dict[str, Any]:
    return {
        "state": outcome.state,
        "version": outcome.version,
        "new": outcome.new,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
        "sentence": outcome.sentence(lang),
    }
