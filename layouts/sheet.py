"""Tables as they are drawn, read again to be taken away; and the pair of links under each.

What a file gives is read from the very table the page shows, drawn for the same viewer at the same
address: there is no second description that could say something else.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.parts import aria, data
from pilotage.formats import NO_VALUE
from pilotage.i18n import translator
from pilotage.reports.sheet import Amount, Cell, Grid, with_units
from pilotage.rooms.address import Address

DOOR = "/telecharger"
FORMATS = ("csv", "xlsx")
_SPACES = re.compile(r"\s+")
_BEFORE = re.compile(r"\s+(?=[,.)\]])")
_HOLES = {"", NO_VALUE}
ASIDE = data(sheet="no")
"""Marks what a cell offers beside what it says, a link to act: it is not taken away."""


def take(address: Address, name: str) -> html.P:
    """« CSV · XLSX » : the table of that name on the page at that address."""
    _ = translator(address.lang)
    told = {"csv": _("Télécharger ce tableau en CSV"), "xlsx": _("Télécharger ce tableau en XLSX")}
    links = [
        html.A(
            end.upper(),
            href=href(address, name, end),
            title=told[end],
            # The browser goes there itself: a file is kept, a refusal is a page to read.
            **data(reload="yes"),
            **aria(label=told[end]),
        )
        for end in FORMATS
    ]
    return html.P([links[0], " · ", links[1]], className="take")


def href(address: Address, name: str, end: str) -> str:
    """Where one file of a table is."""
    asked = {"page": address.here(), "table": name, "format": end}
    lang = {"lang": "en"} if address.lang == "en" else {}
    return f"{DOOR}?{urlencode({**asked, **lang})}"


def grids(drawn: Any, name: str | None, address: Address) -> tuple[Grid, ...]:
    """The tables of that name under what is drawn, in order; every table where ``name`` is none."""
    found = _frames(drawn, name)
    heading = translator(address.lang)("unité ({column})")
    group = translator(address.lang)("Groupe")
    return tuple(with_units(_grid(one, group), heading) for one in found)


def _frames(drawn: Any, name: str | None) -> Iterator[html.Table]:
    """Real tables in their frames (``parts.table``)."""
    if isinstance(drawn, list | tuple):
        for part in drawn:
            yield from _frames(part, name)
    elif isinstance(drawn, Component):
        inside = getattr(drawn, "children", None)
        if isinstance(inside, html.Table) and (name is None or _prop(drawn, "data-table") == name):
            yield inside
        else:
            yield from _frames(inside, name)


def _grid(table: html.Table, group_name: str) -> Grid:
    caption, heads = "", tuple[str, ...]()
    rows: list[tuple[Cell, ...]] = []
    group: Cell = None
    for part in _listed(table.children):
        if isinstance(part, html.Caption):
            caption = _words(part.children)
        elif isinstance(part, html.Thead):
            heads = tuple(_words(cell.children) for cell in _cells(part.children))
        else:
            group = None
            for line in _listed(part.children):
                cells = _cells(line)
                if getattr(cells[0], "scope", None) == "rowgroup":
                    group = _cell(cells[0])
                else:
                    rows.append((group, *(_cell(one) for one in cells)))
    if all(row[0] is None for row in rows):
        return Grid(caption, heads, tuple(row[1:] for row in rows))
    return Grid(caption, (group_name, *heads), tuple(rows))


def _cells(line: Any) -> list[Any]:
    return _listed(_listed(line)[0].children)


def _cell(drawn: Any) -> Cell:
    """What the cell holds: the one figure or day in it where there is nothing else, else its words.

    A dash is how a page draws nothing: it is taken away as nothing.
    """
    leaves = [one for one in _leaves(drawn.children) if not isinstance(one, str) or one.strip()]
    if len(leaves) == 1:
        kept = _kept(leaves[0])
        if kept is not None:
            return kept
    words = _words(drawn.children)
    return None if words in _HOLES else words


def _kept(leaf: Any) -> Amount | date | None:
    if isinstance(leaf, html.Data):
        places = _prop(leaf, "data-decimals")
        unit = _prop(leaf, "data-unit") or ""
        return Amount(
            float(_prop(leaf, "value") or 0), unit, None if places is None else int(places)
        )
    if isinstance(leaf, html.Time):
        return date.fromisoformat(_prop(leaf, "dateTime") or "")
    return None


def _leaves(drawn: Any) -> Iterator[Any]:
    """Texts, figures and days in order; drawings and what is marked ``ASIDE`` left out."""
    if isinstance(drawn, html.Data | html.Time | str):
        yield drawn
    elif isinstance(drawn, int | float):
        yield str(drawn)
    elif isinstance(drawn, list | tuple):
        for part in drawn:
            yield from _leaves(part)
    elif isinstance(drawn, Component) and not _is_silent(drawn):
        yield from _leaves(getattr(drawn, "children", None))


def _words(drawn: Any) -> str:
    """The words of a cell on one line; a quiet line under another is set apart."""
    text = _SPACES.sub(" ", "".join(_said(drawn)).replace("\N{NO-BREAK SPACE}", "\x00")).strip()
    text = _BEFORE.sub("", text.replace(" \x01 ", " · ").replace("\x01", " · "))
    return text.replace("\x00", "\N{NO-BREAK SPACE}").strip(" ·")


def _said(drawn: Any) -> Iterator[str]:
    if isinstance(drawn, str | int | float):
        yield str(drawn)
    elif isinstance(drawn, list | tuple):
        for part in drawn:
            yield from _said(part)
    elif isinstance(drawn, html.Br):
        yield " \x01 "
    elif isinstance(drawn, Component) and not _is_silent(drawn):
        yield " \x01 " if "quiet" in (getattr(drawn, "className", "") or "").split() else " "
        yield from _said(getattr(drawn, "children", None))
        yield " "


def _is_silent(one: Component) -> bool:
    return _prop(one, "aria-hidden") == "true" or _prop(one, "data-sheet") == "no"


def _prop(one: Component, name: str) -> str | None:
    value = getattr(one, name, None)
    return None if value is None else str(value)


def _listed(children: Any) -> list[Any]:
    return list(children) if isinstance(children, list | tuple) else [children]
