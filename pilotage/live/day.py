"""Midnight: a server that stays up judges everything by the new day, and its pages are told."""

import threading

import structlog

from pilotage.store.warehouse import Warehouse

_LOOK_EVERY_S = 20.0
_log = structlog.get_logger("pilotage.live")


def turn_days(warehouse: Warehouse, stop: threading.Event, every_s: float = _LOOK_EVERY_S) -> None:
    """Turn the day whenever it has changed, until ``stop`` is set. Blocks.

    Never raises: what fails at one look is tried again at the next.
    """
    shown = None
    while not stop.wait(every_s):
        today = warehouse.today
        if today == shown:
            continue
        try:
            warehouse.turn_day()
            shown = today
        except Exception as error:
            _log.error("day", exc_info=error)
