"""From a viewer to the frozen scope through which everything is read (security, section 1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pilotage.domain.indicator import Level, Visibility
from pilotage.domain.organisation import Organisation
from pilotage.domain.viewer import Role, Scope, Viewer

_EVERY_LEVEL = frozenset(Level)
_EVERY_VISIBILITY = frozenset(Visibility)
_WITHIN_GOVERNMENT = frozenset({Visibility.PUBLIC, Visibility.GOVERNMENT})
_WITHIN_MINISTRY = _WITHIN_GOVERNMENT | {Visibility.ORGANISATION}


@dataclass(frozen=True)
class Reach:
    """What a role opens: which levels and visibilities, over everything or over a subtree."""

    levels: frozenset[Level]
    visibilities: frozenset[Visibility]
    sees_everything: bool = False
    sees_subtree: bool = False
    loads_subtree: bool = False


REACH = {
    # Nothing is public before its publication; the published snapshot will come with its own door.
    Role.PUBLIC: Reach(frozenset({Level.STRATEGIC}), frozenset({Visibility.PUBLIC})),
    Role.TEAM_MEMBER: Reach(frozenset({Level.OPERATIONAL}), _EVERY_VISIBILITY, sees_subtree=True),
    Role.MANAGER: Reach(
        frozenset({Level.TACTICAL, Level.OPERATIONAL}),
        _EVERY_VISIBILITY,
        sees_subtree=True,
        loads_subtree=True,
    ),
    # What a team keeps to itself stops at its manager.
    Role.DEPUTY_MINISTER: Reach(_EVERY_LEVEL, _WITHIN_MINISTRY, sees_subtree=True),
    Role.STEWARD: Reach(_EVERY_LEVEL, _EVERY_VISIBILITY, sees_subtree=True, loads_subtree=True),
    Role.CENTRAL: Reach(
        frozenset({Level.STRATEGIC, Level.TACTICAL}), _WITHIN_GOVERNMENT, sees_everything=True
    ),
    Role.AUDITOR: Reach(_EVERY_LEVEL, _EVERY_VISIBILITY, sees_everything=True),
    Role.ADMINISTRATOR: Reach(frozenset(), frozenset()),
}


def scope_of(viewer: Viewer, organisations: Iterable[Organisation]) -> Scope:
    """What the viewer may read and load, given the organisations that exist.

    A viewer whose organisation is not among them sees nothing.
    """
    reach = REACH[viewer.role]
    below = subtree(viewer.organisation_id, organisations)
    return Scope(
        viewer_id=viewer.viewer_id,
        role=viewer.role,
        everything=reach.sees_everything,
        organisation_ids=below if reach.sees_subtree else frozenset(),
        levels=reach.levels,
        visibilities=reach.visibilities,
        published_only=viewer.role is Role.PUBLIC,
        loads_everything=False,
        loadable=below if reach.loads_subtree else frozenset(),
    )


def subtree(root_id: str | None, organisations: Iterable[Organisation]) -> frozenset[str]:
    """The organisation and everything below it; empty where it is unknown. Cycles do no harm."""
    children: dict[str | None, list[str]] = defaultdict(list)
    known = set()
    for organisation in organisations:
        known.add(organisation.organisation_id)
        children[organisation.parent_id].append(organisation.organisation_id)
    if root_id not in known:
        return frozenset()
    found: set[str] = set()
    waiting = [root_id]
    while waiting:
        organisation_id = waiting.pop()
        if organisation_id is not None and organisation_id not in found:
            found.add(organisation_id)
            waiting.extend(children[organisation_id])
    return frozenset(found)
