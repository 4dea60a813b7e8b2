"""What is wrong with a header: columns without a name, names that come twice."""

from collections.abc import Sequence

from pilotage.intake.contract import plain_label
from pilotage.intake.reader.fault import at_cell
from pilotage.intake.reader.told import Told


def header_problems(
    labels: tuple[str, ...], line: int, texts: Sequence[Sequence[str]], told: Told
) -> None:
    """Blank labels above data, and labels already seen; ``texts`` are the columns' cells."""
    seen: set[str] = set()
    for n, label in enumerate(labels):
        plain = plain_label(label)
        if not plain:
            if any(texts[n]):
                shown = next(cell for cell in texts[n] if cell)
                told.add(at_cell("blank-label", line, n, labels, shown))
        elif plain in seen:
            told.add(at_cell("duplicate-label", line, n, labels, label))
        seen.add(plain)
