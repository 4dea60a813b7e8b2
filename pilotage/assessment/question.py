"""The questions a series raises, worded as questions: n, p, and no accusation."""

import math
from enum import StrEnum

from pilotage.assessment.gaming import Finding
from pilotage.formats.figure import number
from pilotage.i18n import N_, Lang, translator


class Question(StrEnum):
    """What is asked; each has its test in ``gaming.py``."""

    JUST_PAST_TARGET = "just_past_target"
    EXACTLY_ON_TARGET = "exactly_on_target"
    TARGETS_EASED = "targets_eased"
    FAVOURITE_DIGITS = "favourite_digits"
    FIRST_DIGITS = "first_digits"
    LATE_WHEN_BAD = "late_when_bad"
    MISSING_WHEN_BAD = "missing_when_bad"
    TOO_SMOOTH = "too_smooth"
    YEAR_END_SURGE = "year_end_surge"
    SUBSTITUTION = "substitution"


NAMES = {
    Question.JUST_PAST_TARGET: N_("Juste au-delà de la cible"),
    Question.EXACTLY_ON_TARGET: N_("Exactement sur la cible"),
    Question.TARGETS_EASED: N_("Cibles allégées après le résultat"),
    Question.FAVOURITE_DIGITS: N_("Derniers chiffres ronds"),
    Question.FIRST_DIGITS: N_("Premiers chiffres inusités"),
    Question.LATE_WHEN_BAD: N_("Tard quand c'est mauvais"),
    Question.MISSING_WHEN_BAD: N_("Absent quand c'est mauvais"),
    Question.TOO_SMOOTH: N_("Trop lisse"),
    Question.YEAR_END_SURGE: N_("Poussée de fin d'année"),
    Question.SUBSTITUTION: N_("Effort déplacé"),
}
"""What each question is called in a list."""


def asked(question: Question, finding: Finding, lang: Lang) -> str:
    """The question as a sentence, with what was counted."""
    _ = translator(lang)
    said = {
        Question.JUST_PAST_TARGET: _(
            "Sur {n} valeurs proches de leur cible, {seen} sont juste au-delà, là où leurs "
            "voisines en laissaient attendre {expected} : pourquoi si peu juste en deçà ?"
        ),
        Question.EXACTLY_ON_TARGET: _(
            "{seen} valeurs sur {n} tombent exactement sur la cible : comment sont-elles mesurées ?"
        ),
        Question.TARGETS_EASED: _(
            "Sur {n} cibles revues après le résultat, {seen} ont été allégées : qu'est-ce qui "
            "l'explique ?"
        ),
        Question.FAVOURITE_DIGITS: _(
            "{seen} valeurs sur {n} finissent par 0 ou 5, et les derniers chiffres sont inégaux : "
            "sont-elles arrondies ou estimées ?"
        ),
        Question.FIRST_DIGITS: _(
            "{seen} valeurs sur {n} commencent par 1, et les premiers chiffres s'écartent de "
            "l'usuel : d'où viennent ces nombres ?"
        ),
        Question.LATE_WHEN_BAD: _(
            "Sur {n} périodes, plus le résultat est mauvais, plus il paraît tard (tau {seen}) : "
            "qu'est-ce qui retient ces chiffres ?"
        ),
        Question.MISSING_WHEN_BAD: _(
            "{seen} périodes sur {n} manquent, là où un mauvais résultat était attendu : "
            "que s'est-il passé ?"
        ),
        Question.TOO_SMOOTH: _(
            "Sur {n} périodes, la série varie {seen} fois ce que le seul hasard ferait : "
            "est-elle lissée ou plafonnée ?"
        ),
        Question.YEAR_END_SURGE: _(
            "{seen} années sur {n} finissent par une poussée : qu'est-ce qui attend la fin de "
            "l'année ?"
        ),
        Question.SUBSTITUTION: _(
            "{seen} améliorations sur {n} vont avec une dégradation de l'indicateur voisin : "
            "l'effort s'est-il déplacé ?"
        ),
    }
    seen = number(float(f"{finding.seen:.3g}"), None, lang)
    expected = None if math.isnan(finding.expected) else finding.expected
    return said[question].format(
        n=number(finding.n, 0, lang), seen=seen, expected=number(expected, 0, lang)
    )


def rarity(p: float, lang: Lang) -> str:
    """« p = 0,0124 », never below a ten-thousandth: further down, only the model speaks."""
    return f"p < {number(0.0001, 4, lang)}" if p < 0.0001 else f"p = {number(p, 4, lang)}"
