"""What a reading tells: the first problems of each code, and how many there are of each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pilotage.intake.problem import Problem

MOST_OF_A_CODE = 1_000
"""Past a thousand of one kind, one more line says nothing new; their number does."""


@dataclass
class Told:
    """Problems as they come: kept up to the limit of their code, counted beyond."""

    kept: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, problems: Iterable[Problem]) -> "Told":
        """Take these too."""
        for problem in problems:
            code = problem.code
            self.counts[code] += 1
            if self.counts[code] <= MOST_OF_A_CODE:
                self.kept.append(problem)
        return self

    @property
    def in_order(self) -> tuple[Problem, ...]:
        """Those kept, in the order of lines."""
        return tuple(sorted(self.kept, key=lambda problem: problem.line or 0))
