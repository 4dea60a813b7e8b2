"""Rules that look at a whole row: what each subject may not say.

``condition`` is SQL over the stored columns, ``raw_<field>`` cells and ``ref_…`` columns; it is
false or null for a sound row. ``expected`` is SQL for what the sentence proposes.
"""

from dataclasses import dataclass

from pilotage.intake.cell import INVISIBLE
from pilotage.intake.code import RULES
from pilotage.intake.reference import KEYS, OWNED_BY


@dataclass(frozen=True)
class Rule:
    """One row rule: its code, where it points, when it holds, and what it needs to be judged."""

    code: str
    column: str
    condition: str
    needs: frozenset[str]
    expected: str | None = None
    skips: bool = False

    @property
    def severity(self) -> str:
        """As the code's."""
        return str(RULES[self.code][0])


def _rule(
    code: str,
    column: str,
    condition: str,
    *needs: str,
    expected: str | None = None,
    skips: bool = False,
) -> Rule:
    return Rule(code, column, condition, frozenset({column, *needs}), expected, skips)


_WITHDRAWN = 2

_MEASUREMENTS = (
    _rule(
        "constraint-error",
        "periode",
        "ref_kinds is not null and period_kind is not null"
        " and (ref_kinds & (1 << period_kind)) = 0",
        "indicateur_id",
        expected="frequency",
    ),
    _rule("period-in-future", "periode", "ref_future"),
    _rule(
        "constraint-error",
        "valeur",
        "value < ref_minimum or value > ref_maximum",
        "indicateur_id",
        expected="bounds",
    ),
    _rule(
        "withdraw-needs-comment",
        "statut",
        f"state = {_WITHDRAWN} and (raw_valeur is not null or comment is null)",
    ),
    _rule(
        "empty-value",
        "valeur",
        f"raw_valeur is null and value_text is null and state <> {_WITHDRAWN}",
        skips=True,
    ),
    _rule(
        "numerator-mismatch",
        "valeur",
        "denominator > 0 and abs(value - numerator / denominator"
        " * case when ref_unit in ('%', 'pourcentage', 'percent') then 100"
        " when ref_unit = '‰' then 1000 else 1 end) > greatest(0.011 * abs(value), 0.06)",
        "numerateur",
        "denominateur",
        "indicateur_id",
        expected="ratio",
    ),
)
_TARGETS = (
    _rule("low-above-high", "cible_min", "low > high"),
    _rule(
        "direction-conflict",
        "cible_min",
        "(ref_direction = 'at_most' and low is not null and high is null)",
        "indicateur_id",
        expected="direction",
    ),
    _rule(
        "direction-conflict",
        "cible_max",
        "(ref_direction = 'at_least' and high is not null and low is null)",
        "indicateur_id",
        expected="direction",
    ),
    _rule(
        "target-missing",
        "periode",
        "raw_cible_min is null and raw_cible_max is null and target_text is null",
    ),
)
_BY_SUBJECT = {"mesures": _MEASUREMENTS, "cibles": _TARGETS}


def _not_yours(subject: str) -> Rule:
    own = " or not ref_own" if subject in KEYS else ""
    column, said = OWNED_BY[subject], f"not coalesce(ref_loadable, false){own}"
    # A file without the column says for nobody: the rule holds all the more.
    return Rule("not-yours", column, said, frozenset())


def formula_rule(name: str) -> Rule:
    """Text that a spreadsheet would run: kept as written, told, neutralised on export."""
    starts = f"left(raw_{name}, 1) in ('=', '@', '+', '-')"
    return _rule(
        "formula-text", name, f"({starts} and not regexp_matches(raw_{name}, '^[+-]\\s*[0-9.,]'))"
    )


def invisible_rule(name: str) -> Rule:
    """Text with characters that nobody sees: kept as written, told."""
    return _rule("invisible-char", name, f"regexp_matches(raw_{name}, '{INVISIBLE.pattern}')")


def mixed_rule(name: str, store: str, decimal: str) -> Rule:
    """A number whose one mark is not the column's: read, and told; never an ambiguous one."""
    other, raw = ("." if decimal == "," else ","), f"raw_{name}"
    once = f"length({raw}) - length(replace({raw}, '{other}', '')) = 1"
    seen = f"contains({raw}, '{other}') and not contains({raw}, '{decimal}') and {once}"
    clear = rf"not regexp_full_match({raw}, '\s*[+-]?[1-9]\d{{0,2}}[.,]\d{{3}}%?\s*')"
    return _rule("mixed-decimal", name, f"({seen} and {store} is not null and {clear})")


def rules_of(subject: str, owns_all: bool) -> tuple[Rule, ...]:
    """The row rules of a subject; ``owns_all`` for who may load for everyone."""
    own = () if owns_all else (_not_yours(subject),)
    return own + _BY_SUBJECT.get(subject, ())
