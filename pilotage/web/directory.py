"""The organisations and how many indicators are judged in each, kept in memory between versions."""

from collections.abc import Sequence

from pilotage.access.operator import OPERATOR
from pilotage.access.viewers import Counts
from pilotage.domain.organisation import Organisation
from pilotage.store.queries.directory import indicator_counts, organisations
from pilotage.store.warehouse import Warehouse


class StandingDirectory:
    """Answers from memory; ``refresh`` reads again and may be called from any thread."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Read once now."""
        self._warehouse = warehouse
        self._known: tuple[int, Sequence[Organisation], Counts] = (0, (), {})
        self.refresh()

    def __call__(self) -> tuple[int, Sequence[Organisation], Counts]:
        """A number that grows with every change, the organisations, the counts."""
        return self._known

    def refresh(self) -> None:
        """Read again; the number stays where nothing changed, so that scopes are kept."""
        found = organisations(OPERATOR, self._warehouse)
        counts = indicator_counts(OPERATOR, self._warehouse)
        number, before, counted = self._known
        if (found, counts) != (before, counted) or number == 0:
            self._known = (number + 1, found, counts)
