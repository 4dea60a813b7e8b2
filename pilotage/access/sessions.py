"""Sessions: an opaque identifier in the browser, everything else on the server.

Kept in a small file so that pages opened before a restart are recognised after it; only the
identifier's SHA-256 is kept, so the file signs nobody in.
"""

import secrets
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

LIFETIME_S = 12 * 3600
_MOST_KEPT = 20_000


class Sessions:
    """Open sessions; safe to use from several threads. ``clock`` gives seconds since the epoch."""

    def __init__(self, file: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        """Sessions of ``file``, or in memory where none is given."""
        self._clock = clock
        self._lock = threading.Lock()
        self._watching: dict[str, set[Callable[[], None]]] = defaultdict(set)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
        self._kept = sqlite3.connect(
            file or ":memory:", check_same_thread=False, isolation_level=None
        )
        # Losing the last sessions in a power cut costs a sign-in, nothing else: no need to sync.
        self._kept.execute("pragma synchronous = off")
        self._kept.execute(
            "create table if not exists sessions "
            "(digest text primary key, viewer_id text not null, expires_at real not null)"
        )
        self._open: dict[str, tuple[str, float]] = {
            digest: (viewer_id, expires_at)
            for digest, viewer_id, expires_at in self._kept.execute(
                "select digest, viewer_id, expires_at from sessions where expires_at > ?",
                (clock(),),
            )
        }

    def open(self, viewer_id: str) -> str:
        """Start a session; its identifier is always new, never given from outside."""
        identifier = secrets.token_urlsafe(32)
        digest, expires_at = _digest(identifier), self._clock() + LIFETIME_S
        with self._lock:
            self._make_room()
            self._open[digest] = (viewer_id, expires_at)
            self._kept.execute(
                "insert into sessions values (?, ?, ?)", (digest, viewer_id, expires_at)
            )
        return identifier

    def viewer_id(self, identifier: str | None) -> str | None:
        """Whose session this is; None for an unknown, closed or expired one."""
        if not identifier:
            return None
        viewer_id, expires_at = self._open.get(_digest(identifier), (None, 0.0))
        return viewer_id if expires_at > self._clock() else None

    def close(self, identifier: str | None) -> None:
        """Revoke the session at once; an unknown one is left alone."""
        if identifier:
            with self._lock:
                self._forget(_digest(identifier))
            for closed in tuple(self._watching.pop(_digest(identifier), ())):
                closed()

    def watch(self, identifier: str, closed: Callable[[], None]) -> Callable[[], None]:
        """Call ``closed`` when the session is revoked; answers how to stop watching."""
        digest = _digest(identifier)
        self._watching[digest].add(closed)

        def stop() -> None:
            self._watching[digest].discard(closed)
            if not self._watching[digest]:
                del self._watching[digest]

        return stop

    def stop(self) -> None:
        """Let go of the file."""
        self._kept.close()

    def _make_room(self) -> None:
        now = self._clock()
        if len(self._open) < _MOST_KEPT:
            return
        for digest in [one for one, (_, expires_at) in self._open.items() if expires_at <= now]:
            self._forget(digest)
        while len(self._open) >= _MOST_KEPT:
            self._forget(next(iter(self._open)))

    def _forget(self, digest: str) -> None:
        self._open.pop(digest, None)
        self._kept.execute("delete from sessions where digest = ?", (digest,))


def _digest(identifier: str) -> str:
    return sha256(identifier.encode("utf-8", "surrogateescape")).hexdigest()
