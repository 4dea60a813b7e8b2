"""The indicator's passport: who answers for it, how it is made, and what is missing from it."""

from typing import Any

from dash import html

from layouts import vocabulary as words
from layouts.parts import facts, section
from pilotage import formats
from pilotage.domain.indicator import Visibility
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom

_EXPECTED = {
    "definition_fr": N_("définition"),
    "objective_id": N_("objectif"),
    "system_of_record": N_("système officiel"),
    "owner": N_("propriétaire"),
    "steward": N_("responsable des données"),
    "method": N_("méthode"),
    "verification": N_("vérification"),
}
_BASELINE, _TARGET = N_("mesure de départ"), N_("cible datée")


def passport_section(room: IndicatorRoom, address: Address) -> html.Section:
    """What is known of the indicator, and how complete it is."""
    _ = translator(address.lang)
    missing = missing_parts(room)
    expected = len(_EXPECTED) + 2
    note = _("complète") if not missing else f"{expected - len(missing)} / {expected}"
    said: list[Any] = [facts(passport_facts(room, address))]
    if missing:
        names = ", ".join(_(part) for part in missing)
        said.append(html.P(_("Il manque : {names}.").format(names=names), className="quiet"))
    return section(_("Fiche"), said, note=note)


def missing_parts(room: IndicatorRoom) -> list[str]:
    """What a complete passport would say and this one does not; French source words."""
    found = [part for name, part in _EXPECTED.items() if not room.passport[name]]
    current = [one.aim for one in room.targets if one.aim.replaced_on is None]
    if not any(aim.baseline is not None for aim in current):
        found.append(_BASELINE)
    if not any(aim.due is not None and aim.value is not None for aim in current):
        found.append(_TARGET)
    return found


def passport_facts(room: IndicatorRoom, address: Address) -> list[tuple[str, Any]]:
    """Name and value of each part that is filled, in the order one reads them."""
    _, lang = translator(address.lang), address.lang
    known = room.passport
    objective = known["objective_fr"] and label(known["objective_fr"], known["objective_en"], lang)
    lead = known["lead_fr"] and label(known["lead_fr"], known["lead_en"], lang)
    pairs = [
        (_("Définition"), label(known["definition_fr"] or "", known["definition_en"], lang)),
        (_("Objectif"), objective),
        (_("Porteur"), lead),
        (_("Système officiel"), known["system_of_record"]),
        (_("Propriétaire"), known["owner"]),
        (_("Responsable des données"), known["steward"]),
        (_("Fréquence"), _rhythm(room, lang)),
        (_("Sens"), words.word(words.DIRECTIONS, known["direction"], lang)),
        (_("Nature"), words.word(words.NATURES, known["nature"], lang)),
        (_("Niveau"), words.word(words.LEVELS, known["level"], lang)),
        (_("Départ"), _baseline(room, lang)),
        (_("Méthode"), _french(known["method"], lang)),
        (_("Mandataire"), _french(known["proxy"], lang)),
        (_("Vérification"), _french(known["verification"], lang)),
        (_("Dans le temps"), _word(words.TIME_AGGREGATIONS, known["time_aggregation"], lang)),
        (_("Entre organisations"), _word(words.ROLL_UPS, known["roll_up"], lang)),
        (_("Visible par"), _seen_by(known["visibility"], address)),
        (_("Identifiant"), html.Code(room.indicator_id)),
    ]
    return [(name, value) for name, value in pairs if value]


def _seen_by(visibility: str, address: Address) -> Any:
    """The widest circle; the public reads publications, never this page."""
    said = words.word(words.VISIBILITIES, visibility, address.lang)
    return html.A(said, href=address.link("public")) if visibility == Visibility.PUBLIC else said


def _french(text: str | None, lang: Lang) -> Any:
    """Text that is data in French only, marked as such on an English page."""
    return html.Span(text, lang="fr") if text and lang == "en" else text


def _word(known: dict[str, str], stored: str | None, lang: Lang) -> str | None:
    return words.word(known, stored, lang) if stored else None


def _rhythm(room: IndicatorRoom, lang: Lang) -> str:
    _ = translator(lang)
    rhythm = words.word(words.FREQUENCIES, room.passport["frequency"], lang)
    delay = room.passport["delay_days"]
    if not delay:
        return rhythm
    said = translator(lang).plural(
        "{rhythm}, délai de {n} jour", "{rhythm}, délai de {n} jours", delay
    )
    return said.format(rhythm=rhythm, n=delay)


def _baseline(room: IndicatorRoom, lang: Lang) -> str | None:
    aims = [one.aim for one in room.targets if one.aim.replaced_on is None]
    aim = next((aim for aim in aims if aim.baseline is not None), None)
    if aim is None:
        return None
    value = formats.quantity(aim.baseline, room.passport["unit"], room.passport["decimals"], lang)
    if aim.baseline_date is None:
        return value
    said = translator(lang)("{value} au {day}")
    return said.format(value=value, day=formats.day(aim.baseline_date, lang))
