"""The public page: what will be published, said before it is."""

from typing import Any

from dash import html

from layouts.parts import facts, section
from pilotage.i18n import translator
from pilotage.rooms.address import Address


def title(room: None, address: Address) -> str:
    """The name of the page."""
    del room
    return translator(address.lang)("Les résultats du gouvernement, bientôt ici")


def layout(room: None, address: Address) -> list[Any]:
    """A promise one can hold the house to: what, when, in which form."""
    _ = translator(address.lang)
    lede = _(
        "Rien n'est encore publié. Voici ce qui le sera, une fois approuvé par chaque ministère."
    )
    what = [
        (_("Indicateurs"), _("Ceux que leur ministère déclare publics, avec leur définition.")),
        (_("Cibles"), _("La cible, son échéance, et chaque fois qu'elle a été modifiée.")),
        (_("Résultats"), _("La valeur, la période, l'état, et ce qui manque, dit comme tel.")),
        (_("Provenance"), _("Le système officiel et la date de publication de chaque chiffre.")),
    ]
    how = [
        (_("Forme"), _("Des pages en langage clair et les mêmes données en CSV.")),
        (_("Moment"), _("Une publication datée, qui ne change plus; la suivante s'ajoute.")),
        (_("Langues"), _("En français et en anglais.")),
    ]
    return [
        html.H1(title(room, address), tabIndex=-1),
        html.P(lede, className="lede"),
        html.Div(
            [section(_("Ce qui sera publié"), facts(what)), section(_("Comment"), facts(how))],
            className="cols",
        ),
        html.P(
            html.A(_("Nos chances tiennent-elles parole ?"), href=address.link("calibration")),
            className="since",
        ),
    ]
