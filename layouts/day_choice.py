"""The controls of the day: which day a room shows, and with which earlier one it is compared."""

from datetime import timedelta
from typing import Any

from dash import html

from layouts.parts import aria, data
from pilotage.formats import day
from pilotage.i18n import translator
from pilotage.rooms.address import Address
from pilotage.rooms.day_choice import DayChoice
from pilotage.rooms.frame import Frame


def day_menu(frame: Frame, address: Address) -> html.Details | None:
    """« Au 30 novembre 2026 »: likely days and a field; None where no day is followed."""
    if not frame.past_days:
        return None
    _ = translator(address.lang)
    shown = address.past(frame.today)
    summary = _("Au {day}").format(day=day(shown or frame.today, address.lang))
    links = day_links(frame.past_days, "au", address)
    if shown:
        words = _("Revenir à aujourd'hui")
        links.insert(0, html.Li(html.A(words, href=address.here(au=None, depuis=None))))
    field = day_form(
        "au", _("Un autre jour"), _("Voir ce jour"), (shown or frame.today, frame.today), address
    )
    inside = html.Div([html.Ul(links, className="days"), field])
    return html.Details([html.Summary(summary), inside], className="menu day")


def since_menu(frame: Frame, address: Address) -> html.Details | None:
    """« Qu'est-ce qui a changé depuis… »: likely days and a field; None for a room without it."""
    if not frame.since_days:
        return None
    _ = translator(address.lang)
    shown = address.past(frame.today) or frame.today
    # When this browser was here before is known to it alone: days.js completes the line.
    visit = html.Li(
        html.A([html.Span(_("Ma dernière visite")), html.Small("")], href=address.here()),
        hidden=True,
        **data(visit=frame.today.isoformat(), shown=shown.isoformat()),
    )
    links = [visit, *day_links(frame.since_days, "depuis", address)]
    if "depuis" in address.parameters:
        leave = html.A(_("Ne plus comparer"), href=address.here(depuis=None))
        links.insert(0, html.Li(leave))
    last = shown - timedelta(days=1)
    field = day_form("depuis", _("Un autre jour"), _("Comparer"), (last, last), address)
    summary = html.Summary(_("Qu'est-ce qui a changé depuis…"))
    inside = html.Div([html.Ul(links, className="days"), field])
    return html.Details([summary, inside], className="menu day")


def day_links(choices: tuple[DayChoice, ...], name: str, address: Address) -> list[html.Li]:
    """A link for each day, with its date beside its name; the one shown is marked."""
    _ = translator(address.lang)
    drawn = []
    for one in choices:
        written = one.on.isoformat()
        other: dict[str, str | None] = {"depuis": None} if name == "au" else {}
        current = aria(current=True) if address.parameters.get(name) == written else {}
        words = [html.Span(_(one.name)), html.Small(day(one.on, address.lang))]
        href = address.here(**{**other, name: written})
        drawn.append(html.Li(html.A(words, href=href, **current)))
    return drawn


def day_form(
    name: str, words: str, send: str, days: tuple[Any, Any], address: Address
) -> html.Form:
    """A field for a day, ``days`` being the one it opens on and the last it accepts.

    Dash has no bare field: days.js puts one in the span, which React leaves alone.
    """
    value, last = days
    asked = {"day": name, "label": words, "value": value.isoformat(), "max": last.isoformat()}
    field = html.Span(**data(**asked))
    parts = [html.Span(words, className="quiet"), field, html.Button(send, type="submit")]
    action = address.here(**{name: None})
    return html.Form(parts, action=action, method="GET", className="pick", **data(follow=name))
