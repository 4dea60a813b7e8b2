"""The command line: 0 when all is well, 1 when problems were found, 2 when misused."""

from pilotage.cli.entry import app, main

__all__ = ["app", "main"]
