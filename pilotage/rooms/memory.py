"""What has been built for one version is kept until the next: rooms are pure, so this is safe.

A key always begins with the digest of the scope: two people share an answer only when they may see
exactly the same.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from pilotage.domain.viewer import Scope
from pilotage.store.warehouse import Warehouse

MOST_KEPT = 256

T = TypeVar("T")
_Shelves = WeakKeyDictionary[Warehouse, "Shelf"]
_shelves, _fact_shelves = _Shelves(), _Shelves()
_lock = Lock()


class Shelf:
    """The answers of one warehouse at its present version and date, the least used going first."""

    def __init__(self) -> None:
        self._moment: Hashable = None
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def take(self, moment: Hashable, key: Hashable) -> object | None:
        """What is kept under that key; None where there is nothing of that moment."""
        with self._lock:
            if moment != self._moment:
                self._moment = moment
                self._kept.clear()
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, moment: Hashable, key: Hashable, answer: object) -> None:
        """Keep an answer, unless a newer version came while it was being built."""
        with self._lock:
            if moment == self._moment:
                self._kept[key] = answer
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)


def remembered(scope: Scope, warehouse: Warehouse, key: Hashable, make: Callable[[], T]) -> T:
    """The answer of ``make`` for this scope, version and judging date; built once."""
    return _taken(_shelves, warehouse, warehouse.version, (scope.digest, key), make)


def remembered_facts(scope: Scope, warehouse: Warehouse, key: Hashable, make: Callable[[], T]) -> T:
    """The same for what hangs on figures, names, plans and rights alone.

    It outlives what people do and write: a blocker raised in a room rebuilds none of its cards.
    """
    return _taken(_fact_shelves, warehouse, warehouse.facts_version, (scope.digest, key), make)


def _taken(
    shelves: _Shelves,
    warehouse: Warehouse,
    version: int,
    full: Hashable,
    make: Callable[[], T],
) -> T:
    with _lock:
        shelf = shelves.setdefault(warehouse, Shelf())
    moment = (version, warehouse.today)
    kept = shelf.take(moment, full)
    if kept is not None:
        return cast(T, kept)
    made = make()
    shelf.put(moment, full, made)
    return made
