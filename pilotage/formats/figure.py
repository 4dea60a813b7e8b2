"""Numbers, rates, targets and sizes."""

from decimal import ROUND_HALF_UP, localcontext

from babel.numbers import format_decimal

from pilotage.formats.unit import unit_word
from pilotage.formats.writing import LOCALES, NBSP, NO_VALUE, Lang

_MANY = 1e7
"""From here on a figure is written in millions; the exact one stays in its title."""


def number(value: float | None, decimals: int | None, lang: Lang) -> str:
    """``1 234,5``; at most three decimals where none are published; a dash for no value.

    What lies half way between two is written away from zero, as people and worksheets do: 12.5 is
    13, not 12.
    """
    if value is None:
        return NO_VALUE
    places = "###" if decimals is None else "0" * decimals
    pattern = "#,##0" + (f".{places}" if places else "")
    with localcontext(rounding=ROUND_HALF_UP):  # babel rounds by the context's own rule
        text = str(format_decimal(value, format=pattern, locale=LOCALES[lang]))
    if not any(letter in "123456789" for letter in text):
        text = text.lstrip("-")  # what rounds to zero has no sign
    signs = str.maketrans({"\N{NARROW NO-BREAK SPACE}": NBSP, "-": "\N{MINUS SIGN}"})
    return text.translate(signs)


def figure(value: float | None, unit: str, decimals: int | None, lang: Lang) -> tuple[str, str]:
    """A number and its unit apart, for a headline; from ten millions on, in millions."""
    if value is None:
        return NO_VALUE, ""
    if abs(value) < _MANY:
        return number(value, decimals, lang), unit_word(unit, value, lang)
    word = unit_word(unit, value, lang)
    millions = (
        "M$" if unit == "$" else f"{'millions' if lang == 'fr' else 'million'} {word}".strip()
    )
    return number(value / 1e6, 1, lang), millions


def joined(figure_text: str, unit: str, lang: Lang) -> str:
    """A number beside its unit: ``40,0 %``, ``$12`` and ``40.0%`` in English."""
    if not unit:
        return figure_text
    if lang == "en" and unit == "%":
        return f"{figure_text}%"
    if lang == "en" and unit in {"$", "M$"}:
        return f"${figure_text}{unit[:-1]}"
    return f"{figure_text}{NBSP}{unit}"


def quantity(value: float | None, unit: str, decimals: int | None, lang: Lang) -> str:
    """A value with its unit, in full: ``17,4 h``; a dash for no value."""
    if value is None:
        return NO_VALUE
    return joined(number(value, decimals, lang), unit_word(unit, value, lang), lang)


def percent(value: float | None, lang: Lang, decimals: int = 0) -> str:
    """A rate already in percent (0-100, may lie outside): ``42 %``."""
    return quantity(value, "%", decimals, lang)


def target_label(
    direction: str,
    low: float | None,
    high: float | None,
    unit: str,
    decimals: int | None,
    lang: Lang,
) -> str:
    """What is aimed at: ``≥ 86,0 %``, ``≤ 14,0 h``, ``14 à 18 °C``; empty without a target."""
    aim = low if low is not None else high
    if aim is None:
        return ""
    if direction == "between" and low is not None and high is not None:
        word = "à" if lang == "fr" else "to"
        first = quantity(low, unit, decimals, lang) if unit == "$" else number(low, decimals, lang)
        return f"{first} {word} {quantity(high, unit, decimals, lang)}"
    if direction == "at_most":
        aim = high if high is not None else aim
    sign = {"at_least": "≥", "at_most": "≤", "between": "≥" if low is not None else "≤"}
    return f"{sign.get(direction, '=')}{NBSP}{quantity(aim, unit, decimals, lang)}"


def size(count: int, lang: Lang) -> str:
    """Bytes in a human measure: ``512 Mio``, ``512 MiB``."""
    letter = "o" if lang == "fr" else "B"
    for factor, prefix in ((2**30, "Gi"), (2**20, "Mi"), (2**10, "Ki")):
        if count >= factor:
            return f"{number(count / factor, 1, lang)}{NBSP}{prefix}{letter}"
    return f"{number(count, 0, lang)}{NBSP}{letter}"
