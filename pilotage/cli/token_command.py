"""Commands on the tokens of machines: issue, list, revoke; through the server where one runs."""

import importlib
from pathlib import Path
from typing import Annotated, Any

import typer

from pilotage.access.operator import OPERATOR
from pilotage.cli.option import Home, Language, home_of, lang_of, opened
from pilotage.i18n import N_, Lang, translator

app = typer.Typer(help=N_("Les jetons des systèmes qui versent par /api/loads."))


def issue(
    name: Annotated[str, typer.Argument(help=N_("Le système qui s'en sert."))],
    organisation: Annotated[
        str, typer.Option("--organisation", help=N_("Pour elle, et ce qui en dépend."))
    ],
    days: Annotated[int, typer.Option("--days", help=N_("Durée en jours, 366 au plus."))] = 90,
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Issue a token; its secret is shown this once."""
    said, place = lang_of(lang), home_of(home)
    _ = translator(said)
    asked = {"name": name, "organisation_id": organisation, "days": days}
    told = _server(place, f"/api/tokens?lang={said}", asked)
    if told is None:
        with opened(place) as warehouse:
            keeper = _keeper(warehouse)
            secret, token = keeper.issue(OPERATOR.viewer_id, name, organisation, days)
            told = {"secret": secret, **_routes().said(token)}
    print(told["secret"])
    print(
        _(
            "Jeton {token} pour « {name} », {organisation}, jusqu'au {day}."
            " Gardez le secret ci-dessus : il n'est montré que cette fois."
        ).format(
            token=told["token_id"],
            name=told["name"],
            organisation=told["organisation_id"],
            day=told["expires_at"][:10],
        )
    )


def list_tokens(home: Home = None, lang: Language = "fr") -> None:
    """Say every token: its name, its organisation, whether it still stands."""
    said, place = lang_of(lang), home_of(home)
    told = _server(place, "/api/tokens")
    if told is None:
        with opened(place) as warehouse:
            told = {"tokens": [_routes().said(one) for one in _keeper(warehouse).all()]}
    if not told["tokens"]:
        print(translator(said)("Aucun jeton n'a été émis."))
    for token in told["tokens"]:
        print(_line(token, said))


def revoke(
    token_id: Annotated[str, typer.Argument(help=N_("L'identifiant que dit « token list »."))],
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """End a token at once."""
    said, place = lang_of(lang), home_of(home)
    quoted = importlib.import_module("urllib.parse").quote(token_id, safe="")
    told = _server(place, f"/api/tokens/{quoted}/revoke?lang={said}", {})
    if told is None:
        with opened(place) as warehouse:
            token = _keeper(warehouse).revoke(OPERATOR.viewer_id, token_id)
            told = _routes().said(token)
    words = translator(said)("Jeton {token} révoqué : il n'ouvre plus rien.")
    print(words.format(token=told["token_id"]))


def _line(token: dict[str, Any], lang: Lang) -> str:
    _ = translator(lang)
    words = _("révoqué") if token["is_revoked"] else _("jusqu'au {day}")
    until = words.format(day=token["expires_at"][:10])
    return f"{token['token_id']}  {token['name']}  {token['organisation_id']}  {until}"


def _server(home: Path, address: str, asked: Any = None) -> dict[str, Any] | None:
    remote = importlib.import_module("pilotage.web.remote")
    told: dict[str, Any] | None = remote.ask_server(home, address, asked)
    return told


def _keeper(warehouse: Any) -> Any:
    return importlib.import_module("pilotage.web.token_keeper").TokenKeeper(warehouse)


def _routes() -> Any:
    return importlib.import_module("pilotage.web.tokens")


app.command("issue", help=N_("Émettre un jeton : son secret n'est montré qu'une fois."))(issue)
app.command("list", help=N_("Dire les jetons émis, jamais leurs secrets."))(list_tokens)
app.command("revoke", help=N_("Révoquer un jeton sur-le-champ."))(revoke)
