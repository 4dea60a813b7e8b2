"""Who may make which move: how high the role reaches, inside the viewer's own organisations."""

from collections.abc import Mapping

from pilotage.domain.blocker import BlockerState, LadderLevel
from pilotage.domain.viewer import Role, Scope
from pilotage.followup.blocker import Blocker, Move, possible_moves

_HEIGHT: Mapping[Role, LadderLevel] = {
    Role.MANAGER: LadderLevel.TACTICAL,
    Role.DEPUTY_MINISTER: LadderLevel.STRATEGIC,
    Role.CENTRAL: LadderLevel.GOVERNMENT,
}
_RAISERS = frozenset(
    {Role.TEAM_MEMBER, Role.MANAGER, Role.DEPUTY_MINISTER, Role.STEWARD, Role.CENTRAL}
)


def may_raise(scope: Scope, organisation_id: str) -> bool:
    """True when the viewer may raise a blocker in this organisation."""
    return scope.role in _RAISERS and scope.may_see(organisation_id)


def allowed_moves(blocker: Blocker, scope: Scope, author: str) -> frozenset[Move]:
    """The moves this viewer may make now; ``author`` is her name as events record it.

    The owner may act whatever the level (she stays co-owner of what she sent up), except answer in
    the place of the room above. Closing belongs to the originator, else to the line.
    """
    if not scope.may_see(blocker.organisation_id):
        return frozenset()
    moves = possible_moves(blocker)
    in_line = scope.role in _HEIGHT and blocker.level <= _HEIGHT[scope.role]
    allowed: frozenset[Move] = frozenset()
    if in_line:
        allowed = moves
    elif author and blocker.owner == author:
        allowed = moves & {Move.ESCALATE, Move.RESOLVE, Move.REOPEN}
    if author and blocker.state is BlockerState.TAKEN and blocker.owner == author:
        # She has it already.
        allowed -= {Move.TAKE}
    is_originator = bool(author) and blocker.originator == author
    closers = is_originator or (in_line and not blocker.originator)
    allowed -= {Move.CLOSE}
    if closers:
        allowed |= moves & {Move.CLOSE, Move.REOPEN}
    return allowed
