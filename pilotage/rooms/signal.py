"""Whether to react to a figure, read from its verdict's row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilotage.assessment.variation import FEWEST, FIRM
from pilotage.assessment.xmr import REFERENCE, RULE_SETS, XmrSetting
from pilotage.assessment.xmr_rule import LIMIT, SHIFT, TREND, TWO_IN_THREE, UNOBSERVED
from pilotage.domain.signal import Assurance, VariationKind

_RULES = {SHIFT: "shift", TWO_IN_THREE: "two_in_three", TREND: "trend", LIMIT: "limit"}

_STRENGTH = ("trend", "shift", "two_in_three", "limit")
FALSE_RATE = 0.016
"""Share of stable series whose last value is flagged by chance (statistics.md § 1)."""


@dataclass(frozen=True)
class Signal:
    """What the last 48 periods say; lines in the indicator's unit, chances in 0–1.

    ``rule`` is the one the last value answers to, ``is_high`` the side it lies on (or rises to).
    ``drifts``: each value is like the one before, so that signals are no rarity.
    ``shift`` and ``trend``: how many in a row are more than chance under the rules in force;
    ``reach``: how many mean moving ranges the limits stand from the mean.
    ``is_on_trial``: limits of fewer than thirteen values, with neither variation nor assurance.
    """

    known: int
    mean: float | None
    lower: float | None
    upper: float | None
    variation: VariationKind | None
    rule: str | None
    is_high: bool
    assurance: Assurance | None
    is_run: bool
    next_meets: float | None
    next_aim: float | None
    due_meets: float | None
    due_middle: float | None
    due_lower: float | None
    due_upper: float | None
    due_day: date | None
    due_aim: float | None
    drifts: bool = False
    shift: int = REFERENCE.shift
    trend: int = REFERENCE.trend
    reach: float = REFERENCE.constant

    @property
    def is_on_trial(self) -> bool:
        """True where there are limits, and too few values to believe them."""
        return FEWEST <= self.known < FIRM

    @property
    def urgency(self) -> int:
        """How much a turn for the worse asks for attention: 0 for none, 4 past a limit."""
        if self.variation is not VariationKind.CONCERN or self.rule is None:
            return 0
        return _STRENGTH.index(self.rule) + 1

    @property
    def is_special(self) -> bool:
        """True where the last value is more than chance."""
        return self.rule is not None


def signal_of(row: Mapping[str, Any]) -> Signal:
    """A verdict's row as a signal; all of it empty where little is known."""
    setting = _setting(row["rule_version"])
    variation, assurance, cause = row["variation"], row["assurance"], row["cause"] or 0
    return Signal(
        known=row["process_known"] or 0,
        mean=row["process_mean"],
        lower=row["process_lower"],
        upper=row["process_upper"],
        variation=VariationKind(variation) if variation else None,
        rule=_RULES.get(abs(cause)),
        is_high=cause > 0,
        assurance=Assurance(assurance) if assurance else None,
        is_run=bool(row["run_signal"]),
        next_meets=row["next_meets"],
        next_aim=row["next_aim"],
        due_meets=row["due_meets"],
        due_middle=row["due_middle"],
        due_lower=row["due_lower"],
        due_upper=row["due_upper"],
        due_day=row["due_day"],
        due_aim=row["due_aim"],
        drifts=bool(row["drifts"]),
        shift=setting.shift,
        trend=setting.trend,
        reach=setting.constant,
    )


def _setting(version: str) -> XmrSetting:
    """The rules a verdict was made under: « 2026-1 », « 2026-1 abspc »."""
    _number, _space, name = version.partition(" ")
    return RULE_SETS.get(name, REFERENCE)


def is_special(cause: int | None) -> bool:
    """True for the code of a period that is more than chance."""
    return cause not in {None, 0, UNOBSERVED}
