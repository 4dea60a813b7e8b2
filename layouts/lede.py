"""The sentence that opens the indicator page: value, target, due date, which way it moves."""

from typing import Any

from layouts.chart import aim_words, quantity
from layouts.parts import shape, standing_word
from layouts.phrase import rich
from layouts.signal import bounded_percent
from pilotage import formats
from pilotage.domain.signal import VariationKind
from pilotage.domain.status import DataState, Result, Standing
from pilotage.i18n import N_, Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom, Verdict

_TURNS = {
    VariationKind.COMMON_CAUSE: N_("Elle varie comme d'habitude."),
    VariationKind.IMPROVEMENT: N_("**La série s'améliore, et ce n'est pas le hasard.**"),
    VariationKind.CONCERN: N_("**La série se dégrade, et ce n'est pas le hasard.**"),
}
_SLOPES = {
    VariationKind.COMMON_CAUSE: N_("Elle varie comme d'habitude."),
    VariationKind.IMPROVEMENT: N_("**La série est en pente, dans le bon sens.**"),
    VariationKind.CONCERN: N_("**La série est en pente, dans le mauvais sens.**"),
}
_SLOPED = N_("**La série est en pente.**")
_TURNED = N_("**La série a bougé, et ce n'est pas le hasard.**")


def opening(room: IndicatorRoom, address: Address) -> list[Any]:
    """The state first (shape and word), then whole sentences; every case has its own."""
    lang = address.lang
    _ = translator(lang)
    verdict = room.verdict
    if verdict is None:
        return rich(_("**Aucune valeur ni cible** n'a encore été versée pour cet indicateur ici."))
    said = [_value(room, verdict, lang), _target(room, verdict, lang), _change(room, verdict, lang)]
    said.append(_signal(room, verdict, lang))
    word = _capital(standing_word(verdict.standing, lang))
    state = [shape(verdict.standing), " ", _("{state} : ").format(state=word)]
    words = " ".join(sentence for sentence in [*said, _note(verdict, lang)] if sentence)
    opening: list[Any] = [] if verdict.standing is Standing.NO_STATUS else state
    return [*opening, *rich(words)]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _value(room: IndicatorRoom, verdict: Verdict, lang: Lang) -> str:
    _ = translator(lang)
    period = formats.period_label(verdict.period, lang) if verdict.period else ""
    due = formats.day(verdict.next_due, lang) if verdict.next_due else ""
    if verdict.value is None and verdict.value_text:
        words = _("**« {text} »** ({period}) ; une valeur en mots n'est pas jugée.")
        return words.format(text=verdict.value_text, period=period)
    if verdict.value is None:
        words = _("**aucune valeur reçue** ; la première était attendue le {due}.")
        return words.format(due=due) if due else _("**aucune valeur reçue**.")
    value = quantity(room, verdict.value, lang)
    if verdict.standing is Standing.STALE and due:
        words = translator(lang).plural(
            "dernière valeur **{value}** ({period}) ; la suivante était attendue le {due}, "
            "il y a {n} jour ouvrable.",
            "dernière valeur **{value}** ({period}) ; la suivante était attendue le {due}, "
            "il y a {n} jours ouvrables.",
            verdict.late_working_days,
        )
        return words.format(value=value, period=period, due=due, n=verdict.late_working_days)
    return _("**{value}** ({period}).").format(value=value, period=period)


def _target(room: IndicatorRoom, verdict: Verdict, lang: Lang) -> str:
    _ = translator(lang)
    if not verdict.has_target and verdict.target_text:
        words = _("Cible en mots, qui n'est pas jugée : « {text} ».")
        return words.format(text=verdict.target_text)
    if not verdict.has_target:
        return _("Aucune cible chiffrée n'a été publiée.")
    aim = aim_words(room, verdict.low, verdict.high, lang)
    if verdict.due_date is None:
        return _("Cible {aim}, sans échéance.").format(aim=aim)
    due = formats.day(verdict.due_date, lang)
    if verdict.due_date >= room.judged_on or verdict.data_state.replaces_status:
        return _("Cible {aim} au {due}.").format(aim=aim, due=due)
    words = {
        Result.MET: _("La cible du {due}, {aim}, est atteinte."),
        Result.NOT_MET: _("La cible du {due}, {aim}, n'est pas atteinte."),
    }.get(verdict.result, _("Cible {aim} au {due}."))
    return words.format(aim=aim, due=due)


def _change(room: IndicatorRoom, verdict: Verdict, lang: Lang) -> str:
    _ = translator(lang)
    if verdict.value is None or verdict.previous_value is None or verdict.change is None:
        return ""
    if verdict.data_state.replaces_status:
        return ""
    previous = quantity(room, verdict.previous_value, lang)
    if room.process is not None and room.process.signal.variation:
        # Two values say nothing beside what the whole series says in the next sentence.
        return _("Valeur précédente : {previous}.").format(previous=previous)
    words = {
        "improving": _("**En amélioration** par rapport à la valeur précédente, {previous}."),
        "worsening": _("**En détérioration** par rapport à la valeur précédente, {previous}."),
    }.get(verdict.change, _("Stable par rapport à la valeur précédente, {previous}."))
    return words.format(previous=previous)


def _signal(room: IndicatorRoom, verdict: Verdict, lang: Lang) -> str:
    """Whether the last value is more than chance, and the chance to reach the target."""
    _ = translator(lang)
    if room.process is None or verdict.data_state.replaces_status or verdict.value is None:
        return ""
    signal = room.process.signal
    said = []
    if signal.variation:
        words, otherwise = (_SLOPES, _SLOPED) if signal.drifts else (_TURNS, _TURNED)
        said.append(_(words.get(signal.variation, otherwise)))
    odds = bounded_percent(signal.due_meets, lang)
    if odds:
        said.append(
            _("Sans changement, **{chance} de chances** d'atteindre la cible.").format(chance=odds)
        )
    return " ".join(said)


def _note(verdict: Verdict, lang: Lang) -> str:
    _ = translator(lang)
    if verdict.to_confirm:
        return _("Le passage hors cible reste à confirmer par la prochaine valeur.")
    return {
        DataState.PROVISIONAL: _("La valeur est provisoire."),
        DataState.UNVERIFIED: _("La valeur n'est pas vérifiée."),
        DataState.DISPUTED: _("La valeur est contestée : aucun statut n'est donné."),
        DataState.IN_ERROR: _("La valeur est signalée en erreur : aucun statut n'est donné."),
    }.get(verdict.data_state, "")
