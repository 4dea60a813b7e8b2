"""The list of keys one opens with « ? »."""

from dash import html

from layouts import ids
from layouts.parts import aria, data
from pilotage.i18n import N_, translator
from pilotage.rooms.address import Address

KEYS = (
    (("/",), N_("Rechercher une organisation, un indicateur, un bloquant, une personne…")),
    (("j", "k"), N_("Élément suivant, élément précédent : cartes, lignes du tableau, bloquants")),
    (("←", "↑", "↓", "→"), N_("Passer à la carte voisine, une fois sur une carte")),
    (("Entrée",), N_("Ouvrir l'élément où l'on est")),
    (("Ctrl + Entrée",), N_("Envoyer le formulaire que l'on remplit")),
    (("Échap",), N_("Fermer la fenêtre ou le menu")),
    (("?",), N_("Montrer cette liste")),
)
_NAMES = {"Entrée": N_("Entrée"), "Ctrl + Entrée": N_("Ctrl + Entrée"), "Échap": N_("Échap")}


def dialog(address: Address) -> html.Dialog:
    """Each key and what it does; closed until asked for."""
    _ = translator(address.lang)
    title = html.H2(_("Touches du clavier"), id=f"{ids.KEYS}-title")
    close = html.Button(
        html.Span("×", **aria(hidden=True)),
        type="button",
        className="shut",
        **data(action="close"),
        **aria(label=_("Fermer")),
    )
    rows = []
    for names, words in KEYS:
        drawn: list[html.Kbd | str] = []
        for name in names:
            drawn += [html.Kbd(_(_NAMES[name]) if name in _NAMES else name), " "]
        rows.append(html.Div([html.Dt(drawn), html.Dd(_(words))]))
    note = _("Les lettres et les signes n'agissent pas pendant que l'on écrit dans un champ.")
    return html.Dialog(
        [
            html.Div([title, close], className="ask"),
            html.Dl(rows, className="keys"),
            html.P(note, className="quiet"),
        ],
        id=ids.KEYS,
        className="sheet",
        **aria(labelledby=f"{ids.KEYS}-title"),
    )
