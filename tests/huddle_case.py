"""The record of a huddle as its form sends it."""

from pilotage.domain.post import RECORD_LINES

CLOSE = {
    "move": "close_huddle",
    "organisation_id": "MSSS",
    "level": "strategic",
    "present:Mme Roy": "on",
    "others": "Zoé Été; <b>x</b>,\nMme Roy",
    "minutes": "14",
} | {f"line{n}": f"Ligne {n}" for n in range(RECORD_LINES)}
