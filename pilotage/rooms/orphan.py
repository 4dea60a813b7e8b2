"""What hangs on nothing, and how much of what is promised is measured, aimed at and passed down.

Of what the viewer may see: whether an organisation is without a figure is only said where its
usual level is one she may see.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.rooms.alignment import Aim
from pilotage.rooms.figure import Bond, Figure, Key
from pilotage.rooms.tree import Tree, usual_level


@dataclass(frozen=True)
class Unpassed:
    """An objective of its own, or received from above, that nobody below an organisation serves."""

    aim: Aim
    organisation: Organisation


@dataclass(frozen=True)
class Orphans:
    """``unmeasured`` objectives, ``aimless`` figures, ``unpassed`` objectives, ``silent`` ones."""

    unmeasured: tuple[Aim, ...] = ()
    aimless: tuple[Figure, ...] = ()
    unpassed: tuple[Unpassed, ...] = ()
    silent: tuple[Organisation, ...] = ()

    @property
    def total(self) -> int:
        """All of them."""
        lists = (self.unmeasured, self.aimless, self.unpassed, self.silent)
        return sum(len(one) for one in lists)


@dataclass(frozen=True)
class Coverage:
    """Counts of objectives and of indicators.

    ``passed`` objectives are served below the organisation that promised them, ``to_team`` ones by
    a team; none where the viewer may not see that level. ``figures`` have a good side, ``aimed``
    of them a target; ``context`` have none to have.
    """

    objectives: int
    measured: int
    passed: int
    to_team: int | None
    figures: int
    aimed: int
    context: int


def orphans(
    promised: Sequence[Aim],
    serves: Mapping[Key, frozenset[str]],
    figures: Mapping[Key, Figure],
    ties: Sequence[Bond],
    held: Collection[str],
    seen: Tree,
) -> Orphans:
    """Among the organisations ``held``; ``promised`` are the lines no other line spells out."""
    by_place = _by_place(serves)
    measured = frozenset(name for names in serves.values() for name in names)
    # What hangs under a figure out of sight may serve an objective out of sight.
    covered = {one.child for one in ties if one.parent is None}
    known = {one.objective_id: one for one in promised}
    aimless = [
        figure
        for key, figure in figures.items()
        if key[1] in held and not serves[key] and key not in covered
    ]
    return Orphans(
        tuple(one for one in promised if one.owner_id in held and one.objective_id not in measured),
        tuple(aimless),
        tuple(_unpassed(known, by_place, held, seen)),
        tuple(
            one
            for name, one in sorted(seen.organisations.items())
            if name in held and name not in by_place and _is_expected(one, seen)
        ),
    )


def _by_place(serves: Mapping[Key, frozenset[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for (_, place), names in serves.items():
        found.setdefault(place, set()).update(names)
    return found


def _is_expected(one: Organisation, seen: Tree) -> bool:
    return one.kind is not OrganisationKind.GOVERNMENT and usual_level(one) in seen.levels


def _unpassed(
    known: Mapping[str, Aim],
    by_place: Mapping[str, set[str]],
    held: Collection[str],
    seen: Tree,
) -> list[Unpassed]:
    found = []
    for place in sorted(by_place.keys() & set(held) & seen.organisations.keys()):
        if not any(_is_expected(one, seen) for one in seen.children.get(place, ())):
            continue
        below = set[str]().union(*(by_place.get(one, ()) for one in seen.subtree(place)[1:]))
        here = seen.organisations[place]
        lost = sorted(
            name
            for name in by_place[place] - below
            if name in known and _comes_down_to(place, known[name], seen)
        )
        found += [Unpassed(known[name], here) for name in lost]
    return found


def coverage(
    promised: Sequence[Aim],
    serves: Mapping[Key, frozenset[str]],
    figures: Mapping[Key, Figure],
    held: Collection[str],
    seen: Tree,
    top: str | None = None,
) -> Coverage:
    """Of the objectives promised by the organisations ``held``, and of their own figures.

    ``top``: the organisation that holds the others. What it receives from above, and serves, is
    then counted as its own to pass down.
    """
    origin = {one.objective_id: one.owner_id for one in promised if one.owner_id in held}
    if top is not None:
        here = frozenset[str]().union(*(names for key, names in serves.items() if key[1] in held))
        origin |= {
            one.objective_id: top
            for one in promised
            if one.objective_id in here - origin.keys() and _comes_down_to(top, one, seen)
        }
    measured, passed, to_team = set[str](), set[str](), set[str]()
    for (_, place), names in serves.items():
        mine = names & origin.keys()
        measured |= mine
        passed |= {name for name in mine if place != origin[name]}
        organisation = seen.organisations.get(place)
        if organisation is not None and organisation.kind is OrganisationKind.TEAM:
            to_team |= mine
    owned = [one for one in figures.values() if one.organisation_id in held]
    sided = [one for one in owned if one.is_aimed]
    sees_teams = Level.OPERATIONAL in seen.levels
    return Coverage(
        objectives=len(origin),
        measured=len(measured),
        passed=len(passed),
        to_team=len(to_team) if sees_teams else None,
        figures=len(sided),
        aimed=sum(one.has_target for one in sided),
        context=len(owned) - len(sided),
    )


def _comes_down_to(place: str, aim: Aim, seen: Tree) -> bool:
    """Its own, or from above: one shared with a neighbour is not; whose owner is unseen may be."""
    line = {place, *(one.organisation_id for one in seen.ancestors(place))}
    return aim.owner_id in line or aim.owner is None
