"""The alignment tree: plans, what they promise, the figures that measure it, down to the teams."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilotage.domain.organisation import Organisation
from pilotage.rooms.figure import Bond, Figure, Key, Tie
from pilotage.rooms.tally import Tally, tally, together
from pilotage.rooms.tree import Tree

_RANK = {tie: rank for rank, tie in enumerate(Tie)}


@dataclass(frozen=True)
class Aim:
    """A line of a plan (issue, orientation, axis, objective) and the organisation whose plan it is.

    ``owner`` is none where that organisation is out of sight.
    """

    objective_id: str
    kind: str
    label_fr: str
    label_en: str | None
    owner_id: str
    owner: Organisation | None
    parent_id: str | None


@dataclass(frozen=True)
class Twig:
    """A figure and those that hang under it. ``tie`` is none at the top; ``beside`` are others it
    is tied to upwards, which hold it only once.
    """

    figure: Figure
    tie: Tie | None
    below: tuple["Twig", ...] = ()
    beside: tuple[Figure, ...] = ()

    @property
    def all(self) -> tuple[Figure, ...]:
        """Itself and everything below."""
        return (self.figure, *(one for twig in self.below for one in twig.all))


@dataclass(frozen=True)
class Bough:
    """A line of a plan, the figures that measure it, and the lines below it."""

    aim: Aim
    twigs: tuple[Twig, ...]
    below: tuple["Bough", ...]

    @property
    def tally(self) -> Tally:
        """The figures of the line and of everything below."""
        own = tally(one.standing for twig in self.twigs for one in twig.all)
        return together([own, *(one.tally for one in self.below)])


@dataclass(frozen=True)
class Limb:
    """An organisation with all that is below it.

    ``boughs`` are its own plan and those of the organisations below; ``received`` are lines of
    plans of others, which its figures serve; ``loose`` serve none that is known.
    """

    organisation: Organisation
    plan_fr: str | None
    plan_en: str | None
    boughs: tuple[Bough, ...]
    received: tuple[Bough, ...]
    loose: tuple[Twig, ...]

    @property
    def tally(self) -> Tally:
        """Every figure of the limb."""
        lines = [one.tally for one in (*self.boughs, *self.received)]
        return together([*lines, tally(one.standing for twig in self.loose for one in twig.all)])


def aims(rows: Iterable[Mapping[str, Any]], seen: Tree) -> dict[str, Aim]:
    """Rows of ``cascade_objectives`` by identifier; a parent that is not among them is dropped."""
    listed = list(rows)
    names = {row["objective_id"] for row in listed}
    return {
        row["objective_id"]: Aim(
            row["objective_id"],
            row["kind"],
            row["label_fr"],
            row["label_en"],
            row["owner_id"],
            seen.organisations.get(row["owner_id"]),
            row["parent_id"] if row["parent_id"] in names else None,
        )
        for row in listed
    }


def leaves(known: Mapping[str, Aim]) -> tuple[Aim, ...]:
    """What is promised in the end: the lines that no other line spells out."""
    parents = {one.parent_id for one in known.values()}
    return tuple(one for name, one in known.items() if name not in parents)


def nested(figures: Mapping[Key, Figure], ties: Sequence[Bond], seen: Tree) -> dict[Key, Bond]:
    """The one bond by which each figure hangs: in its own organisation or in one above it.

    The tie that says the most wins. A loop is opened at its first figure.
    """
    inside: dict[str, frozenset[str]] = {}
    best: dict[Key, Bond] = {}
    for one in ties:
        if one.parent is None or one.child is None:
            continue
        above, here = one.parent[1], one.child[1]
        if above not in inside:
            known = above in seen.organisations
            inside[above] = frozenset(seen.subtree(above) if known else (above,))
        if here in inside[above] and (one.child not in best or _says_more(one, best[one.child])):
            best[one.child] = one
    for key in sorted(figures):
        line, bond = {key}, best.get(key)
        while bond is not None and bond.parent is not None:
            if bond.parent == key:
                del best[key]
            if bond.parent in line:
                break
            line.add(bond.parent)
            bond = best.get(bond.parent)
    return best


def _says_more(one: Bond, other: Bond) -> bool:
    return (_RANK[one.tie], one.parent) < (_RANK[other.tie], other.parent)


@dataclass(frozen=True)
class Forest:
    """What limbs are grown from."""

    figures: Mapping[Key, Figure]
    ties: Sequence[Bond]
    hung: Mapping[Key, Bond]
    aims: Mapping[str, Aim]
    plans: Mapping[str, tuple[str, str | None]]  # by owner: the name of its plan
    seen: Tree

    def children(self) -> dict[Key, list[Bond]]:
        """Bonds by the figure they hang under."""
        found: dict[Key, list[Bond]] = {}
        for one in self.hung.values():
            if one.parent is not None:
                found.setdefault(one.parent, []).append(one)
        return found


def limbs(forest: Forest, tops: Sequence[tuple[Organisation, Collection[str]]]) -> tuple[Limb, ...]:
    """One per (organisation, organisations it holds): nobody is in two."""
    children = forest.children()
    upwards: dict[Key, list[Bond]] = {}
    for one in forest.ties:
        if one.parent is not None and one.child is not None:
            upwards.setdefault(one.child, []).append(one)

    def twig(key: Key, tie: Tie | None, parent: Key | None, held: Collection[str]) -> Twig:
        inside = [one for one in children.get(key, ()) if one.child and one.child[1] in held]
        below = [twig(one.child, one.tie, key, held) for one in inside if one.child]
        others = {one.parent for one in upwards.get(key, ())} - {parent, None}
        beside = tuple(forest.figures[one] for one in sorted(filter(None, others)))
        ordered = sorted(below, key=_order)
        return Twig(forest.figures[key], tie, tuple(ordered), beside)

    found = []
    for organisation, held in tops:
        mine = [key for key in forest.figures if key[1] in held]
        roots = [key for key in mine if not _hangs_inside(forest.hung.get(key), held)]
        twigs = sorted((twig(key, None, None, held) for key in roots), key=_order)
        found.append(_limb(forest, organisation, held, twigs))
    return tuple(found)


def _hangs_inside(bond: Bond | None, held: Collection[str]) -> bool:
    return bond is not None and bond.parent is not None and bond.parent[1] in held


def _order(one: Twig) -> tuple[bool, str, str]:
    """What answers for the indicator first, then by organisation and name."""
    figure = one.figure
    return figure.organisation_id != figure.lead_id, figure.indicator_id, figure.organisation_id


def _limb(
    forest: Forest, organisation: Organisation, held: Collection[str], twigs: Sequence[Twig]
) -> Limb:
    by_aim: dict[str, list[Twig]] = {}
    loose = []
    for one in twigs:
        if one.figure.objective_id in forest.aims:
            by_aim.setdefault(one.figure.objective_id or "", []).append(one)
        else:
            loose.append(one)
    own = [one for one in forest.aims.values() if one.owner_id in held]
    others = [
        one for name, one in forest.aims.items() if name in by_aim and one.owner_id not in held
    ]
    plan = forest.plans.get(organisation.organisation_id, (None, None))
    return Limb(
        organisation,
        plan[0],
        plan[1],
        _boughs(own, by_aim),
        tuple(Bough(one, tuple(by_aim[one.objective_id]), ()) for one in others),
        tuple(loose),
    )


def _boughs(own: Sequence[Aim], by_aim: Mapping[str, Sequence[Twig]]) -> tuple[Bough, ...]:
    names = {one.objective_id for one in own}
    children: dict[str | None, list[Aim]] = {}
    for one in own:
        parent = one.parent_id if one.parent_id in names else None
        children.setdefault(parent, []).append(one)

    def bough(one: Aim) -> Bough:
        below = tuple(bough(child) for child in children.get(one.objective_id, ()))
        return Bough(one, tuple(by_aim.get(one.objective_id, ())), below)

    return tuple(bough(one) for one in children.get(None, ()))
