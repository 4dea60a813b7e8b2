"""What must be said of a chart before it is believed, in words."""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from pilotage.assessment.code import Floats
from pilotage.assessment.seasonality import CAUTION, autocorrelation, is_seasonal, without_season
from pilotage.assessment.variation import FEWEST, FIRM, Process, Variation
from pilotage.formats.figure import number
from pilotage.i18n import Lang, translator

ENOUGH_FOR_CAUTION = 20
"""Values below which an autocorrelation says nothing."""


class Caution(StrEnum):
    """Why a chart says less than it seems to."""

    NO_VALUE = "no_value"
    TOO_FEW = "too_few"
    ON_TRIAL = "on_trial"
    NO_VARIATION = "no_variation"
    UNSCREENED = "unscreened"
    GAPS = "gaps"
    NO_DIRECTION = "no_direction"
    NO_TARGET = "no_target"
    PAST_BOUNDS = "past_bounds"
    SEASONAL = "seasonal"
    AUTOCORRELATED = "autocorrelated"


class Remark(NamedTuple):
    """A caution and the number its sentence needs."""

    caution: Caution
    n: float = 0.0


def remarks(
    values: Floats,
    process: Process,
    judged: Variation,
    period: int = 1,
    bounds: tuple[float, float] | None = None,
) -> tuple[tuple[Remark, ...], ...]:
    """The cautions of each series, in the order they should be read.

    Shape    values: series × time in date order, NaN where missing or past the end; one row a
             series in ``process`` and ``judged``. period: values in a year (1: none), the same
             for all. bounds: the least and greatest value the unit allows.
    """
    seasonal = is_seasonal(values, period)
    plain = without_season(values, period)[0]
    lag = autocorrelation(plain, 1)[:, 0]
    return tuple(
        tuple(_of_values(row, int(judged.known[i])))
        + tuple(_of_lines(judged, i, bounds))
        + tuple(_of_aim(process, i))
        + tuple(_of_memory(row, bool(seasonal[i]), float(lag[i])))
        for i, row in enumerate(values)
    )


def _of_values(values: Floats, in_phase: int) -> list[Remark]:
    seen = np.flatnonzero(~np.isnan(values))
    if not seen.size:
        return [Remark(Caution.NO_VALUE)]
    found = []
    if seen.size < FEWEST:
        found.append(Remark(Caution.TOO_FEW, seen.size))
    elif in_phase < FIRM:
        found.append(Remark(Caution.ON_TRIAL, in_phase))
    gaps = int(seen[-1] - seen[0] + 1 - seen.size)
    return [*found, Remark(Caution.GAPS, gaps)] if gaps else found


def _of_lines(judged: Variation, row: int, bounds: tuple[float, float] | None) -> list[Remark]:
    found = []
    if judged.has_no_variation[row]:
        found.append(Remark(Caution.NO_VARIATION))
    if judged.is_unscreened[row]:
        found.append(Remark(Caution.UNSCREENED))
    if bounds and (judged.lower[row] < bounds[0] or judged.upper[row] > bounds[1]):
        found.append(Remark(Caution.PAST_BOUNDS))
    return found


def _of_aim(process: Process, row: int) -> list[Remark]:
    if process.sign[row] == 0:
        return [Remark(Caution.NO_DIRECTION)]
    return [Remark(Caution.NO_TARGET)] if np.isnan(process.target[row]) else []


def _of_memory(values: Floats, seasonal: bool, lag: float) -> list[Remark]:
    found = [Remark(Caution.SEASONAL)] if seasonal else []
    if lag > CAUTION and np.sum(~np.isnan(values)) >= ENOUGH_FOR_CAUTION:
        found.append(Remark(Caution.AUTOCORRELATED, round(lag, 2)))
    return found


def sentence(remark: Remark, lang: Lang) -> str:
    """The remark as one sentence."""
    _ = translator(lang)
    said = {
        Caution.NO_VALUE: _("Aucune valeur : rien à juger."),
        Caution.TOO_FEW: _("{n} valeurs seulement : trop peu pour juger une variation."),
        Caution.ON_TRIAL: _("Limites à l'essai : {n} valeurs depuis leur départ, il en faut 13."),
        Caution.NO_VARIATION: _("Aucune variation : toutes les valeurs sont égales."),
        Caution.UNSCREENED: _(
            "Un seul saut dans une série plate : les limites le gardent, sinon tout serait signalé."
        ),
        Caution.GAPS: _("{n} périodes sans valeur : elles interrompent les suites et tendances."),
        Caution.NO_DIRECTION: _("Aucun sens n'est meilleur : ni amélioration, ni dégradation."),
        Caution.NO_TARGET: _("Aucune cible : la capacité à l'atteindre n'est pas jugée."),
        Caution.PAST_BOUNDS: _("Une limite dépasse les bornes de l'unité : le tracé s'y arrête."),
        Caution.SEASONAL: _("Une saison se répète : lisez la série corrigée de sa saison."),
        Caution.AUTOCORRELATED: _(
            "Chaque valeur ressemble à la précédente (autocorrélation {n}) : les signaux sont trop "
            "nombreux, et les limites ne disent rien de la cible."
        ),
    }
    decimals = 0 if float(remark.n).is_integer() else 2
    return said[remark.caution].format(n=number(remark.n, decimals, lang))
