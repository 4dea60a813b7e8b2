"""The log: one JSON object a line, in the home, where details of faults and refusals are kept."""

import logging
from pathlib import Path

import structlog


def configure_log(home: Path) -> None:
    """Send structlog to ``<home>/logs/pilotage.log``; warnings of libraries go there too."""
    folder = home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "pilotage.log").open("a", encoding="utf-8", buffering=1)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(file),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(filename=folder / "libraries.log", level=logging.WARNING)
