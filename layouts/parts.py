"""The small pieces every page is made of; each takes words already chosen and draws them.

No colour, size or distance is given here: classes of ``assets/room.css`` carry the look.
"""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from pilotage.domain.status import Standing
from pilotage.i18n import N_, Lang, tongue, translator

Child = str | Component | Sequence["str | Component"]

STANDING_WORDS = {
    Standing.ON_TRACK: N_("en voie"),
    Standing.AT_RISK: N_("à surveiller"),
    Standing.OFF_TARGET: N_("hors cible"),
    Standing.NO_STATUS: N_("sans statut"),
    Standing.MISSING: N_("donnée manquante"),
    Standing.STALE: N_("donnée périmée"),
    Standing.DISPUTED: N_("contestée"),
    Standing.IN_ERROR: N_("en erreur"),
}
"""What each state is called on screen; its shape and colour are the class of the same name."""


def aria(**states: str | bool) -> dict[str, Any]:
    """Attributes ``aria-…`` for a component: ``**aria(label="…", hidden=True)``."""
    return {f"aria-{name}": _written(value) for name, value in states.items()}


def data(**values: str | bool) -> dict[str, Any]:
    """Attributes ``data-…`` for a component, read by the scripts of ``assets/``."""
    return {f"data-{name}": _written(value) for name, value in values.items()}


def _written(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def written(text: str, lang: Lang) -> Child:
    """What people wrote, with its language where the page is in the other one."""
    spoken = tongue(text)
    return text if spoken == lang else html.Span(text, lang=spoken)


def named(fr: str, en: str | None, lang: Lang) -> Child:
    """A title people wrote: in the page's language where it has one, else as it was written."""
    return en if lang == "en" and en else written(fr, lang)


def standing_word(standing: Standing, lang: Lang) -> str:
    """The word beside the shape."""
    return translator(lang)(STANDING_WORDS[standing])


def shape(standing: Standing) -> html.Span:
    """The shape alone, silent for a screen reader; a word must stand beside it."""
    return html.Span(className=f"shape {standing.value}", **aria(hidden=True))


def status(standing: Standing, lang: Lang) -> html.Span:
    """Shape, word and colour together."""
    word = html.Span(standing_word(standing, lang))
    return html.Span([shape(standing), word], className=f"status {standing.value}")


def unseen(text: str) -> html.Span:
    """Words for a screen reader only."""
    return html.Span(text, className="unseen")


def crumb(steps: Sequence[tuple[str, str | None]], lang: Lang) -> html.Nav:
    """Where one is: (label, address) from the top; None where there is no door."""
    _ = translator(lang)
    items = [html.Li(html.A(name, href=href) if href else html.Span(name)) for name, href in steps]
    return html.Nav(html.Ol(items), className="crumb", **aria(label=_("Fil d'Ariane")))


def section(
    title: Child, children: Any, note: Any = None, name: str | None = None, zone: str = ""
) -> html.Section:
    """One zone of a page under one rule: a title, a quiet note at its right, its content.

    ``name`` is an identifier of ``ids.py`` set on the content, for a callback; ``zone`` a class.
    """
    head = html.H2([html.Span(title), html.Small(note)] if note else html.Span(title))
    body = html.Div(children, id=name) if name else html.Div(children)
    return html.Section([head, body], className=f"zone {zone}".strip())


def item(title: Child, detail: Child | None = None, more: Any = None) -> html.Article:
    """One entry of a side column: a title, one quiet line, and what follows."""
    rows: list[Any] = [html.H3(title)]
    if detail:
        rows.append(html.P(detail, className="quiet"))
    return html.Article([*rows, *(more or [])], className="item")


def age_bar(days: int, allowed: int, words: str, *, is_over: bool) -> html.Div:
    """Age against allowance: the mark stands at three quarters, where the allowance ends."""
    scale = max(allowed, 1) * 4 / 3
    # The words beside it say the same, so the drawing keeps silent.
    bar = html.Progress(value=str(min(days, scale)), max=str(scale), **aria(hidden=True))
    said = html.Span([shape(Standing.OFF_TARGET), words] if is_over else words)
    return html.Div([html.Span(bar, className="track"), said], className=over("age", is_over))


def over(name: str, is_over: bool) -> str:
    """A class, and « over » with it when something is past its allowance."""
    return f"{name} over" if is_over else name


def empty(sentence: str, step: Child | None = None) -> html.Div:
    """A designed void: what is not there and what to do about it."""
    rows: list[Any] = [html.P(sentence)]
    if step:
        rows.append(html.P(step, className="quiet"))
    return html.Div(rows, className="empty")


def table(
    heads: Sequence[Child], rows: Sequence[html.Tr], caption: str, kind: str = "", name: str = ""
) -> html.Div:
    """A real table with its caption, in a frame that scrolls by itself on a phone.

    ``name``: under which it is taken away (``sheet.take`` draws the links).
    """
    head = html.Thead(html.Tr([html.Th(cell, scope="col") for cell in heads]))
    drawn = html.Table([html.Caption(caption), head, html.Tbody(list(rows))], className=kind)
    return framed(drawn, caption, name)


def framed(drawn: html.Table, caption: str, name: str = "") -> html.Div:
    """The frame of a table: it scrolls, so it must be reachable by keyboard and have a name."""
    named = data(table=name) if name else {}
    return html.Div(
        drawn, className="scroll", tabIndex=0, role="region", **aria(label=caption), **named
    )


def row(title: Child, cells: Sequence[Any]) -> html.Tr:
    """A line of a table headed by what it is about."""
    return html.Tr([html.Th(title, scope="row"), *(html.Td(cell) for cell in cells)])


def facts(pairs: Sequence[tuple[str, Any]]) -> html.Dl:
    """Names and what they are, as in an indicator's passport."""
    lines = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs]
    return html.Dl(lines, className="facts")


def more(title: str, children: Any, *, is_open: bool = False) -> html.Details:
    """What waits under a line one opens."""
    return html.Details([html.Summary(title), html.Div(children)], open=is_open, className="more")
