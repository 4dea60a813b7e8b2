"""The board of blockers as a table to take away: what its entries say, one a line."""

from collections.abc import Sequence

from dash import html

from layouts import measure, vocabulary
from layouts.blocker import age_words, rung_word
from layouts.parts import named, row, table
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard
from pilotage.rooms.blockers import BlockersRoom

TABLE = "bloquants"


def board_table(room: BlockersRoom, address: Address) -> html.Div:
    """Exactly the blockers on the board, the highest level first, the oldest first in each."""
    return blockers_table([one for rung in room.rungs for one in rung.cards], address.lang)


def blockers_table(cards: Sequence[BlockerCard], lang: Lang) -> html.Div:
    """One blocker a line."""
    _ = translator(lang)
    heads = [
        _("Bloquant"),
        _("Niveau"),
        _("Organisation"),
        _("Responsable"),
        _("Gravité"),
        _("État"),
        _("Signalé le"),
        _("Âge à ce niveau, en jours ouvrables"),
        _("Permis, en jours ouvrables"),
        _("Délai"),
        _("Indicateurs liés"),
    ]
    return table(heads, [_row(one, lang) for one in cards], _("Bloquants"), name=TABLE)


def _row(card: BlockerCard, lang: Lang) -> html.Tr:
    blocker = card.blocker
    tied = [label(one.label_fr, one.label_en, lang) for one in card.indicators]
    return row(
        named(blocker.title, blocker.title_en, lang),
        [
            rung_word(blocker.level, lang),
            label(card.place.label_fr, card.place.label_en, lang),
            blocker.owner or translator(lang)("personne ne l'a pris"),
            vocabulary.word(vocabulary.SERIOUSNESS, blocker.seriousness, lang),
            vocabulary.word(vocabulary.BLOCKER_STATES, blocker.state, lang),
            measure.day(blocker.raised_on, lang),
            measure.count(card.age.days, lang),
            measure.count(card.age.allowed, lang),
            age_words(card, lang),
            " ; ".join(tied),
        ],
    )


TABLES = {TABLE: board_table}
"""Tables to take away that the page draws otherwise."""
