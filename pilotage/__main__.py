"""``python -m pilotage``."""

import sys

from pilotage.cli import main

if __name__ == "__main__":
    sys.exit(main())
