"""What each stored word is called on screen; translated where it is shown."""

from collections.abc import Mapping
from typing import Any

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.i18n import N_, Lang, translator

NATURES = {
    "input": N_("intrant"),
    "activity": N_("activité"),
    "output": N_("extrant"),
    "outcome": N_("résultat"),
    "experience": N_("expérience des usagers"),
    "context": N_("contexte"),
}
LEVELS = {
    "strategic": N_("stratégique"),
    "tactical": N_("tactique"),
    "operational": N_("opérationnel"),
}
FREQUENCIES = {
    "hourly": N_("horaire"),
    "daily": N_("quotidienne"),
    "weekly": N_("hebdomadaire"),
    "monthly": N_("mensuelle"),
    "quarterly": N_("trimestrielle"),
    "annual": N_("annuelle"),
}
DIRECTIONS = {
    "at_least": N_("plus c'est haut, mieux c'est"),
    "at_most": N_("plus c'est bas, mieux c'est"),
    "between": N_("entre deux bornes"),
    "exactly": N_("exactement la cible"),
    "none": N_("sans sens : suivi à titre de contexte"),
}
VISIBILITIES = {
    "public": N_("tout le monde, une fois dans une publication"),
    "government": N_("tout le gouvernement"),
    "organisation": N_("l'organisation"),
    "team": N_("l'équipe"),
}
ROLL_UPS = {
    "sum": N_("somme"),
    "mean": N_("moyenne"),
    "weighted_mean": N_("moyenne pondérée"),
    "worst": N_("le moins bon"),
    "none": N_("ne se cumule pas"),
}
TIME_AGGREGATIONS = {
    "last": N_("dernière valeur"),
    "sum": N_("somme des périodes"),
    "mean": N_("moyenne des périodes"),
}
RUNGS = {
    LadderLevel.OPERATIONAL: N_("Opérationnel"),
    LadderLevel.TACTICAL: N_("Tactique"),
    LadderLevel.STRATEGIC: N_("Stratégique"),
    LadderLevel.GOVERNMENT: N_("Gouvernemental"),
}
BLOCKER_STATES = {
    BlockerState.OPEN: N_("ouvert, personne ne l'a pris"),
    BlockerState.TAKEN: N_("pris en charge"),
    BlockerState.ESCALATED: N_("escaladé, attend une réponse"),
    BlockerState.RETURNED: N_("retourné avec une réponse"),
    BlockerState.DEFERRED: N_("reporté"),
    BlockerState.RESOLVED: N_("résolu, à fermer par qui l'a signalé"),
    BlockerState.CLOSED: N_("fermé"),
}
SERIOUSNESS = {
    Seriousness.MINOR: N_("mineur"),
    Seriousness.MAJOR: N_("majeur"),
    Seriousness.CRITICAL: N_("critique"),
}
MOVES = {
    "take": N_("Prendre en charge"),
    "return": N_("Répondre"),
    "defer": N_("Reporter"),
    "escalate": N_("Escalader"),
    "resolve": N_("Résoudre"),
    "close": N_("Fermer"),
    "reopen": N_("Rouvrir"),
}
MOVES_MADE = {
    "raise": N_("signalé"),
    "take": N_("pris en charge"),
    "return": N_("retourné avec une réponse"),
    "defer": N_("reporté"),
    "escalate": N_("escaladé"),
    "resolve": N_("résolu"),
    "close": N_("fermé"),
    "reopen": N_("rouvert"),
}
WAYS_IN = {
    "page": N_("par la page Données"),
    "folder": N_("par le dossier surveillé"),
    "api": N_("par l'interface de programmation"),
    "command": N_("en ligne de commande"),
}
LOAD_STATES = {
    "loaded": N_("versé"),
    "refused": N_("refusé"),
    "withdrawn": N_("retiré"),
    "held": N_("en attente d'approbation"),
    "approved": N_("approuvé"),
    "returned": N_("renvoyé"),
}
POLICIES = {"strict": N_("stricte"), "quarantine": N_("quarantaine")}
SUBJECTS = {
    "organisations": N_("organisations"),
    "plans": N_("plans"),
    "objectifs": N_("objectifs"),
    "indicateurs": N_("indicateurs"),
    "liens": N_("liens"),
    "cibles": N_("cibles"),
    "mesures": N_("mesures"),
    "bloquants": N_("bloquants"),
    "actions": N_("actions"),
}
SEVERITIES = {
    "error": N_("erreur"),
    "warning": N_("avertissement"),
    "notice": N_("avis"),
}


def word(words: Mapping[Any, str], stored: str | int | None, lang: Lang) -> str:
    """The word for a stored one: itself where the house has none, a dash for nothing."""
    if stored is None:
        return "—"
    known = words.get(stored)
    return translator(lang)(known) if known else str(stored)


def subject_words(stored: str | None, lang: Lang) -> str:
    """What a load spoke of: ``mesures, cibles``; a dash where its subject was not recognised."""
    if not stored:
        return "—"
    return ", ".join(word(SUBJECTS, one.strip(), lang) for one in stored.split(","))


def author_words(author: str | None, lang: Lang) -> str:
    """Who did it; whoever holds the machine is called the operator, a folder by its name."""
    if author and author.partition(":")[0] == "folder":
        place = author.partition(":")[2]
        if place:
            return translator(lang)("dossier {place}").format(place=place)
        return translator(lang)("dépôt automatique")
    if author in {"operator", "machine"}:
        return translator(lang)("l'exploitation")
    return author or "—"
