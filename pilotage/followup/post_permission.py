"""Who may explain a gap, comment, recognise, correct and withdraw: inside one's own scope."""

from pilotage.domain.indicator import Level
from pilotage.domain.post import Post, PostKind
from pilotage.domain.viewer import Role, Scope
from pilotage.followup.permission import may_raise

_LINE = frozenset({Role.MANAGER, Role.DEPUTY_MINISTER})


def may_explain(scope: Scope, organisation_id: str, author: str, owner: str | None) -> bool:
    """True for the line of the organisation, and for the indicator's owner by her name."""
    is_owner = bool(owner) and author == owner
    return may_raise(scope, organisation_id) and (scope.role in _LINE or is_owner)


def may_write(scope: Scope, organisation_id: str) -> bool:
    """True where the viewer may comment and recognise: wherever she may raise a blocker."""
    return may_raise(scope, organisation_id)


def may_hold(scope: Scope, organisation_id: str, level: Level | None) -> bool:
    """True for those who meet there; the Treasury Board writes no one else's record."""
    meets = scope.role is not Role.CENTRAL and level in scope.levels
    return meets and may_raise(scope, organisation_id)


def may_revise(scope: Scope, post: Post, author: str, owner: str | None = None) -> bool:
    """True for who wrote it; an explanation is also corrected by whoever may explain.

    Nobody puts words in another's mouth: the line may withdraw a comment, not rewrite it.
    """
    if post.is_withdrawn:
        return False
    if post.kind is PostKind.EXPLANATION:
        return may_explain(scope, post.organisation_id, author, owner)
    return may_write(scope, post.organisation_id) and _is_hers(scope, post)


def may_withdraw(scope: Scope, post: Post) -> bool:
    """True for who wrote it, and for the line above; an explanation is corrected, not withdrawn."""
    if post.is_withdrawn or post.kind is PostKind.EXPLANATION:
        return False
    is_line = scope.role in _LINE
    return may_write(scope, post.organisation_id) and (is_line or _is_hers(scope, post))


def _is_hers(scope: Scope, post: Post) -> bool:
    return bool(post.author_id) and scope.viewer_id == post.author_id
