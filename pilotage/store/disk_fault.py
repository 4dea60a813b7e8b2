"""A disk that is full, or that fails, said in one sentence instead of as a fault of ours."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from pilotage.errors import DiskFull, PilotageError, Unavailable

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_WORDS = ("No space left", "disk is full", "Disk quota", "errno 28", "Out of disk")
_FAILED_WORDS = (
    "disk I/O error",
    "Input/output error",
    "errno 5]",
    "fsync failed",
    "Could not write",
    "Could not read",
    "has been invalidated",
)


def disk_fault(fault: BaseException) -> Unavailable | None:
    """The sentence for a fault that comes from the disk; None for any other."""
    said = str(getattr(fault, "orig", fault))
    if getattr(fault, "errno", None) in _FULL or any(words in said for words in _FULL_WORDS):
        return DiskFull()
    if getattr(fault, "errno", None) == errno.EIO or any(words in said for words in _FAILED_WORDS):
        return Unavailable(
            "Le disque du serveur a fait défaut : rien n'a été gardé de cette demande. "
            "Recommencez ; si cela se répète, prévenez l'administration.",
            "The server's disk failed: nothing was kept of this request. "
            "Try again; if it happens again, tell the administrators.",
        )
    return None


@contextmanager
def disk_told() -> Iterator[None]:
    """Turn what the disk did inside the block into its sentence; leave every other fault alone."""
    try:
        yield
    except PilotageError:
        raise
    except Exception as fault:
        said = disk_fault(fault)
        if said is None:
            raise
        raise said from fault


def kept_but_unseen() -> Unavailable:
    """The sentence for a request the journal holds and the projection could not show."""
    return Unavailable(
        "La demande est enregistrée, mais le disque a fait défaut et elle ne se voit pas encore. "
        "Elle paraîtra d'elle-même ; si elle tarde, prévenez l'administration.",
        "The request is recorded, but the disk failed and it does not show yet. "
        "It will show by itself; if it is slow to, tell the administrators.",
    )


__all__ = ["disk_fault", "disk_told", "kept_but_unseen"]
