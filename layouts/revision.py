"""The values that were revised: before and after, when, by whom and in which file."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import vocabulary
from layouts.parts import more
from layouts.provenance import figure_words, published, source_link
from pilotage import formats
from pilotage.i18n import translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom
from pilotage.rooms.provenance import ValueRevision

_MOST_SHOWN = 24
_OPEN = 3


def value_revisions(room: IndicatorRoom, address: Address) -> list[Component]:
    """Every value ever revised, the latest first, under a line one opens; nothing without any."""
    _ = translator(address.lang)
    found = room.revisions
    if not found:
        return []
    words = _.plural("{n} valeur révisée", "{n} valeurs révisées", len(found))
    shown = [html.Li(_revision(room, one, address)) for one in found[:_MOST_SHOWN]]
    drawn: list[Any] = [html.Ul(shown, className="targets tiles")]
    if len(found) > _MOST_SHOWN:
        told = _("Les {n} plus récentes sont montrées.").format(n=_MOST_SHOWN)
        drawn.append(html.P(told, className="quiet"))
    is_open = len(found) <= _OPEN
    return [more(words.format(n=len(found)), drawn, is_open=is_open)]


def _revision(room: IndicatorRoom, one: ValueRevision, address: Address) -> list[Any]:
    _ = translator(address.lang)
    lang, source = address.lang, one.after.source
    words = _("{period} : {before} → {after}, le {at} par {author}").format(
        period=formats.period_label(one.period, lang),
        before=figure_words(room, one.before, lang),
        after=figure_words(room, one.after, lang),
        at=published(source.published_at, lang),
        author=vocabulary.author_words(source.author, lang),
    )
    return [words, html.Br(), source_link(source, address, "quiet")]
