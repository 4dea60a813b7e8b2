"""What a card says, in words; the wall, its table and the bowling chart all speak from here."""

from layouts.parts import standing_word
from pilotage.domain.status import Change, Confidence, DataState, Standing
from pilotage.formats import (
    NO_VALUE,
    figure,
    percent,
    period_label,
    period_named,
    quantity,
    short_day,
    target_label,
)
from pilotage.formats import day as day_words
from pilotage.i18n import N_, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.card import Card

CHANGE_WORDS = {
    Change.IMPROVING: N_("en amélioration"),
    Change.STABLE: N_("stable"),
    Change.WORSENING: N_("en détérioration"),
}
CONFIDENCE_WORDS = {
    Confidence.SECURED: N_("déclaré sécurisé"),
    Confidence.ACHIEVABLE: N_("déclaré atteignable"),
    Confidence.SUPPORT_NEEDED: N_("appuis demandés"),
    Confidence.COMPROMISED: N_("déclaré compromis"),
}
_HOPEFUL = {Confidence.SECURED, Confidence.ACHIEVABLE}
_WORRIED = {Confidence.SUPPORT_NEEDED, Confidence.COMPROMISED}
_POOR = {Standing.OFF_TARGET, Standing.AT_RISK}
NOTE_WORDS = {DataState.PROVISIONAL: N_("provisoire"), DataState.UNVERIFIED: N_("non vérifiée")}
_NEAR = 300
"""Days within which the year of a due date goes without saying."""
HIDES_VALUE = {Standing.STALE, Standing.MISSING, Standing.IN_ERROR}
"""States in which the last figure is not the figure: it is said in small, not in large."""


def link(card: Card, address: Address) -> str:
    """The page of the indicator, in this organisation."""
    return address.link("indicateurs", card.indicator_id, org=card.organisation_id)


def headline(card: Card, address: Address) -> tuple[str, str]:
    """The figure and its unit, apart; the narrative where there is no number; else a dash."""
    if card.standing in HIDES_VALUE:
        return NO_VALUE, ""
    if card.value is None:
        return (card.value_text or NO_VALUE), ""
    return figure(card.value, card.unit, card.decimals, address.lang)


def aim(card: Card, address: Address) -> str:
    """The target alone, « ≥ 86,0 % »; empty without one."""
    bounds = (card.direction.value, card.low, card.high)
    return target_label(*bounds, card.unit, card.decimals, address.lang)


def target(card: Card, address: Address) -> str:
    """« cible ≥ 86,0 % au 31 mars »; says when there is none."""
    _ = translator(address.lang)
    words = aimed(card, address)
    return _("cible {aim}").format(aim=words) if words else _untold(card, address)


def aimed(card: Card, address: Address) -> str:
    """« ≥ 86,0 % au 31 mars », the year where it is not plain; empty without a target."""
    words = aim(card, address)
    if not words or card.due_date is None:
        return words
    near = card.period is not None and abs((card.due_date - card.period.last_day).days) < _NEAR
    due = (short_day if near else day_words)(card.due_date, address.lang)
    return translator(address.lang)("{aim} au {day}").format(aim=words, day=due)


def _untold(card: Card, address: Address) -> str:
    return card.target_text or translator(address.lang)("sans cible chiffrée")


def note(card: Card, address: Address) -> str:
    """What qualifies the status without replacing it: provisional, unverified, to confirm."""
    _ = translator(address.lang)
    said = [_(NOTE_WORDS[card.data_state])] if card.data_state in NOTE_WORDS else []
    return ", ".join([*said, _("à confirmer")] if card.is_to_confirm else said)


def movement(card: Card, address: Address) -> str:
    """How it moved since the previous value; for a figure withheld, what the last one was.

    Empty where the whole series says more than two values do.
    """
    _ = translator(address.lang)
    if card.standing in HIDES_VALUE:
        if card.value is None or card.period is None:
            return _("aucune valeur reçue")
        last = quantity(card.value, card.unit, card.decimals, address.lang)
        when = period_label(card.period, address.lang)
        return _("dernière valeur : {value} ({period})").format(value=last, period=when)
    if card.signal.variation:
        return ""
    return _(CHANGE_WORDS[card.change]) if card.change else ""


