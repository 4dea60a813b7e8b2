"""One sentence as an answer: a small page for a person, JSON for a script."""

from collections.abc import Sequence
from html import escape

from starlette.datastructures import Headers, QueryParams
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from pilotage.access.current import Sight
from pilotage.domain.viewer import Role, Viewer
from pilotage.errors import PilotageError
from pilotage.i18n import Lang, language, translator
from pilotage.rooms.frame import ROLE_WORDS

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:1.1rem/1.5 Inter,system-ui,sans-serif;max-width:38rem;margin:15vh auto;
padding:0 1.5rem;color:#16233b;background:#fff}}a{{color:#1d4f91}}small{{color:#55617a}}
@media (prefers-color-scheme:dark){{body{{color:#e8ecf4;background:#10161f}}a{{color:#9cc2ff}}
small{{color:#a8b3c7}}}}header{{display:flex;justify-content:space-between;gap:1.5rem;
padding:1rem 0;font-size:1rem}}header a{{font-weight:600}}main{{margin-top:8vh}}
body{{margin:0 auto}}form{{display:grid;gap:.4rem;padding-top:.5rem}}
summary{{cursor:pointer;text-align:right}}
button{{font:inherit;color:inherit;background:none;border:1px solid #8593a5;border-radius:6px;
padding:.3rem .7rem;text-align:left}}</style></head>
<body><header><a href="{home}">{name}</a>{switch}</header>
<main><h1>{title}</h1><p>{sentence}</p><p><a href="{home}">{back}</a></p>{reference}</main>
</body></html>"""

_FILES = ("/telecharger", "/note/")
"""Doors that give files to people."""


def answer(scope: Scope, error: PilotageError, reference: str | None = None) -> Response:
    """The error's sentence in the language of the address, with its status.

    ``reference`` is the identifier under which the log holds the details.
    """
    lang = language_of(scope)
    if not _wants_page(scope):
        said: dict[str, object] = {"error": type(error).__name__, "sentence": error.sentence(lang)}
        return JSONResponse(said | ({"reference": reference} if reference else {}), error.status)
    sight = scope.get("state", {}).get("sight")
    people = sight.people if isinstance(sight, Sight) else ()
    return HTMLResponse(_page(error, lang, reference, people), error.status)


def language_of(scope: Scope) -> Lang:
    """The language of the request's address."""
    return language(QueryParams(scope.get("query_string", b"")).get("lang"))


def _wants_page(scope: Scope) -> bool:
    path = str(scope["path"])
    accepted = Headers(scope=scope).get("accept", "")
    if path.startswith(_FILES):
        # A browser that follows a link to a file does not always say that it reads pages.
        return "json" not in accepted
    is_machine = path.startswith(("/api/", "/_dash-")) and not path.endswith(".csv")
    return "text/html" in accepted and not is_machine


def _switch(people: Sequence[Viewer], lang: Lang) -> str:
    """The same « voir comme » as every page's header; nothing outside demonstration."""
    if not people:
        return ""
    _ = translator(lang)
    seats = "".join(
        f'<button name="viewer" value="{escape(one.viewer_id)}">'
        f"{escape(one.name)} · {escape(_(ROLE_WORDS[one.role]))}</button>"
        for one in people
        if one.role is not Role.PUBLIC
    )
    action = f"/voir-comme?lang={lang}"
    form = f'<form method="post" action="{action}">{seats}</form>'
    return f"<details><summary>{escape(_('Voir comme'))}</summary>{form}</details>"


def _page(
    error: PilotageError, lang: Lang, reference: str | None, people: Sequence[Viewer] = ()
) -> str:
    _ = translator(lang)
    titles = {
        403: _("Page réservée"),
        404: _("Page introuvable"),
        413: _("Fichier trop volumineux"),
    }
    under = _("Référence à donner à la personne qui vous soutient : {reference}")
    return _PAGE.format(
        lang=lang,
        title=escape(titles.get(error.status, _("La page n'a pas pu être montrée"))),
        sentence=escape(error.sentence(lang)),
        name=escape(_("Salle de pilotage")),
        switch=_switch(people, lang),
        home="/?lang=en" if lang == "en" else "/",
        back=escape(_("Revenir à ma salle")),
        reference=f"<p><small>{escape(under.format(reference=reference))}</small></p>"
        if reference
        else "",
    )
