"""Variation, assurance and chances in words, each with its icon (``assets/signal.css``)."""

from dash import html

from layouts.parts import aria
from pilotage import formats
from pilotage.domain.signal import Assurance, VariationKind
from pilotage.i18n import N_, Lang, translator
from pilotage.rooms.signal import Signal

_SHORT = {
    VariationKind.COMMON_CAUSE: N_("variation normale"),
    VariationKind.IMPROVEMENT: N_("amélioration réelle"),
    VariationKind.CONCERN: N_("dégradation réelle"),
    VariationKind.NEUTRAL_HIGH: N_("hausse réelle"),
    VariationKind.NEUTRAL_LOW: N_("baisse réelle"),
}
_HOLDS = {
    Assurance.PASS: N_("tient la cible"),
    Assurance.INCONSISTENT: N_("cible selon le hasard"),
    Assurance.FAIL: N_("ne tient pas la cible"),
}
_HOLDS_SHORT = {
    Assurance.PASS: N_("tient"),
    Assurance.INCONSISTENT: N_("aléatoire"),
    Assurance.FAIL: N_("ne tient pas"),
}
_RULES = {
    "limit": N_("La dernière valeur sort des limites habituelles."),
    "trend": N_("{trend} valeurs de suite vont dans le même sens."),
    "two_in_three": N_("Deux valeurs sur trois frôlent la limite, du même côté."),
    "shift": N_("{shift} valeurs de suite sont du même côté de la moyenne."),
}
_ADVICE = {
    (Assurance.FAIL, VariationKind.COMMON_CAUSE): N_(
        "Tel quel, le processus n'atteint pas sa cible, sauf rare hasard : c'est lui qu'il faut "
        "changer."
    ),
    (Assurance.FAIL, VariationKind.IMPROVEMENT): N_(
        "Le processus s'améliore et n'atteint pas encore sa cible : poursuivre."
    ),
    (Assurance.FAIL, VariationKind.CONCERN): N_(
        "Le processus n'atteint pas sa cible et se dégrade : agir maintenant."
    ),
    (Assurance.INCONSISTENT, VariationKind.COMMON_CAUSE): N_(
        "Atteindre la cible ou la manquer tient au hasard : inutile d'expliquer une valeur isolée."
    ),
    (Assurance.INCONSISTENT, VariationKind.IMPROVEMENT): N_(
        "Le processus s'améliore : confirmer ce qui a changé et le garder."
    ),
    (Assurance.INCONSISTENT, VariationKind.CONCERN): N_(
        "Quelque chose a changé dans le mauvais sens : chercher quoi."
    ),
    (Assurance.PASS, VariationKind.COMMON_CAUSE): N_("Le processus tient sa cible : le laisser."),
    (Assurance.PASS, VariationKind.IMPROVEMENT): N_(
        "Le processus tient sa cible et s'améliore encore."
    ),
    (Assurance.PASS, VariationKind.CONCERN): N_(
        "La cible est encore tenue, mais quelque chose se dégrade : regarder maintenant."
    ),
}
_FIRM = 13


def variation_icon(signal: Signal) -> str:
    """The class of its drawing: ``stable``, ``up`` or ``down``, and what it means."""
    if signal.variation is None:
        return ""
    if signal.variation is VariationKind.COMMON_CAUSE:
        return "stable common_cause"
    return f"{'up' if signal.is_high else 'down'} {signal.variation.value}"


def variation_words(signal: Signal, lang: Lang) -> str:
    """« variation normale », in two words; empty where nothing can be said."""
    return translator(lang)(_SHORT[signal.variation]) if signal.variation else ""


def assurance_words(signal: Signal, lang: Lang) -> str:
    """« ne tient pas la cible »; empty without a target or a direction."""
    return translator(lang)(_HOLDS[signal.assurance]) if signal.assurance else ""


def card_signs(signal: Signal, lang: Lang) -> dict[str, list[str]]:
    """What a card draws of both: class, words, and the longer words behind them."""
    _ = translator(lang)
    found = {}
    if signal.variation:
        words = variation_words(signal, lang)
        found["i"] = [variation_icon(signal), words, sentences(signal, lang)[0]]
    if signal.assurance:
        words = _(_HOLDS_SHORT[signal.assurance])
        found["j"] = [signal.assurance.value, words, assurance_words(signal, lang)]
    return found


def chance(signal: Signal, lang: Lang) -> str:
    """The chance at the due date, « 4 % », never 0 nor 100; empty without one."""
    share = signal.due_meets
    if share is None or 0.01 <= share <= 0.99:
        return bounded_percent(share, lang)
    return f"{'<' if share < 0.5 else '>'} {formats.percent(1 if share < 0.5 else 99, lang)}"


def bounded_percent(share: float | None, lang: Lang) -> str:
    """A chance in 0–1 as a percent; « moins de 1 % » at its ends, for nothing is certain."""
    _ = translator(lang)
    if share is None:
        return ""
    if share < 0.01:
        return _("moins de 1 %")
    if share > 0.99:
        return _("plus de 99 %")
    return formats.percent(100 * share, lang)


def sentences(signal: Signal, lang: Lang) -> list[str]:
    """What the series says, in the order in which it should be read."""
    _ = translator(lang)
    if signal.variation is None:
        return [_on_trial(signal, lang)]
    said = [_unremarkable(lang)]
    if signal.rule:
        said = [_(_RULES[signal.rule]).format(trend=signal.trend, shift=signal.shift)]
    advice = _ADVICE.get((signal.assurance, signal.variation)) if signal.assurance else None
    return [*said, *([_(advice)] if advice else [])]


def _unremarkable(lang: Lang) -> str:
    return translator(lang)(
        "La dernière valeur varie comme d'habitude : ce mouvement n'est pas à expliquer."
    )


def _on_trial(signal: Signal, lang: Lang) -> str:
    _ = translator(lang)
    if not signal.is_on_trial:
        return _("Trop peu de valeurs pour juger d'une variation : {n} sur {needed}.").format(
            n=signal.known, needed=_FIRM
        )
    return _("Limites à l'essai : {n} valeurs, il en faut {needed} pour juger.").format(
        n=signal.known, needed=_FIRM
    )


def icon(kind: str, words: str) -> html.Span:
    """One drawing with what it says; the words beside it say the same to everyone."""
    return html.Span(className=f"sign {kind}", **aria(hidden=True), title=words)


def reading(signal: Signal, lang: Lang) -> list[html.Span]:
    """Both icons with their two words; empty where nothing can be said."""
    pairs = [
        (variation_icon(signal), variation_words(signal, lang)),
        (signal.assurance.value if signal.assurance else "", assurance_words(signal, lang)),
    ]
    return [html.Span([icon(kind, words), words]) for kind, words in pairs if words]
