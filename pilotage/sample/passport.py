"""The passport of an indicator: what a ministry says of it besides its figures."""

from datetime import date
from math import isinf

from pilotage.domain.indicator import Direction, Level, Nature
from pilotage.sample import pool
from pilotage.sample.chance import person, share
from pilotage.sample.course import Course
from pilotage.sample.pool import IndicatorLine
from pilotage.sample.span import DELAY_DAYS
from pilotage.sample.story import Story

UNITS = {
    "n": "nombre",
    "j": "jours",
    "h": "heures",
    "min": "minutes",
    "pts": "points",
    "%r": "%",
    "%v": "%",
    "t": "tonnes",
    "M": "millions",
    "Mt": "Mt éq. CO2",
}
_DIRECTIONS = {
    Direction.AT_LEAST: "au moins",
    Direction.AT_MOST: "au plus",
    Direction.BETWEEN: "entre",
    Direction.EXACTLY: "exactement",
    Direction.NONE: "aucun",
}
_NATURES = {
    Nature.INPUT: "intrant",
    Nature.ACTIVITY: "activité",
    Nature.OUTPUT: "extrant",
    Nature.OUTCOME: "résultat",
    Nature.EXPERIENCE: "expérience",
    Nature.CONTEXT: "contexte",
}
_LEVELS = {
    Level.STRATEGIC: "stratégique",
    Level.TACTICAL: "tactique",
    Level.OPERATIONAL: "opérationnel",
}
_RHYTHMS = {
    "H": ("horaire", "chaque heure", "every hour"),
    "J": ("quotidienne", "chaque jour", "every day"),
    "W": ("hebdomadaire", "chaque semaine", "every week"),
    "M": ("mensuelle", "chaque mois", "every month"),
    "T": ("trimestrielle", "chaque trimestre", "every quarter"),
    "F": ("trimestrielle", "chaque trimestre d'exercice", "every fiscal quarter"),
    "A": ("annuelle", "à la fin de chaque exercice", "at the end of each fiscal year"),
    "C": ("annuelle", "à la fin de chaque année civile", "at the end of each calendar year"),
}
_HOW = {
    "%": (
        "Part d'un tout, en pourcentage : cas qui répondent au critère sur tous les cas observés.",
        "Part of a whole, in percent: the cases that meet the criterion out of all cases observed.",
    ),
    "%r": (
        "Rapport à la capacité prévue ; il peut dépasser 100 %.",
        "Ratio to planned capacity; it can exceed 100%.",
    ),
    "%v": (
        "Variation par rapport à la référence ; elle peut être négative.",
        "Variation from the reference; it can be negative.",
    ),
    "‰": ("Nombre de cas par mille.", "Number of cases per thousand."),
    "j": (
        "Moyenne, en jours civils, entre le début et la fin constatés au système.",
        "Average, in calendar days, between the start and the end found in the system.",
    ),
    "h": (
        "Heures relevées par le système, temps d'arrêt exclus.",
        "Hours recorded by the system, down time excluded.",
    ),
    "min": (
        "Moyenne, en minutes, de toutes les observations de la période.",
        "Average, in minutes, of all observations of the period.",
    ),
    "n": (
        "Compte de la période ; chaque cas n'est compté qu'une fois.",
        "Count of the period; each case is counted only once.",
    ),
    "$": (
        "Coûts directs et indirects, en dollars courants.",
        "Direct and indirect costs, in current dollars.",
    ),
    "M$": (
        "Millions de dollars courants, selon les livres.",
        "Millions of current dollars, from the books.",
    ),
}
_HOW_OTHERWISE = (
    "Relevé au système source, à la fin de la période.",
    "Taken from the source system at the end of the period.",
)
_METHOD = "Extraction du système source, contrôle de cohérence, puis publication. Série simulée."
_PROXY = "Mesure indirecte : l'effet visé n'est observé que par une enquête quinquennale."
_PASSPORT_HOLES = 0.06


def definition(line: IndicatorLine) -> tuple[str, str]:
    """What is counted and how often, in French and in English."""
    fr, en = _HOW.get(line.unit, _HOW_OTHERWISE)
    _, each_fr, each_en = _RHYTHMS[line.rhythm]
    return f"{fr} Mesuré {each_fr}.", f"{en} Measured {each_en}."


