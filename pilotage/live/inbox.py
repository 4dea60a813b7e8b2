"""Which files of a watched folder are complete: closed, or renamed into it. A growing one waits.

``incoming/<organisation>/…csv`` is loaded for that organisation, ``incoming/….csv`` for
whoever holds the machine. ``done/`` and ``refused/`` hold what was dealt with.
"""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import stat_result
from pathlib import Path
from urllib.parse import unquote

from pilotage.live.open_file import is_being_written

DONE, REFUSED = "done", "refused"
RULES_FILE = "watch.toml"
_QUIET_S = 0.1
_QUIET_UNSURE_S = 2.0
_QUIET_EMPTY_S = 2.0
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp", "~")


@dataclass(frozen=True)
class Dropped:
    """A complete file and the organisation whose folder it lies in; None for the root."""

    path: Path
    organisation_id: str | None


@dataclass
class _Look:
    """How a file was when last seen to change."""

    identity: tuple[int, int, int]
    since: float


class Inbox:
    """Looks at the folder when asked; remembers what is still settling."""

    def __init__(
        self, folder: Path, is_written: Callable[[Path], bool | None] = is_being_written
    ) -> None:
        """Create the folder where there is none yet."""
        self.folder = folder
        self._is_written = is_written
        self._looks: dict[Path, _Look] = {}
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def is_settling(self) -> bool:
        """True while a file is there that is not complete yet: look again soon."""
        return bool(self._looks)

    def complete(self, now: float) -> list[Dropped]:
        """The files complete at ``now`` (seconds since the epoch), oldest first."""
        found = dict(self._candidates())
        self._looks = {path: look for path, look in self._looks.items() if path in found}
        ready = [
            (status.st_mtime, path)
            for path, status in found.items()
            if self._is_complete(path, status.st_size, _identity(status), status.st_mtime, now)
        ]
        for _, path in ready:
            del self._looks[path]
        return [Dropped(path, self._organisation(path)) for _, path in sorted(ready)]

    def _is_complete(
        self, path: Path, size: int, identity: tuple[int, int, int], changed: float, now: float
    ) -> bool:
        look = self._looks.get(path)
        if look is None or look.identity != identity:
            # A file written some time ago and renamed into the folder need not wait again; a date
            # in the future is no proof of anything.
            since = min(changed, now) if look is None and changed <= now else now
            look = self._looks[path] = _Look(identity, since)
        is_written = self._is_written(path)
        if is_written:
            look.since = now
            return False
        quiet = _QUIET_UNSURE_S if is_written is None else _QUIET_S
        if size == 0:
            quiet = max(quiet, _QUIET_EMPTY_S)
        return now - look.since >= quiet

    def _candidates(self) -> Iterator[tuple[Path, stat_result]]:
        for folder in (self.folder, *_folders(self.folder)):
            for path in folder.iterdir():
                try:
                    status = path.lstat()
                except OSError:
                    continue  # gone between the listing and the look
                if stat.S_ISREG(status.st_mode) and not _is_unfinished(path.name):
                    yield path, status

    def _organisation(self, path: Path) -> str | None:
        """The identifier in the folder's name, URL-encoded where it holds odd characters."""
        return None if path.parent == self.folder else unquote(path.parent.name)


def _folders(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.name not in {DONE, REFUSED}
        and not path.name.startswith(".")
        and path.is_dir()
        and not path.is_symlink()
    ]


def _is_unfinished(name: str) -> bool:
    return name.startswith((".", "~")) or name.endswith(_UNFINISHED) or name == RULES_FILE


def _identity(status: stat_result) -> tuple[int, int, int]:
    return status.st_ino, status.st_size, status.st_mtime_ns
