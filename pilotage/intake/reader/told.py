"""Problems as they are found: the first of each code are listed, the others are counted."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from pilotage.intake.problem import Problem

MOST_LISTED = 1_000
"""How many problems of one code are listed; a person mends the first ones and reads again."""

Place = TypeVar("Place")


class Told:
    """What has been found wrong so far. A list of a million sentences helps nobody."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, problem: Problem) -> None:
        """Keep one more problem, or count it where its code has enough."""
        self._counts[problem.code] += 1
        if self._counts[problem.code] <= MOST_LISTED:
            self._problems.append(problem)

    def add_all(
        self, code: str, places: Sequence[Place], problem_at: Callable[[Place], Problem]
    ) -> None:
        """One problem a place; only those that are listed are made."""
        room = max(0, MOST_LISTED - self._counts[code])
        self._problems += map(problem_at, places[:room])
        self._counts[code] += len(places)

    def count(self, code: str, places: int) -> None:
        """Problems of a code that are counted, not listed."""
        self._counts[code] += places

    @property
    def in_order(self) -> tuple[Problem, ...]:
        """The problems listed, in the order of lines."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line or 0))

    @property
    def left_off(self) -> dict[str, int]:
        """How many problems of each code are not listed; only the codes that have some."""
        beyond = {code: count - MOST_LISTED for code, count in self._counts.items()}
        return {code: count for code, count in sorted(beyond.items()) if count > 0}
