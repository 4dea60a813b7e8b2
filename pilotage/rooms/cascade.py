"""The cascade: what is promised, who measures it down to the teams, what hangs on nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pilotage.domain.indicator import Level, Visibility
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound
from pilotage.rooms.address import Address
from pilotage.rooms.alignment import Aim, Forest, Limb, aims, leaves, limbs, nested
from pilotage.rooms.figure import Bond, Key, bonds, figure, served
from pilotage.rooms.hoshin import Matrix, matrix
from pilotage.rooms.memory import remembered
from pilotage.rooms.orphan import Coverage, Orphans, coverage, orphans
from pilotage.rooms.past import is_past, on_asked_day
from pilotage.rooms.standing import standing_tree
from pilotage.rooms.sum_check import Check, copies, history, sum_check, summed
from pilotage.rooms.tree import Tree
from pilotage.store.queries import cascade as queries
from pilotage.store.warehouse import Warehouse


@dataclass(frozen=True)
class Whole:
    """All of the cascade a viewer may see, before a branch of it is chosen."""

    forest: Forest
    promised: tuple[Aim, ...]
    serves: dict[Key, frozenset[str]]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class CascadeRoom:
    """What the cascade page shows on ``judged_on``.

    ``organisation`` is none for the whole government, whose ``limbs`` are one per organisation
    right below it; a branch has one. ``matrix`` is that of a branch. ``parts`` say the coverage of
    each limb. ``is_partial``: the viewer does not see everything there is here.
    """

    organisation: Organisation | None
    government: Organisation | None
    above: tuple[Organisation, ...]
    judged_on: date
    limbs: tuple[Limb, ...]
    checks: tuple[Check, ...]
    orphans: Orphans
    coverage: Coverage
    parts: tuple[tuple[Organisation, Coverage], ...]
    matrix: Matrix | None
    seen: Tree
    is_partial: bool
    is_past: bool = False

    @property
    def is_empty(self) -> bool:
        """True where nothing is promised and nothing measured."""
        return not self.coverage.objectives and not any(one.tally.total for one in self.limbs)


def cascade_room(scope: Scope, warehouse: Warehouse, address: Address) -> CascadeRoom:
    """``/cascade`` and ``/cascade/<organisation>``.

    NotFound for an organisation that does not exist or is out of sight, and for whoever sees none.
    """
    warehouse = on_asked_day(warehouse, address)
    seen = standing_tree(scope, warehouse)
    if not seen.organisations or address.subject not in {None, *seen.organisations}:
        raise NotFound
    here = _chosen(seen, address.subject)
    name = here.organisation_id if here else None
    return remembered(
        scope, warehouse, ("cascade", name), lambda: _room(scope, warehouse, seen, here)
    )


def _chosen(seen: Tree, asked: str | None) -> Organisation | None:
    """The organisation asked for, or the only one there is; none for a government."""
    roots = seen.children.get(None, ())
    here = seen.organisations[asked] if asked is not None else None
    if here is None and len(roots) == 1:
        here = roots[0]
    return None if here is not None and here.kind is OrganisationKind.GOVERNMENT else here


def _room(scope: Scope, warehouse: Warehouse, seen: Tree, here: Organisation | None) -> CascadeRoom:
    whole = remembered(scope, warehouse, "cascade whole", lambda: _whole(scope, warehouse, seen))
    tops = _tops(seen, here)
    held = frozenset(name for _, names in tops for name in names)
    grown = limbs(whole.forest, tops)
    figures, serves, promised = whole.forest.figures, whole.serves, whole.promised
    governments = (
        one for one in seen.organisations.values() if one.kind is OrganisationKind.GOVERNMENT
    )
    return CascadeRoom(
        organisation=here,
        government=next(governments, None),
        above=seen.ancestors(here.organisation_id) if here else (),
        judged_on=warehouse.today,
        limbs=tuple(one for one in grown if one.tally.total or one.boughs),
        checks=tuple(one for one in whole.checks if one.parent.organisation_id in held),
        orphans=orphans(promised, serves, figures, whole.forest.ties, held, seen),
        coverage=coverage(
            promised, serves, figures, held, seen, here.organisation_id if here else None
        ),
        parts=tuple(
            (top, coverage(promised, serves, figures, names, seen, top.organisation_id))
            for top, names in tops
        ),
        matrix=matrix(grown[0], whole.forest.aims, seen) if here else None,
        seen=seen,
        is_partial=not scope.everything or not _sees_all(scope),
        is_past=is_past(warehouse),
    )


def _sees_all(scope: Scope) -> bool:
    return scope.levels == frozenset(Level) and scope.visibilities == frozenset(Visibility)


def _tops(seen: Tree, here: Organisation | None) -> list[tuple[Organisation, Collection[str]]]:
    """The organisations of the page, each with those it holds: a government's are apart."""
    if here is not None:
        return [(here, frozenset(seen.subtree(here.organisation_id)))]
    found: list[tuple[Organisation, Collection[str]]] = []
    for root in seen.children.get(None, ()):
        if root.kind is OrganisationKind.GOVERNMENT:
            found.append((root, frozenset({root.organisation_id})))
            below: Sequence[Organisation] = seen.children.get(root.organisation_id, ())
        else:
            below = (root,)
        found += [(one, frozenset(seen.subtree(one.organisation_id))) for one in below]
    return found


def _whole(scope: Scope, warehouse: Warehouse, seen: Tree) -> Whole:
    rows = [figure(row, warehouse.today) for row in queries.cascade_figures(scope, warehouse)]
    figures = {one.key: one for one in rows}
    ties = bonds(figures, queries.cascade_links(scope, warehouse), seen)
    lines = queries.cascade_objectives(scope, warehouse, warehouse.today)
    known = aims(lines, seen)
    plans = {row["owner_id"]: (row["plan_fr"], row["plan_en"]) for row in lines}
    forest = Forest(figures, ties, nested(figures, ties, seen), known, plans, seen)
    return Whole(forest, leaves(known), served(figures, ties), _checks(scope, warehouse, forest))


def _checks(scope: Scope, warehouse: Warehouse, forest: Forest) -> tuple[Check, ...]:
    """Every sum, what does not add up first, then what is incomplete."""
    wanted = summed(forest.figures, forest.ties)
    names = {one.child[0] for bonds_of in wanted.values() for one in bonds_of if one.child}
    pasts = {
        (row["indicator_id"], row["organisation_id"]): history(row)
        for row in (queries.cascade_history(scope, warehouse, names) if names else ())
    }
    same = copies(forest.ties)
    found = [
        sum_check(
            forest.figures[key],
            [(forest.figures[one], pasts[one]) for one in _children(tied)],
            sum(one.child is None for one in tied),
            same,
        )
        for key, tied in wanted.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.differs, one.is_complete, one.parent.key)))


def _children(tied: Sequence[Bond]) -> list[Key]:
    return [one.child for one in tied if one.child is not None]
