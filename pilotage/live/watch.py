"""The watched folder: each complete file is loaded through the same door as any other."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog
from watchfiles import watch as changes

from pilotage.live.drop import deal_with
from pilotage.live.inbox import Dropped, Inbox
from pilotage.store.warehouse import Warehouse

_LOOK_AGAIN_S = 0.04
_LOOK_ANYWAY_MS = 2000
_DEBOUNCE_MS = 40
_STEP_MS = 10
_RETRY_S = 30.0
_log = structlog.get_logger("pilotage.live")


def watch_until_stopped(
    warehouse: Warehouse, folder: Path, stop: threading.Event | None = None
) -> None:
    """Load what is dropped until ``stop`` is set or the process is interrupted. Blocks."""
    stopping = stop or threading.Event()
    folder = folder.resolve()
    inbox = Inbox(folder)
    desk = Desk(lambda dropped: deal_with(warehouse, folder, dropped))
    _settle(inbox, desk, stopping)
    for _ in changes(
        folder,
        watch_filter=None,
        debounce=_DEBOUNCE_MS,
        step=_STEP_MS,
        rust_timeout=_LOOK_ANYWAY_MS,
        yield_on_timeout=True,
        stop_event=stopping,
        raise_interrupt=False,
    ):
        _settle(inbox, desk, stopping)


def _settle(inbox: Inbox, desk: "Desk", stopping: threading.Event) -> None:
    """Look until nothing is left that is about to be complete."""
    while not stopping.is_set():
        desk.take(inbox.complete(time.time()), time.monotonic())
        if not inbox.is_settling:
            return
        stopping.wait(_LOOK_AGAIN_S)


class Desk:
    """Deals with complete files one by one; one that failed waits before a new try."""

    def __init__(self, deal: Callable[[Dropped], bool], retry_s: float = _RETRY_S) -> None:
        """``deal`` loads one file and moves it aside."""
        self._deal = deal
        self._retry_s = retry_s
        self._not_before: dict[Path, float] = {}

    def take(self, dropped: list[Dropped], now: float) -> None:
        """Deal with each file whose turn it is. Never raises: the watch must outlive any file."""
        for one in dropped:
            if self._not_before.get(one.path, now) > now:
                continue
            try:
                self._deal(one)
                self._not_before.pop(one.path, None)
            except FileNotFoundError:
                self._not_before.pop(one.path, None)  # taken back before it was read
            except Exception as error:
                _log.error("drop", file=one.path.name, exc_info=error)
                self._not_before[one.path] = now + self._retry_s
