"""Closing a period: from then on a value of it is a revision, and says why.

An organisation is closed through a day, with all that is below it; the latest day closed by it or
by one above holds. Closing again moves the day, also backwards: the journal keeps each one.
"""

from datetime import date

from pilotage.domain.viewer import Role, Scope
from pilotage.errors import Forbidden, Refused
from pilotage.followup.event import Recorder

KIND = "period_closed"
_LONGEST_NOTE = 500
_CLOSERS = frozenset({Role.DEPUTY_MINISTER, Role.STEWARD, Role.CENTRAL})


def may_close(scope: Scope, organisation_id: str) -> bool:
    """True when the viewer may close and open again the periods of that organisation."""
    return scope.role in _CLOSERS and scope.may_see(organisation_id)


def close_through(
    recorder: Recorder,
    scope: Scope,
    author: str,
    organisation_id: str,
    through: date | None,
    note: str,
    today: date,
) -> int:
    """Close every period that ends on ``through`` or before; None opens all again; the version.

    Raises Forbidden outside the scope, Refused for a day to come or a missing reason.
    """
    if not may_close(scope, organisation_id):
        raise Forbidden(
            "Vous ne pouvez pas clore les périodes de cette organisation.",
            "You may not close the periods of this organisation.",
        )
    if through is not None and through >= today:
        raise Refused(
            "Une période se clôt une fois finie : donnez un jour passé.",
            "A period is closed once it has ended: give a past day.",
        )
    if through is None and not note.strip():
        raise Refused(
            "Dites pourquoi les périodes sont rouvertes.", "Say why the periods are opened again."
        )
    told = {
        "organisation_id": organisation_id,
        "through": through.isoformat() if through else None,
        "note": note.strip()[:_LONGEST_NOTE] or None,
    }
    return recorder.record(KIND, author, told)
