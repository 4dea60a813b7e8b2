"""What stands where a page cannot be shown: not found, forbidden, failed; and a next step."""

from typing import Any

from dash import html

from pilotage.i18n import N_, translator
from pilotage.rooms.address import Address

_TITLES = {
    403: N_("Cette page n'est pas pour vous"),
    404: N_("Page introuvable"),
    503: N_("Indisponible pour le moment"),
}
FAULT = 500
_FAULT_TITLE = N_("Un imprévu de notre côté")
_FAULT_SENTENCE = N_(
    "La page n'a pas pu être préparée. Réessayez; si cela se répète, donnez la référence."
)


def title(status: int, address: Address) -> str:
    """The fault in a few words."""
    return translator(address.lang)(_TITLES.get(status, _FAULT_TITLE))


def state(status: int, sentence: str, address: Address, reference: str | None = None) -> list[Any]:
    """The sentence, where to go from here, and the log's reference where there is one."""
    _ = translator(address.lang)
    ways: list[Any] = [html.A(_("Ma salle"), href=address.link(), className="button first")]
    if status not in _TITLES:
        ways.append(html.A(_("Réessayer"), href=address.here(), className="button"))
    said = [html.H1(title(status, address), tabIndex=-1), html.P(sentence, className="lede")]
    if reference:
        words = _("Référence : {reference}").format(reference=reference)
        said.append(html.P(words, className="quiet"))
    return [html.Div([*said, html.P(ways, className="actions")], className="fault")]


def fault(address: Address, reference: str) -> list[Any]:
    """Our own failure: one sentence and the identifier under which the log tells more."""
    sentence = translator(address.lang)(_FAULT_SENTENCE)
    return state(FAULT, sentence, address, reference)