def rate(card: Card, address: Address) -> str:
    """« avancement 42 % », or « atteinte » where no baseline is known; empty without either."""
    _ = translator(address.lang)
    if card.standing in HIDES_VALUE:
        return ""
    if card.progress_rate is not None:
        return _("avancement {rate}").format(rate=percent(card.progress_rate, address.lang))
    if card.attainment_rate is not None:
        return _("atteinte {rate}").format(rate=percent(card.attainment_rate, address.lang))
    return ""


def confidence(card: Card, address: Address) -> str:
    """What the person responsible says of the target; empty when she said nothing."""
    _ = translator(address.lang)
    return _(CONFIDENCE_WORDS[card.confidence]) if card.confidence else ""


def disagreement(card: Card, address: Address) -> str:
    """Where what was said and the figures part ways; empty where they agree or nothing was said."""
    _ = translator(address.lang)
    said = confidence(card, address)
    if card.confidence in _HOPEFUL and card.standing in _POOR:
        return _("{said} : les chiffres disent moins").format(said=said)
    if card.confidence in _WORRIED and card.standing is Standing.ON_TRACK:
        return _("{said} : les chiffres disent mieux").format(said=said)
    return ""


def account(card: Card, address: Address) -> tuple[str, str]:
    """The first line of the explanation, and its date; else that none was given, since when.

    An explanation of an earlier period says which. Two empty texts where nothing is to explain.
    """
    _, lang = translator(address.lang), address.lang
    if card.account is None:
        return "", ""
    said = card.account.said
    if said is None:
        off = card.account.off
        words = (
            _("aucune explication donnée ; hors cible depuis au moins {period}")
            if off.is_longer
            else _("aucune explication donnée ; hors cible depuis {period}")
        )
        return "", words.format(period=period_named(off.since, lang))
    is_near = card.period is not None and abs((said.on - card.period.last_day).days) < _NEAR
    on = (short_day if is_near else day_words)(said.on, lang)
    if said.is_current:
        return said.line, _("explication du {day}").format(day=on)
    words = _("explication du {day}, pour {period}")
    return said.line, words.format(day=on, period=period_named(said.period, lang))


def carrier(card: Card, address: Address) -> str:
    """« écart porté surtout par Équipe de jour (62 %) »; empty where nobody below carries it."""
    if card.carrier is None:
        return ""
    place = label(card.carrier.place.label_fr, card.carrier.place.label_en, address.lang)
    words = translator(address.lang)("écart porté surtout par {place} ({share})")
    return words.format(place=place, share=percent(100 * card.carrier.share, address.lang))


def foot(card: Card, address: Address) -> str:
    """Period and system of record; what was expected when, where it did not come."""
    _ = translator(address.lang)
    late = card.standing in {Standing.STALE, Standing.MISSING}
    if late and card.next_due is not None:
        first = _("attendue le {day}").format(day=day_words(card.next_due, address.lang))
    elif card.period is not None:
        first = period_label(card.period, address.lang)
    else:
        first = _("jamais mesurée")
    return " · ".join(part for part in (first, card.system_of_record) if part)


def origin(card: Card, address: Address) -> str:
    """The line of the file that made the figure."""
    _ = translator(address.lang)
    made = card.origin
    if made.is_recomputed:
        return _("Recalculée à partir des organisations du dessous.")
    if made.load_seq is None:
        return ""
    return _("D'où vient ce chiffre : {file}, ligne {line}, versement {load}.").format(
        file=made.file_name or "—", line=made.line or "—", load=made.load_seq
    )


def summary(card: Card, address: Address) -> str:
    """The curve in one sentence, for who does not see it."""
    _ = translator(address.lang)
    known = [one for one in card.recents if one.value is not None]
    if not known:
        return _("Aucune valeur à tracer.")
    first, last = known[0], known[-1]
    return _("De {first} ({start}) à {last} ({end}), {target}.").format(
        first=quantity(first.value, card.unit, card.decimals, address.lang),
        start=period_label(first.period, address.lang),
        last=quantity(last.value, card.unit, card.decimals, address.lang),
        end=period_label(last.period, address.lang),
        target=target(card, address),
    )


def status_words(card: Card, address: Address) -> str:
    """The word of its standing, with what qualifies it."""
    qualified = note(card, address)
    word = standing_word(card.standing, address.lang)
    return f"{word} ({qualified})" if qualified else word
