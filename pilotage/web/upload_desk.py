"""Where uploads wait: checked in the background, loaded when asked, forgotten when too many."""

import asyncio
import secrets
import shutil
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

import structlog

from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound, PilotageError, Refused
from pilotage.intake.check import CheckReport
from pilotage.intake.correction import Corrects
from pilotage.intake.description import declared_of, description_of, profile_document
from pilotage.intake.loading import LoadOutcome, Policy, Preview, Received
from pilotage.intake.saved_profile import save_profile
from pilotage.intake.sketch import sketch
from pilotage.store.warehouse import Warehouse
from pilotage.web.upload import Upload, UploadState

T = TypeVar("T")
_MOST_KEPT = 200
_LONGEST_TITLE = 80
_DESCRIBABLE = frozenset({UploadState.CHECKED, UploadState.FAILED})
_log = structlog.get_logger("pilotage.web")


class Intake(Protocol):
    """The one way in; ``pilotage.intake.loading`` is it."""

    def receive(self, warehouse: Warehouse, path: Path, file_name: str) -> Received:
        """Archive a file."""

    def check(
        self,
        warehouse: Warehouse,
        scope: Scope,
        received: Sequence[Received],
        profile: str | None = None,
        progress: Callable[[float], None] | None = None,
        earlier: Sequence[CheckReport] = (),
    ) -> CheckReport:
        """Find every problem, as if the files of ``earlier`` were loaded."""

    def preview(self, warehouse: Warehouse, scope: Scope, report: CheckReport) -> Preview:
        """Say what would change."""

    def load(
        self,
        warehouse: Warehouse,
        scope: Scope,
        report: CheckReport,
        policy: Policy = "strict",
        way_in: str = "page",
        author: str = "",
        published_at: datetime | None = None,
    ) -> LoadOutcome:
        """Load in one transaction."""

    def load_correction(
        self,
        warehouse: Warehouse,
        scope: Scope,
        report: CheckReport,
        corrects: Corrects,
        policy: Policy = "strict",
        author: str = "",
    ) -> LoadOutcome:
        """Load the corrected rows of an earlier load."""


