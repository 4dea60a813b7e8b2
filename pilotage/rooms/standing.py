"""The tree a viewer sees and where its figures stand: read once per version, used by every room."""

from pilotage.domain.viewer import Scope
from pilotage.rooms.branch import Counts, counts_by_organisation
from pilotage.rooms.memory import remembered_facts
from pilotage.rooms.tree import Tree, tree
from pilotage.store.queries import verdicts
from pilotage.store.queries.directory import organisations
from pilotage.store.queries.scoped import Rows
from pilotage.store.warehouse import Warehouse


def standing_tree(scope: Scope, warehouse: Warehouse) -> Tree:
    """The organisations of the scope."""
    return remembered_facts(
        scope, warehouse, "tree", lambda: tree(organisations(scope, warehouse), scope.levels)
    )


def standing_rows(scope: Scope, warehouse: Warehouse) -> Rows:
    """The rows of ``standing_counts`` on the warehouse's judging date."""
    return remembered_facts(
        scope,
        warehouse,
        "standing rows",
        lambda: verdicts.standing_counts(scope, warehouse, warehouse.today),
    )


def standing_figures(scope: Scope, warehouse: Warehouse) -> Counts:
    """Tallies by organisation and level."""
    return remembered_facts(
        scope,
        warehouse,
        "standing figures",
        lambda: counts_by_organisation(standing_rows(scope, warehouse)),
    )
