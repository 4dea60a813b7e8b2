"""What a recorded process did to its disk (``disk.c``), and what a power cut may leave of it.

The model allows what POSIX allows. What was written and not synced since may be there, absent or
torn, block by block and in any order; a name may be missing until its folder is synced, and with
it all that lies below. What was synced stays. Nothing else is promised, by any file system.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

_HEAD = struct.Struct("<cQqII")
_BLOCK = 4096


@dataclass(frozen=True)
class Change:
    """One call: its ``kind`` as in ``disk.c``, the inode, the offset or size, its texts."""

    kind: str
    inode: int
    offset: int
    first: bytes
    second: bytes

    @property
    def path(self) -> str:
        """The path it names, or where it moves from."""
        return self.first.decode()


def recorded(log: Path) -> Iterator[Change]:
    """The changes of a log, in order."""
    with log.open("rb") as stream:
        while head := stream.read(_HEAD.size):
            kind, inode, offset, first, second = _HEAD.unpack(head)
            yield Change(kind.decode(), inode, offset, stream.read(first), stream.read(second))


@dataclass
class Body:
    """A file's bytes: as synced, and the writes and sizes since."""

    synced: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        """All of it is on disk."""
        for offset, written in self.pending:
            _apply(self.synced, offset, written)
        self.pending = []

    def left(self, chance: Random, torn: float) -> bytes:
        """What a cut leaves: each block of each pending write is there with chance ``torn``."""
        found = bytearray(self.synced)
        for offset, written in self.pending:
            if written is None:
                if chance.random() < torn:
                    _apply(found, offset, None)
                continue
            start = 0
            while start < len(written):
                end = min(len(written), start + _BLOCK - (offset + start) % _BLOCK)
                if chance.random() < torn:
                    _apply(found, offset + start, written[start:end])
                start = end
        return bytes(found)


def _apply(body: bytearray, offset: int, written: bytes | None) -> None:
    if written is None:
        if offset < len(body):
            del body[offset:]
        else:
            body.extend(bytes(offset - len(body)))
        return
    if offset > len(body):
        body.extend(bytes(offset - len(body)))
    body[offset : offset + len(written)] = written


Entry = Body | None
"""A name's file; None for a folder."""


@dataclass
class Folder:
    """The names of a folder: as synced, and what was done to them since, in order."""

    synced: dict[str, Entry] = field(default_factory=dict)
    pending: list[tuple[str, bool, Entry]] = field(default_factory=list)

    def sync(self) -> None:
        """Its names are on disk."""
        self.synced = _named(self.synced, self.pending)
        self.pending = []

    def left(self, kept: int) -> dict[str, Entry]:
        """Its names when the first ``kept`` changes since the sync reached the disk."""
        return _named(self.synced, self.pending[:kept])


def _named(before: dict[str, Entry], changes: list[tuple[str, bool, Entry]]) -> dict[str, Entry]:
    names = dict(before)
    for name, is_there, entry in changes:
        if is_there:
            names[name] = entry
        else:
            names.pop(name, None)
    return names


class Disk:
    """A disk under ``root``, which is there from the start, as its changes are told to it."""

    def __init__(self, root: str) -> None:
        """An empty one."""
        self.root = root
        self.folders: dict[str, Folder] = {root: Folder()}
        self._bodies: dict[int, Body] = {}
        self._now: dict[str, Entry] = {root: None}

    def tell(self, change: Change) -> None:
        """Take one change."""
        match change.kind:
            case "C":
                body = self._bodies[change.inode] = Body()
                self._name(change.path, body)
            case "W":
                body = self._bodies.setdefault(change.inode, Body())
                body.pending.append((change.offset, change.first))
            case "S":
                body = self._bodies.setdefault(change.inode, Body())
                body.pending.append((change.offset, None))
            case "F":
                if change.path in self.folders:
                    self.folders[change.path].sync()
                elif change.inode in self._bodies:
                    self._bodies[change.inode].sync()
            case "M":
                self.folders[change.path] = Folder()
                self._name(change.path, None)
            case "U" | "D":
                self._forget(change.path)
            case "R":
                self._move(change.path, change.second.decode())

    def _name(self, path: str, entry: Entry) -> None:
        folder, name = path.rsplit("/", 1)
        self._now[path] = entry
        self.folders[folder].pending.append((name, True, entry))

    def _forget(self, path: str) -> None:
        folder, name = path.rsplit("/", 1)
        self._now.pop(path, None)
        self.folders[folder].pending.append((name, False, None))
        self.folders.pop(path, None)

    def _move(self, old: str, new: str) -> None:
        if old in self.folders:
            for path in [one for one in self.folders if one == old or one.startswith(f"{old}/")]:
                self.folders[new + path[len(old) :]] = self.folders[path]
        entry = self._now.get(old)
        moved = {p: e for p, e in self._now.items() if p.startswith(f"{old}/")}
        self._name(new, entry)
        self._forget(old)
        for path, inner in moved.items():
            self._now[new + path[len(old) :]] = inner

    def cut(self, to: Path, chance: Random) -> None:
        """Write what a power cut now may leave, into the empty folder ``to``.

        One draw in four loses all that was not synced, one keeps all of it, the others tear.
        """
        torn = chance.choice((0.0, 1.0, 0.5, chance.random()))
        self._write(self.root, to, chance, torn)

    def _write(self, folder: str, to: Path, chance: Random, torn: float) -> None:
        here = self.folders.get(folder)
        if here is None:
            return
        n = len(here.pending)
        kept = round(torn * n) if torn in {0.0, 1.0} else chance.randint(0, n)
        for name, entry in here.left(kept).items():
            if entry is None:
                (to / name).mkdir()
                self._write(f"{folder}/{name}", to / name, chance, torn)
            else:
                (to / name).write_bytes(entry.left(chance, torn))


__all__ = ["Body", "Change", "Disk", "recorded"]
