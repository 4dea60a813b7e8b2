"""A room put on one sheet: the words of its page, the most urgent first, with what is left off.

Every word comes from the same functions as the page's, so that sheet and screen cannot differ.
"""

from collections.abc import Sequence

from layouts import card as words
from layouts import government as government_page
from layouts import level as level_page
from layouts.blocker import age_words, facts_of
from layouts.parts import standing_word
from layouts.signal import chance, variation_words
from layouts.spark import spark
from layouts.task import task_words
from pilotage.domain.status import Standing
from pilotage.formats import day, joined, number, percent
from pilotage.i18n import Lang, label, translator
from pilotage.reports.brief import MOST, Brief, Curve, Entry, Part, Row
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.branch import Branch
from pilotage.rooms.card import Card
from pilotage.rooms.government import GovernmentRoom
from pilotage.rooms.level import LevelRoom, Task

_DOUBTFUL = (Standing.STALE, Standing.MISSING, Standing.IN_ERROR, Standing.DISPUTED)
_WIDTH, _HEIGHT, _PAD = 100.0, 24.0, 2.0


def level_brief(room: LevelRoom, address: Address, about: Sequence[str]) -> Brief:
    """A strategic, tactical or operational room; ``about``: source, version, address, viewer."""
    _, lang = translator(address.lang), address.lang
    rows = tuple(_card_row(card, address) for card in room.cards[:MOST])
    title = _("Ce qui presse")
    if len(room.cards) > len(rows):
        every = number(len(room.cards), 0, lang)
        title = _("Ce qui presse, parmi {n} indicateurs").format(n=every)
    return Brief(
        lang=lang,
        kind=_("{room} · note d'une page").format(room=_(level_page.ROOM_NAMES[room.level])),
        title=level_page.title(room, address),
        day=_("Situation au {day}").format(day=day(room.judged_on, lang)),
        lede=lede(level_page.sentences(room, lang)),
        rows_title=title,
        heads=_heads(lang),
        rows=rows,
        nothing=_("Aucun indicateur n'est suivi dans cette salle."),
        parts=(
            _blockers(_("Bloquants de cette salle"), room.blockers.here, lang),
            _doubtful(room.cards, address),
            _tasks(room.tasks, lang),
        ),
        about=tuple(about),
        print_words=_("Empreinte du contenu (SHA-256) :"),
    )


def government_brief(room: GovernmentRoom, address: Address, about: Sequence[str]) -> Brief:
    """The government room: the organisations with the largest share off target, and the top."""
    _, lang = translator(address.lang), address.lang
    judged = [one for one in room.branches if one.below.judged]
    ordered = sorted(judged, key=_share, reverse=True)
    late = [_late_entry(label(one.label_fr, one.label_en, lang), n, lang) for one, n in room.late]
    name, value, aim = _("Organisation"), _("Hors cible"), _("Indicateurs")
    return Brief(
        lang=lang,
        kind=_("{room} · note d'une page").format(room=_("Salle gouvernementale")),
        title=government_page.title(room, address),
        day=_("Situation au {day}").format(day=day(room.judged_on, lang)),
        lede=lede(government_page.sentences(room, lang)),
        rows_title=_("Les plus grandes parts hors cible, parmi les jugés ({counted})").format(
            counted=government_page.counted(room, lang)
        ),
        heads=(_("État"), name, value, aim, "", _("Part")),
        rows=tuple(_branch_row(one, lang) for one in ordered[:MOST]),
        nothing=_("Aucun indicateur que vous pouvez voir n'est encore suivi."),
        parts=(
            _blockers(_("Bloquants montés jusqu'ici"), room.blockers, lang),
            _part(_("Données attendues"), late, _("Rien n'est en retard."), lang),
        ),
        about=tuple(about),
        print_words=_("Empreinte du contenu (SHA-256) :"),
    )


