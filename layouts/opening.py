"""The sentences that say the state of a room before anything else is read."""

import re
from collections.abc import Sequence

from dash import html

from layouts.parts import shape
from layouts.phrase import rich
from pilotage.domain.status import Standing
from pilotage.formats import NBSP, number
from pilotage.i18n import Lang, translator
from pilotage.rooms.tally import Tally
from pilotage.rooms.waiting import Waiting


def standing_sentence(tally: Tally, lang: Lang) -> str:
    """How many are off target, of how many."""
    _ = translator(lang)
    off, every = tally[Standing.OFF_TARGET], tally.total
    if not every:
        return _("Aucun indicateur n'est suivi dans cette salle.")
    if not off:
        return _("**Aucun indicateur sur {all}** n'est hors cible.").format(
            all=number(every, 0, lang)
        )
    return _.plural(
        "**{off} indicateur sur {all}** est hors cible.",
        "**{off} indicateurs sur {all}** sont hors cible.",
        off,
    ).format(off=number(off, 0, lang), all=number(every, 0, lang))


def below_sentence(tally: Tally, lang: Lang) -> str:
    """For an organisation that is steered through those below it."""
    _ = translator(lang)
    off = tally[Standing.OFF_TARGET]
    if not off:
        words = _(
            "**Aucun indicateur sur {all}** n'est hors cible dans les organisations du dessous."
        )
        return words.format(all=number(tally.total, 0, lang))
    return _.plural(
        "**{off} indicateur sur {all}** est hors cible dans les organisations du dessous.",
        "**{off} indicateurs sur {all}** sont hors cible dans les organisations du dessous.",
        off,
    ).format(off=number(off, 0, lang), all=number(tally.total, 0, lang))


def line_sentence(own: Tally, line: Tally, lang: Lang) -> str:
    """What the headline leaves out: figures of the same level below; empty where there are none."""
    _ = translator(lang)
    if not own.total or own.total == line.total:
        return ""
    off, every = number(line[Standing.OFF_TARGET], 0, lang), number(line.total, 0, lang)
    words = _(
        "Ce compte est celui de l'organisation seule ; au même niveau, avec ce qui en relève : "
        "{off} hors cible sur {all}."
    )
    return words.format(off=off, all=every)


def unknown_sentence(tally: Tally, lang: Lang) -> str:
    """How many figures are owed; empty when none is."""
    _ = translator(lang)
    if not tally.unknown:
        return ""
    return _.plural(
        "**{n} chiffre manque** ou est périmé.",
        "**{n} chiffres manquent** ou sont périmés.",
        tally.unknown,
    ).format(n=number(tally.unknown, 0, lang))


def waiting_sentence(blockers: Waiting, lang: Lang) -> str:
    """What waits for an answer here, since when, what is past its allowance, what is deferred."""
    _ = translator(lang)
    if not blockers.here:
        nobody = _("Aucun bloquant n'attend de réponse ici.")
        return f"{nobody} {_deferred(blockers, lang)}".strip()
    oldest = max(one.age.days for one in blockers.here)
    many = _.plural(
        "Un bloquant attend une réponse de cette salle **depuis {since}**.",
        "{n} bloquants attendent une réponse de cette salle, le plus ancien **depuis {since}**.",
        len(blockers.here),
    ).format(n=len(blockers.here), since=working_days(oldest, lang))
    said = [many, _late(blockers, lang), _deferred(blockers, lang)]
    return " ".join(one for one in said if one)


def _late(blockers: Waiting, lang: Lang) -> str:
    late = sum(one.age.is_over for one in blockers.here)
    past = translator(lang).plural(
        "**{n} a dépassé** le délai permis.", "**{n} ont dépassé** le délai permis.", late
    )
    return past.format(n=late) if late else ""


def _deferred(blockers: Waiting, lang: Lang) -> str:
    count = len(blockers.put_off)
    words = translator(lang).plural(
        "{n} bloquant est reporté à une date à venir.",
        "{n} bloquants sont reportés à une date à venir.",
        count,
    )
    return words.format(n=count) if count else ""


def working_days(days: int, lang: Lang) -> str:
    """« 13 jours ouvrables »."""
    _ = translator(lang)
    return _.plural("{n} jour ouvrable", "{n} jours ouvrables", days).format(n=days)


def opening(sentences: Sequence[str], tally: Tally) -> html.P:
    """The sentences as one paragraph, opened by the shape of what matters most."""
    # A number is not parted from what it counts at the end of a line.
    text = re.sub(r"(\d) (?=\w)", rf"\1{NBSP}", " ".join(one for one in sentences if one))
    said = rich(text)
    if tally[Standing.OFF_TARGET] and isinstance(said[0], html.B):
        said[0] = html.B([shape(Standing.OFF_TARGET), said[0].children], className="off_target")
    return html.P(said, className="lede")
