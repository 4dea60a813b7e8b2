"""The frame of every page, and the conventions of this folder.

For whoever adds a page ``x``:

1. ``pilotage/rooms/x.py``: a frozen dataclass and ``x_room(scope, warehouse, address)`` that builds
   it; ``address`` is a ``rooms.address.Address`` (language, date, parameters, links to elsewhere).
2. ``layouts/x.py``: ``title(room, address) -> str`` and ``layout(room, address) -> list`` of what
   stands in ``<main>``: first ``parts.crumb``, ``html.H1``, ``html.P(className="lede")``. Pure.
   A part that changes is a function of its own, with an id of ``ids.py``.
3. ``callbacks/x.py``: ``register(app, warehouse)``, even if it only declares the page; its entry in
   ``callbacks/shell.py`` (``PAGES``) ties path, room and layout together, ``register`` is called in
   ``app.py``, and ids named by callbacks get their place in ``layouts/everything.py``.

Links are plain ``html.A(href=address.link("indicateurs", id, org=…))``: ``assets/shell.js`` follows
them without a reload. A button that only concerns the browser carries ``data-action``. Two columns:
``html.Div([html.Div(main), html.Aside(side)], className="cols")``. Zones: ``parts.section``. Words
for a state: ``parts.status(standing, lang)``. Numbers, days, periods: ``pilotage.formats``, never
by hand. Look: classes of ``assets/room.css`` on the tokens of ``assets/tokens.css``; a page that
needs more brings ``assets/<page>.css``. Never ``style=``, never a colour in Python.
"""

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids, keys, search
from layouts.day_choice import day_menu, since_menu
from layouts.follow import follow_button
from layouts.parts import aria, data
from pilotage.domain.viewer import Viewer
from pilotage.formats import day
from pilotage.i18n import N_, Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.frame import ROLE_WORDS, Frame, Seat
from pilotage.rooms.past import follows_day

DOOR_WORDS = {
    "gouvernement": N_("Gouvernement"),
    "strategique": N_("Stratégique"),
    "tactique": N_("Tactique"),
    "operationnel": N_("Opérationnelle"),
    "cascade": N_("Cascade"),
    "bloquants": N_("Bloquants"),
    "donnees": N_("Données"),
    "questions": N_("Questions"),
    "public": N_("Public"),
}


def shell() -> html.Div:
    """What is on screen before anything is known: the skeleton each page is drawn into.

    No language is known yet, so nothing here carries a word but the two that say « loading ».
    """
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.LIVE_VERSION),
            dcc.Store(id=ids.PAGE_TITLE),
            dcc.Store(id=ids.PAGE_DRAWN),
            dcc.Store(id=ids.SEARCH_ASKED),
            dcc.Store(id=ids.FOLLOW_ASKED),
            _header(),
            html.Main(loading(), id=ids.PAGE, tabIndex=-1),
        ],
        className="shell",
    )


def _header() -> html.Header:
    # flux.js owns the inside of LIVE_STATE: it stands apart from what callbacks redraw.
    live = html.Span(id=ids.LIVE_STATE, className="live", role="status")
    parts = [html.Div(id=ids.HEAD, className="head"), live, html.Div(id=ids.TOOLS)]
    banner = html.Div(id=ids.LIVE_BANNER, className="banner", role="status", hidden=True)
    return html.Header([html.Div(parts, className="bar"), html.Div(id=ids.BAND), banner])


def loading() -> html.Div:
    """The first instants: the place of a page, in both languages."""
    bones = [html.Span(className="bone") for _ in range(6)]
    words = [html.Span("Chargement… "), html.Span("Loading…", lang="en")]
    return html.Div([html.P(words), html.Div(bones, **aria(hidden=True))], className="loading")


def head(frame: Frame, address: Address) -> list[Component]:
    """The name of the house and its doors; the one we stand in is marked."""
    _ = translator(address.lang)
    doors = [
        html.A(
            _(DOOR_WORDS[door.room]),
            href=door.href,
            **(aria(current="page") if door.room == address.room else {}),
        )
        for door in frame.doors
    ]
    return [
        html.A(_("Aller au contenu"), href=f"#{ids.PAGE}", className="skip"),
        html.A(_("Salle de pilotage"), href=frame.home, className="name"),
        html.Nav(doors, **aria(label=_("Salles"))),
    ]


