"""The changes of level of an indicator: what the figures propose, what people decided, and why."""

import json
from typing import Any

from dash import dcc, html

from layouts import ids
from layouts.chart import quantity
from layouts.parts import data, more
from pilotage import formats
from pilotage.i18n import N_, translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom
from pilotage.rooms.step import StepAnswer, StepOffer, Steps, StepTaken

STEP_WORDS = {
    StepAnswer.ACCEPTED: N_("Changement de niveau accepté : les limites repartent de là."),
    StepAnswer.REFUSED: N_("Changement de niveau refusé : les limites ne changent pas."),
    StepAnswer.UNDONE: N_("Décision défaite : les limites sont celles d'avant."),
    StepAnswer.NOT_ALLOWED: N_(
        "Seules les personnes qui versent pour cette organisation décident."
    ),
    StepAnswer.NO_SUCH: N_("Ce changement n'est plus proposé. Rechargez la page."),
    StepAnswer.WORDS_MISSING: N_("Dites pourquoi."),
}
_DONE = frozenset({StepAnswer.ACCEPTED, StepAnswer.REFUSED, StepAnswer.UNDONE})
_EVIDENCE = {
    "sustained": N_("les valeurs s'y tiennent"),
    "fitted": N_("deux niveaux les décrivent mieux qu'un seul"),
    "recorded": N_("un changement a été noté à cette date"),
}


def steps(room: IndicatorRoom, address: Address) -> list[Any]:
    """Nothing where no change is proposed nor decided."""
    held = room.process.steps if room.process else None
    if held is None or not (held.offers or held.history):
        return []
    return [
        *(_offer(one, room, address) for one in held.offers),
        *(_taken(one, room, address) for one in held.taken),
        *_history(held, address),
    ]


def _history(held: Steps, address: Address) -> list[Any]:
    """Every decision and its reason, those since undone included."""
    _ = translator(address.lang)
    if len(held.history) == len(held.taken):
        return []
    lines = [html.Li(html.P(_told(one, address), className="quiet")) for one in held.history]
    return [more(_("Toutes les décisions"), html.Ul(lines))]


def step_parts() -> list[Any]:
    """The store the forms write, and the place of the answer."""
    return [
        dcc.Store(id=ids.INDICATOR_STEP),
        html.Div(id=ids.INDICATOR_STEP_ANSWER, role="status"),
    ]


def step_answer(said: StepAnswer, address: Address) -> list[Any]:
    """What became of a decision, in one sentence."""
    kind = "told" if said in _DONE else "told refused"
    return [html.P(translator(address.lang)(STEP_WORDS[said]), className=kind)]


def _offer(one: StepOffer, room: IndicatorRoom, address: Address) -> html.Div:
    _ = translator(address.lang)
    lang = address.lang
    words = _(
        "{period} : la moyenne passe de {before} à {after} ; {why}. Est-ce un changement de "
        "niveau ?"
    ).format(
        period=formats.period_label(one.begins, lang),
        before=quantity(room, one.before, lang),
        after=quantity(room, one.after, lang),
        why=", ".join(_(_EVIDENCE[evidence]) for evidence in one.evidence),
    )
    rows: list[Any] = [html.P(words)]
    if room.process and room.process.steps.may_decide:
        choices = [
            (StepAnswer.ACCEPTED, _("oui : repartir de là")),
            (StepAnswer.REFUSED, _("non : garder les limites")),
        ]
        rows.append(
            more(_("Décider…"), _form(one.begins.start.isoformat(), choices, room, address))
        )
    return html.Div(rows, className="step")


def _told(one: StepTaken, address: Address) -> str:
    """A decision, who made it, when and why."""
    _, lang = translator(address.lang), address.lang
    words = {
        StepAnswer.ACCEPTED: _(
            "Changement de niveau accepté ({period}) par {author}, le {at} : {reason}"
        ),
        StepAnswer.REFUSED: _(
            "Changement de niveau refusé ({period}) par {author}, le {at} : {reason}"
        ),
    }.get(one.decision, _("Décision défaite ({period}) par {author}, le {at} : {reason}"))
    return words.format(
        period=formats.period_label(one.begins, lang),
        author=one.author,
        at=formats.moment(one.at, lang),
        reason=one.reason,
    )


def _taken(one: StepTaken, room: IndicatorRoom, address: Address) -> html.Div:
    _ = translator(address.lang)
    rows: list[Any] = [html.P(_told(one, address), className="quiet")]
    if room.process and room.process.steps.may_decide:
        choices = [(StepAnswer.UNDONE, _("défaire cette décision"))]
        form = _form(one.begins.start.isoformat(), choices, room, address)
        rows.append(more(_("Défaire…"), form))
    return html.Div(rows, className="step")


def _form(
    begins: str, choices: list[tuple[StepAnswer, str]], room: IndicatorRoom, address: Address
) -> html.Form:
    _ = translator(address.lang)
    known = {
        "indicator_id": room.indicator_id,
        "organisation_id": room.place.organisation_id,
        "begins": begins,
    }
    options = [html.Option(words, value=str(value)) for value, words in choices]
    decision = html.Label([html.Span(_("Décision")), html.Select(options, name="decision")])
    reason = html.Label(
        [html.Span(_("Pourquoi")), html.Textarea(name="reason", rows=2, required=True)],
        className="wide",
    )
    is_undoing = [value for value, _words in choices] == [StepAnswer.UNDONE]
    verb = _("Défaire") if is_undoing else _("Décider")
    send = html.Button(verb, type="submit", className="button")
    told = data(asks=ids.INDICATOR_STEP, known=json.dumps(known))
    return html.Form([decision, reason, send], className="form", **told)
