"""``python -m tests.bench [SECTION…]``: measure, print, write ``docs/bench.md``."""

import sys
from importlib import import_module

from tests.bench.figure import Skipped
from tests.bench.report import ORDER, keep


def main(asked: list[str]) -> int:
    """Measure the sections asked for (all of them by default); 1 when a bar is not reached."""
    unknown = sorted(set(asked) - set(ORDER))
    if unknown:
        print(f"No section {', '.join(unknown)}; there are {', '.join(ORDER)}.", file=sys.stderr)
        return 2
    is_reached = True
    for name in asked or ORDER:
        try:
            section = import_module(f"tests.bench.{name}").measure()
        except Skipped as why:
            print(f"– {why}")
            continue
        keep(section)
        for figure in section.figures:
            mark = "✓" if figure.is_reached else "✗"
            print(f"{mark} {figure.what}: {figure.measured} (bar {figure.bar}) — {figure.detail}")
            is_reached = is_reached and figure.is_reached
    return 0 if is_reached else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
