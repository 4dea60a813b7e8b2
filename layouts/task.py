"""Plans, actions and decisions as a room shows them: what, who, until when."""

from collections.abc import Sequence
from typing import Any

from dash import html

from layouts import measure, vocabulary
from layouts.parts import empty, item, named, row, table, written
from layouts.sheet import take
from pilotage.formats import short_day
from pilotage.i18n import N_, Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.level import Task

TASK_KINDS = {
    "recovery_plan": N_("Plan de redressement"),
    "action": N_("Action"),
    "decision": N_("Décision"),
}
TASKS = "actions"
"""The name under which they are taken away."""
TASK_STATES = {"to_do": N_("à faire"), "in_progress": N_("en cours"), "done": N_("fait")}


def task(one: Task, lang: Lang) -> html.Article:
    """One plan, action or decision, its owner and its date."""
    return item(named(one.title, one.title_en, lang), task_words(one, lang), [_note(one, lang)])


def task_words(one: Task, lang: Lang) -> str:
    """« Décision · Mme Roy · échéance 9 déc. · à faire »."""
    _ = translator(lang)
    kind = vocabulary.word(TASK_KINDS, one.kind, lang) if one.kind else ""
    due = short_day(one.due_on, lang) if one.due_on else ""
    late = _("échéance dépassée le {day}") if one.is_late else _("échéance {day}")
    state = vocabulary.word(TASK_STATES, one.state, lang) if one.state else ""
    said = [kind, one.owner or "", late.format(day=due) if due else "", state]
    return " · ".join(part for part in said if part)


def _note(one: Task, lang: Lang) -> html.P | None:
    return html.P(written(one.note, lang), className="quiet") if one.note else None


def task_table(ones: Sequence[Task], lang: Lang) -> html.Div:
    """The same, one a line, to take away."""
    _ = translator(lang)
    heads = [_("Action"), _("Genre"), _("Responsable"), _("Échéance"), _("En retard"), _("État")]
    rows = [
        row(
            named(one.title, one.title_en, lang),
            [
                vocabulary.word(TASK_KINDS, one.kind, lang) if one.kind else "",
                one.owner or "",
                measure.day(one.due_on, lang),
                _("oui") if one.is_late else _("non"),
                vocabulary.word(TASK_STATES, one.state, lang) if one.state else "",
                written(one.note or "", lang),
            ],
        )
        for one in ones
    ]
    return table([*heads, _("Note")], rows, _("Actions et décisions"), name=TASKS)


def tasks(ones: Sequence[Task], address: Address) -> list[Any] | html.Div:
    """What is still to be done here; a sentence when nothing is."""
    _ = translator(address.lang)
    if ones:
        return [*(task(one, address.lang) for one in ones), take(address, TASKS)]
    return empty(
        _("Aucun plan, aucune action, aucune décision en cours."),
        _("Une carte hors cible offre « comment aider » pour en ouvrir."),
    )
