"""Whether somebody is still writing a file, asked of the kernel.

watchfiles does not tell when a file is closed. A *read lease* does better: Linux grants one only
where nobody on this machine, whoever and in whatever container, has the file open for writing.
"""

import errno
import fcntl
import os
import signal
from pathlib import Path

_WRITES = os.O_WRONLY | os.O_RDWR
_NO_LEASE = {errno.EACCES, errno.EPERM, errno.EINVAL, errno.ENOLCK, errno.EOPNOTSUPP}


def is_being_written(path: Path) -> bool | None:
    """True while a writer has it open, False where none has, None where nobody can say.

    None: someone else's file on a file system without leases (NFS), unless /proc shows the writer.
    """
    answer = _by_lease(path)
    if answer is None and _writer_in_proc(path):
        return True
    return answer


def _by_lease(path: Path) -> bool | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # Who opens it while we hold the lease breaks it; by default that signal ends the process.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        # Given back at once: only the answer was wanted.
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        if error.errno in {errno.EAGAIN, errno.EBUSY}:
            return True
        return None if error.errno in _NO_LEASE else True
    finally:
        os.close(descriptor)
    return False


def _writer_in_proc(path: Path) -> bool:
    """True where a process we may look into has it open for writing."""
    try:
        wanted = path.stat()
    except OSError:
        return False
    return any(_is_writing(descriptor, wanted) for descriptor in Path("/proc").glob("[0-9]*/fd/*"))


def _is_writing(descriptor: Path, wanted: os.stat_result) -> bool:
    try:
        found = descriptor.stat()
        if (found.st_dev, found.st_ino) != (wanted.st_dev, wanted.st_ino):
            return False
        told = (descriptor.parents[1] / "fdinfo" / descriptor.name).read_text("ascii")
    except OSError:
        return False
    flags = next((line.split()[1] for line in told.splitlines() if line.startswith("flags:")), "0")
    return bool(int(flags, 8) & _WRITES)