def tools(frame: Frame, address: Address) -> html.Div:
    """Search, language, light or dark, and who looks; the dialogs that keys open."""
    _ = translator(address.lang)
    tongue = ("English", "en") if address.lang == "fr" else ("Français", "fr")
    change = html.A(tongue[0], href=address.in_other_language, lang=tongue[1], hrefLang=tongue[1])
    shade = html.Button(
        html.Span(className="shade", **aria(hidden=True)),
        type="button",
        title=_("Clair ou sombre"),
        **data(action="theme"),
        **aria(label=_("Clair ou sombre")),
    )
    drawn: list[Component] = [change, shade, _who(frame, address), keys.dialog(address)]
    if frame.can_search:
        drawn = [search.button(address), *drawn, search.dialog(address)]
    return html.Div(drawn, className="tools")


def _who(frame: Frame, address: Address) -> Component:
    _ = translator(address.lang)
    here = viewer_words(frame.viewer, frame.place, address.lang)
    if not frame.seats:
        return html.Span(here, className="who")
    seats = [html.Li(_seat(seat, address.lang)) for seat in frame.seats]
    form = html.Form(html.Ul(seats), action=f"/voir-comme?lang={address.lang}", method="POST")
    title = html.P(_("Voir comme"), className="quiet")
    said = html.Summary(html.Span(here), title=here)
    return html.Details([said, html.Div([title, form])], className="who menu")


def _seat(seat: Seat, lang: Lang) -> html.Button:
    words = [html.B(seat.viewer.name), html.Span(viewer_words(seat.viewer, seat.place, lang))]
    current = aria(current=True) if seat.is_current else {}
    return html.Button(words, type="submit", name="viewer", value=seat.viewer.viewer_id, **current)


def viewer_words(viewer: Viewer, place: str | None, lang: Lang) -> str:
    """« Sous-ministre, Santé »: the role and where it holds."""
    role = translator(lang)(ROLE_WORDS[viewer.role])
    return f"{role}, {place}" if place else role


def foreword(is_fictitious: bool, source: str | None, lang: Lang) -> str | None:
    """What the figures are: made up, or whose they are; None where that is not known."""
    _ = translator(lang)
    if is_fictitious:
        return _("Démonstration : les chiffres de ce gouvernement sont fictifs.")
    return _("Source : {name}").format(name=source) if source else None


def band(frame: Frame, address: Address, *, is_page: bool = True) -> list[Component]:
    """What the figures are: made up, or whose they are; and the date when it is not today.

    Where there is no page, there is no day to choose either.
    """
    _ = translator(address.lang)
    words = foreword(frame.is_fictitious, frame.source, address.lang)
    said: list[Component] = [html.P(words)] if words else []
    if not is_page:
        nothing = html.Div(id=ids.FOLLOW, className="follow")
        return [html.Div([*said, nothing], className="band foreword")]
    followed = html.Div(follow_button(frame.follow, address), id=ids.FOLLOW, className="follow")
    menus = [one for one in (since_menu(frame, address), day_menu(frame, address)) if one]
    said.append(html.Div([followed, *menus], className="days-asked"))
    drawn: list[Component] = [html.Div(said, className="band foreword")] if said else []
    if day_words := _asked_day(frame, address):
        today = html.A(_("Revenir à aujourd'hui"), href=address.here(au=None))
        drawn.append(html.P([day_words, " ", today], className="band"))
    return drawn


def _asked_day(frame: Frame, address: Address) -> str:
    """What becomes of the day the address asks for; empty where it asks for none, or today."""
    _ = translator(address.lang)
    written, asked = address.parameters.get("au", ""), address.as_of
    if not written or asked == frame.today:
        return ""
    if asked is None:
        words = _("« {day} » n'est pas une date; cette page montre la situation d'aujourd'hui.")
        return words.format(day=written)
    said = day(asked, address.lang)
    if follows_day(address) and address.past(frame.today):
        words = _(
            "Situation au {day}, d'après ce qui était publié ce jour-là. Les noms, les fiches, "
            "l'organigramme et vos droits sont ceux d'aujourd'hui."
        )
        return words.format(day=said)
    words = _("Cette adresse demande la situation au {day}; cette page montre celle d'aujourd'hui.")
    return words.format(day=said)
