"""A copy of the truth — archive, journal, saved profiles — and a home made again from one.

The projection is not copied: it is made again. A backup may be taken while the server writes, and
again into the same folder: what is already there is not copied twice.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pilotage.errors import Refused, Unavailable
from pilotage.store.archive import Archive
from pilotage.store.journal import Journal

JOURNAL, ARCHIVE, PROFILES = "journal.sqlite", "archive", "profiles"
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Copied:
    """What a backup or a restoration holds: version of the journal, files of the archive, bytes."""

    version: int
    files: int
    size_bytes: int


def backup(home: Path, to: Path, progress: Progress | None = None) -> Copied:
    """Copy the truth of a home into the folder ``to``; whole, or as it was before.

    The journal is taken first and named last: every file it speaks of is there by then. Raises
    Refused when there is no home, or when ``to`` lies inside it; OSError when the disk is full.
    """
    of_home(home)
    if to.resolve().is_relative_to(home.resolve()):
        raise Refused(
            f"« {to} » est dans l'installation même. Choisissez un dossier hors d'elle.",
            f"“{to}” is inside the home itself. Choose a folder outside it.",
        )
    to.mkdir(parents=True, exist_ok=True)
    aside = to / f".{JOURNAL}.partial"
    aside.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(home / JOURNAL)) as source,
        closing(sqlite3.connect(aside)) as target,
    ):
        source.backup(target)
        target.execute("pragma journal_mode = delete")
        (version,) = target.execute("select coalesce(max(seq), 0) from events").fetchone()
    copied = _copy_archive(home, to, progress)
    _copy_profiles(home, to)
    _synced(aside)
    aside.replace(to / JOURNAL)
    _synced(to)
    return Copied(version, *copied)


def restore(source: Path, home: Path, progress: Progress | None = None) -> Copied:
    """Lay a backup into a home that holds nothing yet; the projection is made at its next opening.

    Every file is hashed again on the way. Raises Refused when ``source`` is no backup or the home
    is in use; Unavailable when a file is missing or is not what its name says: nothing is laid.
    """
    if not (source / JOURNAL).is_file():
        raise Refused(
            f"« {source} » n'est pas une sauvegarde : {JOURNAL} n'y est pas.",
            f"“{source}” is not a backup: {JOURNAL} is not there.",
        )
    if (home / JOURNAL).exists():
        raise Refused(
            f"« {home} » contient déjà une installation. Restaurez dans un dossier vide.",
            f"“{home}” already holds a home. Restore into an empty folder.",
        )
    broken = [*unsound(source / ARCHIVE, progress)]
    if broken:
        raise Unavailable(
            f"La sauvegarde est abîmée : {broken[0]} n'a pas le contenu que son nom annonce. "
            "Rien n'est restauré ; prenez-en une autre.",
            f"The backup is damaged: {broken[0]} does not hold what its name says. "
            "Nothing is restored; take another one.",
        )
    home.mkdir(parents=True, exist_ok=True)
    copied = _copy_archive(source, home, None)
    _copy_profiles(source, home)
    aside = home / f".{JOURNAL}.partial"
    shutil.copyfile(source / JOURNAL, aside)
    _synced(aside)
    aside.replace(home / JOURNAL)
    _synced(home)
    journal = Journal(home / JOURNAL)
    try:
        return Copied(journal.last_seq, *copied)
    finally:
        journal.close()


def kept_files(archive: Path) -> list[Path]:
    """The files of an archive, without those still arriving, in the order of their names."""
    return sorted(p for p in archive.glob("??/*") if p.is_file() and len(p.name) == 64)


def unsound(archive: Path, progress: Progress | None = None) -> Iterator[str]:
    """The names of the files whose bytes are not those their name is the hash of."""
    files = kept_files(archive)
    for number, path in enumerate(files, 1):
        if Archive.hash_of(path) != path.name:
            yield path.name
        if progress:
            progress(number / len(files))


def of_home(home: Path) -> None:
    """Raise Refused unless a home lies there."""
    if not (home / JOURNAL).is_file():
        raise Refused(
            f"Il n'y a pas d'installation dans « {home} ».", f"There is no home in “{home}”."
        )


def _copy_archive(source: Path, to: Path, progress: Progress | None) -> tuple[int, int]:
    """Copy what is not there yet, each file whole or not at all; how many there are, and bytes."""
    files, size = kept_files(source / ARCHIVE), 0
    for number, path in enumerate(files, 1):
        target = to / ARCHIVE / path.parent.name / path.name
        length = path.stat().st_size
        if not target.exists() or target.stat().st_size != length:
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = target.with_name(f".{path.name}.partial")
            shutil.copyfile(path, aside)
            _synced(aside)
            aside.chmod(0o444)
            aside.replace(target)
        size += length
        if progress:
            progress(number / len(files))
    for folder in {path.parent.name for path in files}:
        _synced(to / ARCHIVE / folder)
    return len(files), size


def _copy_profiles(source: Path, to: Path) -> None:
    if (source / PROFILES).is_dir():
        shutil.copytree(source / PROFILES, to / PROFILES, dirs_exist_ok=True)


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


__all__ = ["Copied", "backup", "kept_files", "restore", "unsound"]