def lede(sentences: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Sentences with ``**marks**`` as (words, stands out)."""
    pieces = " ".join(one for one in sentences if one).split("**")
    return tuple((piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece)


def _heads(lang: Lang) -> tuple[str, ...]:
    _ = translator(lang)
    return (
        _("État"),
        _("Indicateur"),
        _("Valeur"),
        _("Cible"),
        _("Dernières périodes"),
        _("Chances"),
    )


def _card_row(card: Card, address: Address) -> Row:
    moved = words.movement(card, address) or variation_words(card.signal, address.lang)
    is_hidden = card.standing in words.HIDES_VALUE
    under = [moved, words.disagreement(card, address), words.foot(card, address)]
    return Row(
        standing=card.standing.value,
        word=words.status_words(card, address),
        title=label(card.title_fr, card.title_en, address.lang),
        under=" · ".join(one for one in under if one),
        value=joined(*words.headline(card, address), address.lang),
        target=words.aimed(card, address) or words.target(card, address),
        chance="" if is_hidden else chance(card.signal, address.lang),
        curve=_curve(card, address),
        account=" · ".join(one for one in words.account(card, address) if one),
    )


def _curve(card: Card, address: Address) -> Curve | None:
    """The card's curve as SVG paths; a period without a value stays a hole."""
    shape = spark(card)
    if shape is None:
        return None
    heights = shape["y"]
    points = [(at, value) for at, value in enumerate(heights) if value is not None]
    last = points[-1]
    return Curve(
        values=_path(heights),
        path=_path(shape.get("p", [])),
        aims=tuple(_height(aim) for aim in shape.get("t", [])),
        last=(_across(last[0], len(heights)), _height(last[1])),
        said=words.summary(card, address),
    )


def _path(heights: Sequence[int | None]) -> str:
    drawn, pen = "", "M"
    for at, value in enumerate(heights):
        if value is None:
            pen = "M"
            continue
        drawn += f"{pen}{_across(at, len(heights))} {_height(value)}"
        pen = "L"
    return drawn


def _across(at: int, count: int) -> float:
    return round(_PAD + at * (_WIDTH - 2 * _PAD) / max(1, count - 1), 2)


def _height(value: float) -> float:
    return round(_HEIGHT - _PAD - value * (_HEIGHT - 2 * _PAD) / 100, 2)


def _blockers(title: str, cards: Sequence[BlockerCard], lang: Lang) -> Part:
    entries = [
        Entry(
            label(one.blocker.title, one.blocker.title_en, lang),
            " · ".join(_blocker_facts(one, lang)),
            is_over=one.age.is_over,
        )
        for one in cards
    ]
    return _part(title, entries, translator(lang)("Aucun bloquant n'attend de réponse ici."), lang)


def _blocker_facts(one: BlockerCard, lang: Lang) -> list[str]:
    """Age against allowance and owner first: where a line is cut, they stay."""
    place, owner, *others = facts_of(one, lang)
    return [age_words(one, lang), owner, place, *others]


def _doubtful(cards: Sequence[Card], address: Address) -> Part:
    """What is late, in error or disputed: the reader must not take it for a figure."""
    _, lang = translator(address.lang), address.lang
    entries = [
        Entry(
            label(one.title_fr, one.title_en, lang),
            " · ".join([words.status_words(one, address), words.foot(one, address)]),
            standing=one.standing.value,
        )
        for one in cards
        if one.standing in _DOUBTFUL
    ]
    nothing = _("Rien n'est en retard, en erreur ni contesté.")
    return _part(_("En retard, en erreur ou contesté"), entries, nothing, lang)


def _tasks(tasks: Sequence[Task], lang: Lang) -> Part:
    """Decisions first, then what is due first; what has no date comes last."""
    _ = translator(lang)
    far = max((one.due_on for one in tasks if one.due_on), default=None)
    ordered = sorted(
        tasks, key=lambda one: (one.kind != "decision", one.due_on is None, one.due_on or far)
    )
    entries = [
        Entry(label(one.title, one.title_en, lang), task_words(one, lang), is_over=one.is_late)
        for one in ordered
    ]
    nothing = _("Aucun plan, aucune action, aucune décision en cours.")
    return _part(_("Décisions et échéances"), entries, nothing, lang)


def _late_entry(name: str, owed: int, lang: Lang) -> Entry:
    said = translator(lang).plural("{n} chiffre", "{n} chiffres", owed).format(n=owed)
    return Entry(name, said)


def _part(title: str, entries: Sequence[Entry], nothing: str, lang: Lang) -> Part:
    """A list; how many are left off is counted by the sheet, which may hold fewer."""
    more = translator(lang)("{n} de plus dans la salle")
    return Part(title, tuple(entries), more, nothing)


def _share(one: Branch) -> tuple[float, int]:
    off = one.below[Standing.OFF_TARGET]
    return off / one.below.judged, off


def _branch_row(one: Branch, lang: Lang) -> Row:
    off = one.below[Standing.OFF_TARGET]
    standing = Standing.OFF_TARGET if off else Standing.ON_TRACK
    organisation = one.organisation
    return Row(
        standing=standing.value,
        word=standing_word(standing, lang) if off else translator(lang)("aucun hors cible"),
        title=label(organisation.label_fr, organisation.label_en, lang),
        under="",
        value=number(off, 0, lang),
        target=number(one.below.total, 0, lang),
        chance=percent(100 * off / one.below.judged, lang),
    )
