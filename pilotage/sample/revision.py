"""Second thoughts: values that were first published otherwise, and values that were withdrawn."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from pilotage.sample.pool import IndicatorLine
from pilotage.sample.reading import Reading
from pilotage.sample.story import Story

_REVISED_RHYTHMS = {"W", "M", "T", "F", "A"}
_REVISED_SHARE = 0.14
_LEAST_TO_REVISE = 6
_WITHDRAWN_SHARE = 0.015
_FIRST = "Révision après rapprochement des données."
_SECOND = "Seconde révision : dossiers tardifs ajoutés."
_FINAL = "Valeur définitive."
_WITHDRAWN = "Retirée : une région a été comptée deux fois."


def _later(reading: Reading, days: int) -> str:
    return (date.fromisoformat(reading.published[:10]) + timedelta(days=days)).isoformat()


def _as_first_told(reading: Reading, line: IndicatorLine, share: float, state: str = "") -> Reading:
    """The value as it was before it was revised; it differs by at least one published unit."""
    true = reading.value or 0.0
    unit = 10.0**-line.decimals
    low, high = line.bounds
    told = true + (1 if share >= 0 else -1) * max(abs(share * true), unit)
    if not low <= told <= high:
        told = 2 * true - told
    shown = round(min(max(told, low), high), line.decimals) + 0.0
    return replace(reading, value=shown, numerator=None, denominator=None, state=state)


def _revised(
    reading: Reading, line: IndicatorLine, rng: np.random.Generator, anchor: date
) -> list[Reading]:
    """The vintages of one value, oldest first; only those published by the anchor."""
    told = _as_first_told(reading, line, float(rng.normal(0, 0.05)))
    vintages = [told, replace(reading, published=_later(reading, 45), round=1, comment=_FIRST)]
    if rng.random() < 0.3:
        between = _as_first_told(reading, line, float(rng.normal(0, 0.02)))
        vintages[1] = replace(between, published=_later(reading, 45), round=1, comment=_FIRST)
        vintages.append(replace(reading, published=_later(reading, 110), round=2, comment=_SECOND))
    return [one for one in vintages if one.published[:10] <= anchor.isoformat()]


def _settled_provisional(reading: Reading, line: IndicatorLine, anchor: date) -> list[Reading]:
    told = _as_first_told(reading, line, -0.02, state="provisoire")
    final = replace(reading, published=_later(reading, 20), round=1, comment=_FINAL)
    return [told, final] if final.published[:10] <= anchor.isoformat() else [reading]


def _withdrawn(reading: Reading, anchor: date) -> list[Reading]:
    gone = Reading(
        reading.period,
        min(_later(reading, 60), anchor.isoformat()),
        None,
        state="RETIRER",
        comment=_WITHDRAWN,
        round=1,
    )
    return [reading, gone]


def with_revisions(
    sent: list[Reading], line: IndicatorLine, story: Story, anchor: date, rng: np.random.Generator
) -> list[Reading]:
    """The readings and their vintages: some values of the past were first published otherwise."""
    count = len(sent)
    plain = [index for index, one in enumerate(sent) if not one.state and one.value is not None]
    if line.rhythm not in _REVISED_RHYTHMS or count < 2 or len(plain) < 2:
        return sent
    vintages = {index: [one] for index, one in enumerate(sent)}
    if story is Story.PROVISIONAL:
        for index in plain[-3:]:
            vintages[index] = _settled_provisional(sent[index], line, anchor)
    elif rng.random() < _REVISED_SHARE:
        past = plain[:-1][-14:]
        for index in rng.choice(past, size=min(3, len(past)), replace=False):
            vintages[int(index)] = _revised(sent[int(index)], line, rng, anchor)
    elif rng.random() < _WITHDRAWN_SHARE and count > _LEAST_TO_REVISE:
        vintages[count - 4] = _withdrawn(sent[count - 4], anchor)
    return [one for index in range(count) for one in vintages[index]]
