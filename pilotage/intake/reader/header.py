"""What is wrong with a header: columns without a name, names that come twice."""

from collections.abc import Iterator, Sequence

from pilotage.intake.contract import plain_label
from pilotage.intake.problem import Problem
from pilotage.intake.reader.fault import at_cell


def header_problems(
    labels: tuple[str, ...], line: int, texts: Sequence[Sequence[str]]
) -> Iterator[Problem]:
    """Blank labels above data, and labels already seen; ``texts`` are the columns' cells."""
    seen: set[str] = set()
    for n, label in enumerate(labels):
        plain = plain_label(label)
        if not plain:
            if any(texts[n]):
                shown = next(cell for cell in texts[n] if cell)
                yield at_cell("blank-label", line, n, labels, shown)
        elif plain in seen:
            yield at_cell("duplicate-label", line, n, labels, label)
        seen.add(plain)
