"""Every file received, kept for ever under the SHA-256 of its bytes, read-only and fsynced."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from pilotage.errors import Unavailable
from pilotage.store.durable import make_folder, sync_folder

_BLOCK = 1 << 20
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Kept:
    """A file of the archive: the hash of its bytes, its size in bytes and where it lies."""

    sha256: str
    size_bytes: int
    path: Path


class Archive:
    """The folder of received files: ``ab/abcdef…``; adding the same bytes twice keeps one file."""

    def __init__(self, root: Path) -> None:
        """Open the archive at ``root``, creating the folder."""
        self.root = root
        self._incoming = root / "incoming"
        make_folder(self._incoming)

    def path_of(self, sha256: str) -> Path:
        """Where the file of that hash lies; it may not exist."""
        return self.root / sha256[:2] / sha256

    def found(self, sha256: str) -> Path:
        """Where the file of that hash lies. Raises Unavailable when it is not there."""
        path = self.path_of(sha256)
        if not path.exists():
            raise Unavailable(
                f"Le fichier {sha256[:12]} manque à l'archive. Remettez la dernière copie sûre.",
                f"File {sha256[:12]} is missing from the archive. Put back the last sound copy.",
            )
        return path

    def keep(self, source: Path, progress: Callable[[int], None] | None = None) -> Kept:
        """Copy a file in; the source stays. OSError when the disk is full: nothing is kept."""
        with source.open("rb") as stream:
            return self.keep_blocks(iter(lambda: stream.read(_BLOCK), b""), progress)

    def keep_bytes(self, content: bytes) -> Kept:
        """Keep a small document made here."""
        return self.keep_blocks(iter([content]))

    def keep_blocks(
        self, blocks: Iterator[bytes], progress: Callable[[int], None] | None = None
    ) -> Kept:
        """Keep a stream of blocks: hashed while written, fsynced, then named by its hash."""
        digest, size = hashlib.sha256(), 0
        with NamedTemporaryFile(dir=self._incoming, delete=False) as target:
            try:
                for block in blocks:
                    digest.update(block)
                    target.write(block)
                    size += len(block)
                    if progress:
                        progress(size)
                target.flush()
                os.fsync(target.fileno())
            except BaseException:
                Path(target.name).unlink(missing_ok=True)
                raise
        return self._name(Path(target.name), digest.hexdigest(), size)

    def adopt(self, written: Path) -> Kept:
        """Keep a file written by this server on the same disk: hashed, fsynced and moved in."""
        digest = self.hash_of(written)
        with written.open("rb") as stream:
            os.fsync(stream.fileno())
        return self._name(written, digest, written.stat().st_size)

    @staticmethod
    def hash_of(path: Path) -> str:
        """The SHA-256 of a file's bytes, in hexadecimal."""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def _name(self, written: Path, sha256: str, size: int) -> Kept:
        """Give a synced file its name. One that is there already may be of a try that was cut:
        its bytes are looked at again, and its name is synced like any other.
        """
        path = self.path_of(sha256)
        make_folder(path.parent)
        if path.exists() and path.stat().st_size == size and self.hash_of(path) == sha256:
            written.unlink()
        else:
            written.chmod(_READ_ONLY)
            written.replace(path)
        sync_folder(path.parent)
        return Kept(sha256, size, path)
