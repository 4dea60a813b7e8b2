"""What ``upload.js`` and the callbacks fill while a file comes in, on any page that takes one."""

import json
from typing import Any

from dash import dcc, html

from layouts import ids
from layouts.parts import aria, data
from pilotage.i18n import Lang, translator


def upload_stores() -> list[dcc.Store]:
    """What the server told of the file: once checked, once loaded."""
    return [dcc.Store(id=ids.DATA_CHECKED), dcc.Store(id=ids.DATA_LOADED)]


def upload_field(lang: Lang, *, is_hidden: bool = False) -> html.Div:
    """The place of the file field; hidden where files come otherwise."""
    words = data(words=upload_words(lang))
    return html.Div(id=ids.DATA_PICK, className="deposit", hidden=is_hidden, **words)


def upload_told(lang: Lang) -> list[Any]:
    """The progress, and the regions that the report fills."""
    named = aria(label=translator(lang)("Avancement"))
    return [
        html.Progress(id=ids.DATA_PROGRESS, max="1", value="0", hidden=True, **named),
        html.P(id=ids.DATA_SAID, role="status", className="quiet"),
        html.Div(id=ids.DATA_OUTCOME, role="status"),
        html.Div(id=ids.DATA_REPORT, **aria(live="polite")),
    ]


def upload_words(lang: Lang) -> str:
    """The sentences upload.js says by itself, as JSON."""
    _ = translator(lang)
    return json.dumps(
        {
            "pick": _("Choisir un fichier (CSV ou .xlsx)"),
            "drop": _("ou le glisser ici"),
            "sending": _("Envoi de {name}…"),
            "checking": _("Vérification de {name}…"),
            "checked": _("Vérification terminée."),
            "loading": _("Versement en cours…"),
            "cut": _("L'envoi s'est interrompu : rien n'a été gardé. Recommencez."),
            "lost": _("Le serveur ne répond pas. Vérifiez la connexion, puis recommencez."),
        },
        ensure_ascii=False,
    )
