"""What changed, counted in words: the line above a list of changes, and the line of a message."""

from collections import Counter

from pilotage.i18n import Lang, translator
from pilotage.rooms.change import Turn
from pilotage.rooms.since import Since


def counts(since: Since, lang: Lang) -> str:
    """« 2 passent hors cible · 1 bloquant signalé · 9 nouvelles valeurs »."""
    plural = translator(lang).plural
    held = Counter(turn for one in since.changes for turn in one.turns)
    off, worse, late = held[Turn.OFF_TARGET], held[Turn.WORSENED], held[Turn.NEWLY_LATE]
    better, eased, raised = held[Turn.IMPROVED], held[Turn.EASED], held[Turn.RAISED]
    climbed, settled = held[Turn.ESCALATED], held[Turn.RESOLVED]
    learned = held[Turn.LEARNED]
    revised, measured = held[Turn.REVISED], held[Turn.MEASURED]
    every = len(since.changes)
    said = (
        (off, plural("{n} passe hors cible", "{n} passent hors cible", off)),
        (worse, plural("{n} passe à surveiller", "{n} passent à surveiller", worse)),
        (late, plural("{n} est en retard", "{n} sont en retard", late)),
        (better, plural("{n} va mieux", "{n} vont mieux", better)),
        (eased, plural("{n} cible assouplie", "{n} cibles assouplies", eased)),
        (raised, plural("{n} bloquant signalé", "{n} bloquants signalés", raised)),
        (learned, plural("{n} bloquant connu depuis", "{n} bloquants connus depuis", learned)),
        (climbed, plural("{n} bloquant monté", "{n} bloquants montés", climbed)),
        (settled, plural("{n} bloquant réglé", "{n} bloquants réglés", settled)),
        (revised, plural("{n} valeur révisée", "{n} valeurs révisées", revised)),
        (measured, plural("{n} nouvelle valeur", "{n} nouvelles valeurs", measured)),
    )
    found = [words.format(n=n) for n, words in said if n]
    # What has no count of its own is still a change.
    everything = plural("{n} changement", "{n} changements", every).format(n=every)
    return " · ".join(found) or everything
