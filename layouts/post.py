"""What people wrote, drawn: text that stays text, who and when, and the pieces of its forms."""

import json
from typing import Any

from dash import html

from layouts.parts import data
from pilotage import formats
from pilotage.domain.post import LONGEST_BODY, LONGEST_NAME, Post
from pilotage.i18n import N_, tongue, translator
from pilotage.rooms.address import Address
from pilotage.rooms.post import Version
from pilotage.rooms.post_action import Posted, PostOutcome

POST_WORDS = {
    PostOutcome.KEPT: N_("C'est écrit."),
    PostOutcome.CORRECTED: N_("C'est corrigé ; la version d'avant reste lisible."),
    PostOutcome.WITHDRAWN: N_("C'est retiré ; la raison reste écrite."),
    PostOutcome.NOT_ALLOWED: N_("Vous ne pouvez pas écrire ceci ici. Votre texte n'est pas gardé."),
    PostOutcome.NOT_UNDERSTOOD: N_("La demande n'a pas été comprise. Rechargez la page."),
    PostOutcome.WORDS_MISSING: N_("Il manque des mots."),
    PostOutcome.ACTION_MISSING: N_("Dites aussi ce qui se fait pour revenir à la cible."),
    PostOutcome.TOO_LONG: N_(
        "C'est trop long : {most} caractères au plus par texte, {few} pour un nom ou une raison."
    ),
    PostOutcome.DATE_PAST: N_("La date de retour à la cible est passée : choisissez-en une autre."),
    PostOutcome.TIE_MISSING: N_(
        "Dites à quoi il tient : un indicateur, un bloquant ou une pratique."
    ),
    PostOutcome.LINES_MISSING: N_("Un compte rendu a cinq lignes : aucune ne peut être vide."),
    PostOutcome.WITHDRAWN_ALREADY: N_("Ce texte a été retiré entre-temps."),
    PostOutcome.CHANGED_MEANWHILE: N_(
        "{author} a écrit entre-temps, le {moment}. Rien n'est perdu : son texte est "
        "ci-dessous, le vôtre est resté dans le formulaire. Relisez, puis envoyez de nouveau "
        "si vous y tenez."
    ),
}
_GONE = N_("Ce texte a changé entre-temps. Le vôtre est resté dans le formulaire.")


def prose(text: str) -> html.P:
    """A text as it was typed, in its own direction and language; never markup."""
    return html.P(text, className="prose", dir="auto", lang=tongue(text))


def signed(version: Version, address: Address) -> str:
    """« Claude Tremblay, le 8 nov. 2026 à 6 h 31 »."""
    moment = formats.moment(version.at, address.lang)
    words = translator(address.lang)("{author}, le {moment}")
    return words.format(author=version.post.by, moment=moment)


def answer(posted: Posted, address: Address) -> list[Any]:
    """What became of the request; of two texts, the other one in full."""
    _ = translator(address.lang)
    kind = "told" if posted.outcome.is_done else "told refused"
    standing = posted.standing
    if posted.outcome is not PostOutcome.CHANGED_MEANWHILE:
        words = _(POST_WORDS[posted.outcome]).format(most=LONGEST_BODY, few=LONGEST_NAME)
        # What the address asked for is done: form.js takes it out of there.
        said = data(done="modifier retirer") if posted.outcome.is_done else {}
        return [html.P(words, className=kind, **said)]
    if standing is None:
        return [html.P(_(_GONE), className=kind)]
    moment = formats.moment(standing.at, address.lang)
    words = _(POST_WORDS[posted.outcome]).format(author=standing.post.by, moment=moment)
    return [
        html.P(words, className=kind),
        html.Div(texts(standing.post, address), className="other"),
    ]


def texts(post: Post, address: Address) -> list[Any]:
    """Every text of a version under what it answers; a withdrawn one says only why."""
    _ = translator(address.lang)
    if post.withdrawn_for is not None:
        gone = _("Retiré par {author} : {reason}")
        return [html.P(gone.format(author=post.by, reason=post.withdrawn_for), className="quiet")]
    words = post.words
    named = [
        (_("Ce qui se fait"), words.under_way),
        (_("Retour à la cible"), words.back_on and formats.day(words.back_on, address.lang)),
        (_("À qui"), words.honoured),
        (_("Pratique"), words.practice),
    ]
    more: list[Any] = []
    for name, said in named:
        if said:
            more += [html.P(name, className="asked"), prose(said)]
    return [prose(words.body), *more]


def area(
    asked: str,
    name: str,
    said: str | None,
    *,
    rows: int = 4,
    most: int = LONGEST_BODY,
    is_required: bool = True,
) -> html.Label:
    """A field of several lines, filled with what is known."""
    field = html.Textarea(said or "", name=name, rows=rows, maxLength=most, required=is_required)
    return html.Label([html.Span(asked), field], className="wide")


def choose(asked: str, name: str, options: list[tuple[str, str]], chosen: str | None) -> html.Label:
    """One of several (value, words)."""
    inside = [
        html.Option(words, value=value, selected=value == (chosen or ""))
        for value, words in options
    ]
    return html.Label([html.Span(asked), html.Select(inside, name=name)])


def form(
    fields: list[Any], known: dict[str, str], store: str, send: str, back: tuple[str, str] | None
) -> html.Form:
    """A form sent to a store; ``back`` is (words, address) of the way out."""
    buttons: list[Any] = [html.Button(send, type="submit", className="button first")]
    if back:
        buttons.append(html.A(back[0], href=back[1], className="button"))
    told = data(asks=store, known=json.dumps(known))
    # A form over another version is another form: React must not keep what was typed in the first.
    key = "/".join((known["move"], known.get("post_id", ""), known.get("seq", "")))
    inside = [*fields, html.Div(buttons, className="actions wide")]
    return html.Form(inside, className="form", key=key, **told)
