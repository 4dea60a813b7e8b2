"""The units the house knows, singular and plural, in both languages."""

from typing import Final

from pilotage.formats.writing import Lang

_UNITS: dict[str, dict[Lang, tuple[str, str]]] = {
    "jours": {"fr": ("jour", "jours"), "en": ("day", "days")},
    "jours ouvrables": {
        "fr": ("jour ouvrable", "jours ouvrables"),
        "en": ("working day", "working days"),
    },
    "semaines": {"fr": ("semaine", "semaines"), "en": ("week", "weeks")},
    "mois": {"fr": ("mois", "mois"), "en": ("month", "months")},
    "ans": {"fr": ("an", "ans"), "en": ("year", "years")},
    "heures": {"fr": ("heure", "heures"), "en": ("hour", "hours")},
    "minutes": {"fr": ("minute", "minutes"), "en": ("minute", "minutes")},
    "secondes": {"fr": ("seconde", "secondes"), "en": ("second", "seconds")},
    "personnes": {"fr": ("personne", "personnes"), "en": ("person", "people")},
    "patients": {"fr": ("patient", "patients"), "en": ("patient", "patients")},
    "dossiers": {"fr": ("dossier", "dossiers"), "en": ("file", "files")},
    "demandes": {"fr": ("demande", "demandes"), "en": ("request", "requests")},
    "appels": {"fr": ("appel", "appels"), "en": ("call", "calls")},
    "logements": {"fr": ("logement", "logements"), "en": ("dwelling", "dwellings")},
    "places": {"fr": ("place", "places"), "en": ("place", "places")},
    "civières": {"fr": ("civière", "civières"), "en": ("stretcher", "stretchers")},
    "projets": {"fr": ("projet", "projets"), "en": ("project", "projects")},
    "entreprises": {"fr": ("entreprise", "entreprises"), "en": ("business", "businesses")},
    "tonnes": {"fr": ("tonne", "tonnes"), "en": ("tonne", "tonnes")},
    "points": {"fr": ("point", "points"), "en": ("point", "points")},
    "nombre": {"fr": ("", ""), "en": ("", "")},
}


NEVER_NEGATIVE: Final = frozenset(_UNITS) - {"points"} | {"%", "‰", "h", "min", "km", "ha", "gwh"}
"""Units of what is counted or lasts: no value of theirs lies below 0."""


def unit_word(unit: str, value: float | None, lang: Lang) -> str:
    """The unit as read after this value; one the house does not know stays as published."""
    forms = _UNITS.get(unit.strip().lower())
    if forms is None:
        return unit
    singular, plural = forms[lang]
    is_singular = value is not None and (abs(value) < 2 if lang == "fr" else abs(value) == 1)
    return singular if is_singular else plural
