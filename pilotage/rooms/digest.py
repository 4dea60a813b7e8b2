"""The digest an organisation receives: what is late of it and of those below, and what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pilotage import formats
from pilotage.access.scope import subtree
from pilotage.domain.viewer import Scope
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.calendar import Expected, expected_of, late_of, soon_of
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse

SOON_DAYS = 7
MOST_LINES = 50


@dataclass(frozen=True)
class Digest:
    """One message on a day: ``of`` is the organisation or the person it speaks of or to."""

    of: str
    on: date
    subject: str
    text: str


def digests(
    scope: Scope, warehouse: Warehouse, asked: Sequence[tuple[str, Lang]]
) -> tuple[Digest, ...]:
    """A digest for each (organisation, language) that has something late or due within the week.

    An organisation that does not exist, or owes nothing, has none.
    """
    known, today = organisations(scope, warehouse), warehouse.today
    expected = expected_of(scope, warehouse)
    found = []
    for organisation_id, lang in asked:
        below = subtree(organisation_id, known)
        own = [one for one in expected if one.organisation.identifier in below]
        late = late_of(own)
        week = today + timedelta(days=SOON_DAYS)
        soon = [one for one in soon_of(own, today) if one.due is not None and one.due <= week]
        if late or soon:
            found.append(_digest(organisation_id, today, late, soon, lang))
    return tuple(found)


def _digest(
    organisation_id: str,
    today: date,
    late: Sequence[Expected],
    soon: Sequence[Expected],
    lang: Lang,
) -> Digest:
    _ = translator(lang)
    subject = _("Données attendues : {late} en retard, {soon} d'ici sept jours").format(
        late=formats.number(len(late), 0, lang), soon=formats.number(len(soon), 0, lang)
    )
    parts = [
        _("Situation du {day}.").format(day=formats.day(today, lang)),
        *_part(_("En retard"), late, lang),
        *_part(_("D'ici sept jours"), soon, lang),
        "",
        _("Le fichier à remplir et le calendrier sont à la page Données de la salle de pilotage."),
    ]
    return Digest(organisation_id, today, subject, "\n".join(parts) + "\n")


def _part(title: str, expected: Sequence[Expected], lang: Lang) -> list[str]:
    if not expected:
        return []
    lines = ["", title, *(_line(one, lang) for one in expected[:MOST_LINES])]
    more = len(expected) - MOST_LINES
    if more > 0:
        lines.append(translator(lang)("… {n} autres.").format(n=formats.number(more, 0, lang)))
    return lines


def _line(one: Expected, lang: Lang) -> str:
    _ = translator(lang)
    name = label(one.indicator.label_fr, one.indicator.label_en, lang)
    place = label(one.organisation.label_fr, one.organisation.label_en, lang)
    due = formats.day(one.due, lang) if one.due else "—"
    period = formats.period_label(one.period, lang)
    return _("- {name} ({place}), {period} : attendue le {due}").format(
        name=name, place=place, period=period, due=due
    )