def time_aggregation(line: IndicatorLine) -> str:
    """How values sum up over a longer period, as the contract says it in French."""
    if line.unit in {"n", "M$", "km", "ha"} and line.nature in {Nature.OUTPUT, Nature.ACTIVITY}:
        return "somme"
    return "moyenne" if line.unit in {"%", "‰", "min", "j", "h", "%r"} else "dernière"


def roll_up(line: IndicatorLine) -> str:
    """How the values of children make this one's."""
    if line.unit in {"n", "M$", "GWh"} or line.title_fr.startswith("Heures"):
        return "somme"
    if line.unit == "%" and line.decimals > 1:
        return "pire"
    if line.is_rate:
        return "moyenne pondérée"
    return "moyenne" if line.unit in {"j", "h", "min"} else "aucune"


def visibility(line: IndicatorLine) -> str:
    """The circle that may see it: most strategic ones are public, teams keep some to themselves."""
    drawn = share("visibility", line.indicator_id)
    if line.level is Level.STRATEGIC:
        return "publique" if drawn < 0.85 else "gouvernement"
    if line.level is Level.TACTICAL:
        return "gouvernement" if drawn < 0.7 else "organisation"
    return "organisation" if drawn < 0.8 else "équipe"


def _or_hole(name: str, line: IndicatorLine, text: str) -> str:
    """The text, left out for a few indicators whose passport is incomplete."""
    return "" if share(name, line.indicator_id) < _PASSPORT_HOLES else text


def _threshold(line: IndicatorLine, course: Course) -> str:
    if share("threshold", line.indicator_id) > 0.4:
        return ""
    return decimal(
        max(round(0.06 * course.way, line.decimals), 10.0**-line.decimals), line.decimals
    )


def decimal(value: float, decimals: int) -> str:
    """A number as the files write it: decimal comma, no thousands separator."""
    return f"{value:.{decimals}f}".replace(".", ",")


def _bounds(line: IndicatorLine) -> tuple[str, str]:
    low, high = line.bounds
    return ("" if isinf(low) else f"{low:.0f}"), ("" if isinf(high) else f"{high:.0f}")


def _systems() -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["premier"], row["second"]) for row in pool.rows("systemes")}


def passport(line: IndicatorLine, course: Course, story: Story, anchor: date) -> dict[str, str]:
    """One row of the contract ``indicateurs``, by French column."""
    name = line.indicator_id
    definition_fr, definition_en = definition(line)
    low, high = _bounds(line)
    ministry = pool.ministry_of(line.organisation_id)
    system = _systems()[ministry][int(share("system", name) > 0.7)]
    checked = share("verified", name) < 0.45 and story is not Story.UNVERIFIED
    return {
        "indicateur_id": name,
        "titre_fr": line.title_fr,
        "titre_en": line.title_en,
        "definition_fr": _or_hole("definition", line, definition_fr),
        "definition_en": _or_hole("definition", line, definition_en),
        "unite": UNITS.get(line.unit, line.unit),
        "sens": _DIRECTIONS[line.direction],
        "nature": _NATURES[line.nature],
        "niveau": _LEVELS[line.level],
        "frequence": _RHYTHMS[line.rhythm][0],
        "organisation_id": line.organisation_id,
        "objectif_id": f"{ministry}-B{line.objective}",
        "agregation_temps": time_aggregation(line),
        "agregation_organisations": roll_up(line),
        "borne_min": low,
        "borne_max": high,
        "decimales": str(line.decimals),
        "seuil_changement": _threshold(line, course),
        "visibilite": visibility(line),
        "delai_jours": str(DELAY_DAYS[line.rhythm]),
        "systeme_source": _or_hole("system hole", line, system),
        "proprietaire": _or_hole("owner", line, person("owner", name)),
        "responsable_donnees": _or_hole("steward", line, person("steward", ministry, system)),
        "methode": _METHOD,
        "mandataire": _PROXY if share("proxy", name) < 0.05 else "",
        "verification": f"Vérification interne, printemps {anchor.year - 1}" if checked else "",
    }
