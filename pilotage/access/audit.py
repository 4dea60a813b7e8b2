"""What was refused, and to whom; to the log for now, to the journal when it keeps access events."""

import structlog

_log = structlog.get_logger("pilotage.audit")


def refused(reason: str, viewer_id: str | None, path: str, **facts: object) -> None:
    """Write one refusal. ``reason`` is a stable English code, never a sentence."""
    _log.warning("refused", reason=reason, viewer=viewer_id, path=path, **facts)
