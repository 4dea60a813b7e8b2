"""Who asks for an approval, whose, and who signs in whose place."""

from datetime import date

from pilotage.domain.viewer import Role, Scope
from pilotage.errors import Forbidden, Refused
from pilotage.followup.event import Recorder

RULE, DELEGATION = "sign_off_rule", "sign_off_delegation"
_LONGEST_DAYS = 366
_RULERS = frozenset({Role.DEPUTY_MINISTER, Role.STEWARD})


def may_rule(scope: Scope, organisation_id: str) -> bool:
    """True when the viewer says what the values of that organisation wait for."""
    return scope.role in _RULERS and scope.may_see(organisation_id)


def ask_approval(
    recorder: Recorder,
    scope: Scope,
    organisation_id: str,
    indicator_id: str | None,
    approver: str | None,
) -> int:
    """Values of the organisation and below, or one indicator's, wait for that person; the version.

    ``approver`` None asks for none. What waits already goes on waiting. Raises Forbidden.
    """
    if not may_rule(scope, organisation_id):
        raise Forbidden(
            "Vous ne réglez pas les approbations de cette organisation.",
            "You do not set the approvals of this organisation.",
        )
    told = {
        "organisation_id": organisation_id,
        "indicator_id": indicator_id,
        "approver": approver,
    }
    return recorder.record(RULE, scope.viewer_id, told)


def delegate(
    recorder: Recorder,
    scope: Scope,
    approver: str,
    to: str,
    between: tuple[date, date],
    today: date,
) -> int:
    """``to`` signs in the place of ``approver`` between two days, both included; the version.

    Raises Forbidden for someone else's signature, Refused for days that make no absence.
    """
    starts_on, ends_on = between
    if scope.viewer_id != approver and not scope.loads_everything:
        raise Forbidden(
            "On ne délègue que sa propre signature.", "One delegates one's own signature only."
        )
    if to == approver:
        raise Refused("Choisissez une autre personne.", "Choose someone else.")
    if ends_on < max(starts_on, today) or (ends_on - starts_on).days > _LONGEST_DAYS:
        raise Refused(
            "La délégation va d'un jour à un autre, à venir, en moins d'un an.",
            "A delegation goes from one day to a later one, not past, within a year.",
        )
    told = {
        "approver": approver,
        "delegate": to,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
    }
    return recorder.record(DELEGATION, scope.viewer_id, told)
