"""``python -m pilotage.sample FOLDER [--date DAY] [--seed N]``: the sample government."""

import argparse
from datetime import date
from pathlib import Path

from pilotage.sample.government import write_government


def main() -> int:
    """Write the files and name them; 0."""
    parser = argparse.ArgumentParser(prog="python -m pilotage.sample")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--date", type=date.fromisoformat, default=date.today())
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    for path in write_government(asked.folder, asked.date, asked.seed):
        print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
