"""Days, hours and periods; a period is anything with ``kind``, ``start`` and ``end``."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton

from pilotage.formats.writing import LOCALES, NBSP, Lang

_ZONE = ZoneInfo("America/Toronto")


class _Span(Protocol):
    @property
    def kind(self) -> int: ...
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...


def _ordinal(text: str, when: date, lang: Lang) -> str:
    return text.replace("1 ", "1er ", 1) if lang == "fr" and when.day == 1 else text


def day(when: date, lang: Lang) -> str:
    """``31 mars 2026``, ``March 31, 2026``."""
    return _ordinal(str(format_date(when, "long", locale=LOCALES[lang])), when, lang)


def short_day(when: date, lang: Lang) -> str:
    """``31 mars``, ``Mar. 31``: where the year is plain."""
    return _ordinal(str(format_skeleton("MMMd", when, locale=LOCALES[lang])), when, lang)


def clock(when: datetime, lang: Lang) -> str:
    """The hour on the clock, as given: ``8 h 02``, ``8:02``."""
    if lang == "fr":
        return f"{when.hour}{NBSP}h{NBSP}{when.minute:02d}"
    return f"{when.hour}:{when.minute:02d}"


def local(when: datetime) -> datetime:
    """A naive UTC moment on the government's clock."""
    return when.replace(tzinfo=UTC).astimezone(_ZONE)


def moment(when: datetime, lang: Lang) -> str:
    """A naive UTC moment, read locally: ``8 nov. 2026 à 6 h 31``."""
    here = local(when)
    on = _ordinal(str(format_date(here, "medium", locale=LOCALES[lang])), here, lang)
    return f"{on} {'à' if lang == 'fr' else 'at'} {clock(here, lang)}"


_HOUR, _DAY, _WEEK, _MONTH, _QUARTER, _FISCAL_QUARTER, _FISCAL_YEAR, _YEAR = range(1, 9)


def _skeleton(text: str, when: date, lang: Lang) -> str:
    return _ordinal(str(format_skeleton(text, when, locale=LOCALES[lang])), when, lang)


def _quarter(span: _Span, lang: Lang) -> str:
    letter = "T" if lang == "fr" else "Q"
    if span.kind == _QUARTER:
        return f"{letter}{(span.start.month + 2) // 3}"
    return f"{letter}{(span.start.month - 4) % 12 // 3 + 1}"


def _fiscal_year(span: _Span) -> str:
    first = span.start.year if span.start.month >= 4 else span.start.year - 1
    return f"{first}-{first + 1}"


def period_label(span: _Span, lang: Lang) -> str:
    """A period in full: ``octobre 2026``, ``T2 2026``, ``10 nov. 2026, 13 h``.

    A quarter of the fiscal year says so: ``T2 de l'exercice 2026-2027``.
    """
    start, kind = span.start, span.kind
    if kind == _HOUR:
        here = local(start)
        hour = f"{here.hour}{NBSP}h" if lang == "fr" else f"{here.hour}:00"
        return f"{_skeleton('yMMMd', here, lang)}, {hour}"
    if kind == _DAY:
        return _skeleton("yMMMd", start, lang)
    if kind == _WEEK:
        word = "semaine du" if lang == "fr" else "week of"
        return f"{word} {_skeleton('yMMMd', start, lang)}"
    if kind == _MONTH:
        return str(format_skeleton("yMMMM", start, locale=LOCALES[lang]))
    year = _fiscal_year(span) if kind in {_FISCAL_QUARTER, _FISCAL_YEAR} else str(start.year)
    if kind == _FISCAL_QUARTER:
        word = "de l'exercice" if lang == "fr" else "of fiscal"
        return f"{_quarter(span, lang)} {word} {year}"
    return f"{_quarter(span, lang)} {year}" if kind == _QUARTER else year


def period_short(span: _Span, lang: Lang) -> str:
    """A period for a column's head: ``oct.``, ``25-26``, ``T2``, ``10 nov.``, ``13 h``."""
    start, kind = span.start, span.kind
    if kind == _HOUR:
        here = local(start)
        return f"{here.hour}{NBSP}h" if lang == "fr" else f"{here.hour}:00"
    if kind in {_DAY, _WEEK}:
        return _skeleton("MMMd", start, lang)
    if kind == _MONTH:
        return str(format_skeleton("MMM", start, locale=LOCALES[lang]))
    if kind in {_QUARTER, _FISCAL_QUARTER}:
        return _quarter(span, lang)
    if kind == _FISCAL_YEAR:
        first = _fiscal_year(span)
        return f"{first[2:5]}{first[7:]}"
    return str(start.year)


_ARTICLES = {_HOUR: "le ", _DAY: "le ", _WEEK: "la ", _QUARTER: "le ", _FISCAL_QUARTER: "le "}


def period_named(span: _Span, lang: Lang) -> str:
    """A period inside a sentence, with the article it asks for: ``la semaine du 2 nov. 2026``."""
    article = _ARTICLES.get(span.kind, "") if lang == "fr" else "the " * (span.kind == _WEEK)
    return f"{article}{period_label(span, lang)}"