class UploadDesk:
    """The uploads of this process; from the event loop only, the work itself in threads."""

    def __init__(self, warehouse: Warehouse, intake: Intake, folder: Path) -> None:
        """``folder`` is emptied: what a stopped server left unfinished was never acknowledged."""
        self._warehouse = warehouse
        self._intake = intake
        self._uploads: OrderedDict[str, Upload] = OrderedDict()
        self._running: set[asyncio.Task[None]] = set()
        # Apart from the readers' threads: a long check must not take a page's.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="upload")
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    async def receive(self, viewer_id: str, scope: Scope, path: Path, name: str) -> Upload:
        """Archive what was streamed to ``path``; the upload that stands for it."""
        received = await self._work(lambda: self._intake.receive(self._warehouse, path, name))
        return self._kept(viewer_id, scope, (received,))

    def together(self, uploads: Sequence[Upload], profile: str | None) -> Upload:
        """Several received files as one load."""
        first = uploads[0]
        files = tuple(one for upload in uploads for one in upload.received)
        upload = self._kept(first.viewer_id, first.scope, files)
        upload.profile = profile
        return upload

    def of(self, viewer_id: str, upload_id: str) -> Upload:
        """The viewer's own upload. Raises NotFound for an unknown one and for someone else's."""
        upload = self._uploads.get(upload_id)
        if upload is None or upload.viewer_id != viewer_id:
            raise NotFound
        return upload

    def check_in_background(self, upload: Upload) -> None:
        """Start checking; ``state`` and ``fraction`` tell how far it is."""
        upload.state = UploadState.CHECKING
        task = asyncio.create_task(self.check(upload))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def check(
        self, upload: Upload, with_preview: bool = True, earlier: Sequence[CheckReport] = ()
    ) -> None:
        """Check, and say what loading would change. A fault is told on the upload."""
        upload.state = UploadState.CHECKING
        try:
            upload.report = await self._work(lambda: self._checked(upload, earlier))
            report = upload.report
            if with_preview and len(upload.received) == 1 and not upload.corrects:
                await self.look(upload)
            if with_preview and not report.loads_nothing:
                upload.preview = await self._work(
                    lambda: self._intake.preview(self._warehouse, upload.scope, report)
                )
            upload.state, upload.fraction = UploadState.CHECKED, 1.0
        except Exception as error:
            self._fail(upload, error)

    async def look(self, upload: Upload) -> None:
        """Read the head of the file as its sender describes it."""
        path, declared = upload.received[0].stored_path, declared_of(upload.described)
        upload.sketch = await self._work(lambda: sketch(path, declared))

    async def describe(self, upload: Upload, said: Mapping[str, str]) -> None:
        """Keep what its sender says of the file as a profile, and check the file again with it.

        Raises Refused for what is missing, for a name already taken, and once the file is loaded.
        """
        if upload.state not in _DESCRIBABLE:
            raise _not_checked()
        title = " ".join(said.get("name", "").split())[:_LONGEST_TITLE]
        columns = [one.name for one in upload.sketch.columns] if upload.sketch else []
        named = title or upload.received[0].file_name
        document = profile_document(description_of(said), named, columns)
        home = self._warehouse.home
        upload.profile = await self._work(lambda: save_profile(home, title, document))
        upload.described = dict(said)
        upload.preview, upload.failure = None, {}
        self.check_in_background(upload)

    def _checked(self, upload: Upload, earlier: Sequence[CheckReport] = ()) -> CheckReport:
        def progress(fraction: float) -> None:
            upload.fraction = fraction

        report = self._intake.check(
            self._warehouse, upload.scope, upload.received, upload.profile, progress, earlier
        )
        shutil.copyfile(report.problems_path, upload.problems_path)
        return report

    async def load(
        self,
        upload: Upload,
        scope: Scope,
        policy: Policy,
        way_in: str,
        published_at: datetime | None = None,
    ) -> LoadOutcome:
        """Load a checked upload. Raises Refused where it is not one, or where rights changed."""
        report = upload.report
        if upload.state is not UploadState.CHECKED or report is None:
            raise _not_checked()
        if scope != upload.scope:
            raise _rights_changed()
        upload.state = UploadState.LOADING
        corrects, author = upload.corrects, upload.viewer_id

        def work() -> LoadOutcome:
            given = (self._warehouse, scope, report)
            if corrects:
                return self._intake.load_correction(*given, corrects, policy, author)
            return self._intake.load(*given, policy, way_in, author, published_at)

        try:
            upload.outcome = await self._work(work)
        except Exception as error:
            self._fail(upload, error)
            raise
        upload.state = UploadState(upload.outcome.state)
        return upload.outcome

    def stop(self) -> None:
        """Forget everything; a check still running ends with its process."""
        for task in tuple(self._running):
            task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    async def _work(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _kept(self, viewer_id: str, scope: Scope, received: tuple[Received, ...]) -> Upload:
        upload_id = secrets.token_urlsafe(12)
        folder = self.folder / upload_id
        folder.mkdir()
        upload = Upload(upload_id, viewer_id, scope, folder, received)
        self._uploads[upload_id] = upload
        while len(self._uploads) > _MOST_KEPT:
            _, oldest = self._uploads.popitem(last=False)
            shutil.rmtree(oldest.folder, ignore_errors=True)
        return upload

    def _fail(self, upload: Upload, error: Exception) -> None:
        reference = secrets.token_hex(4)
        upload.state = UploadState.FAILED
        if isinstance(error, PilotageError):
            upload.failure = {"fr": error.fr, "en": error.en}
            upload.failure_status = error.status
            return
        _log.error("upload", reference=reference, upload=upload.upload_id, exc_info=error)
        upload.failure = {
            "fr": f"Le fichier n'a pas pu être traité; rien n'a changé. Référence : {reference}.",
            "en": f"The file could not be processed; nothing has changed. Reference: {reference}.",
        }


def _not_checked() -> Refused:
    return Refused(
        "Ce fichier n'est pas prêt à être chargé. Attendez la fin de sa vérification.",
        "This file is not ready to be loaded. Wait until it has been checked.",
    )


def _rights_changed() -> Refused:
    return Refused(
        "Vos droits ou les organisations ont changé depuis la vérification. Déposez de nouveau.",
        "Your rights or the organisations have changed since the check. Send the file again.",
    )
