"""The questions that the figures raise about how they were made, for the Treasury Board alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pilotage.assessment.gaming import Finding
from pilotage.assessment.inquiry import FALSE_SHARE, Raised, asked_of_all
from pilotage.assessment.question import NAMES, Question, asked, rarity
from pilotage.domain.organisation import OrganisationKind
from pilotage.domain.viewer import Role, Scope
from pilotage.errors import Forbidden
from pilotage.i18n import Lang, translator
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import Named
from pilotage.rooms.memory import remembered
from pilotage.rooms.standing import standing_tree
from pilotage.rooms.tree import Tree
from pilotage.store.queries.directory import organisations
from pilotage.store.queries.evidence import Key, counter_pairs, evidence, titles
from pilotage.store.warehouse import Warehouse

ASKS = frozenset({Role.CENTRAL, Role.AUDITOR})
"""Whoever compares organisations; others are asked by them, with their own reasons to give."""
_NEXT = 10
"""Questions shown that did not stay lit, the rarest first."""


@dataclass(frozen=True)
class Asked:
    """A question about an indicator in an organisation, or about a whole one (no indicator)."""

    question: Question
    finding: Finding
    organisation: Named
    indicator: Named | None

    def sentence(self, lang: Lang) -> str:
        """The question itself."""
        return asked(self.question, self.finding, lang)

    def name(self, lang: Lang) -> str:
        """What it is called in a list."""
        return translator(lang)(NAMES[self.question])

    def rarity(self, lang: Lang) -> str:
        """How rare it would be by chance."""
        return rarity(self.finding.p, lang)


@dataclass(frozen=True)
class Count:
    """How often a question was asked, and how many stayed lit."""

    question: Question
    asked: int
    lit: int

    def name(self, lang: Lang) -> str:
        """What it is called in a list."""
        return translator(lang)(NAMES[self.question])


@dataclass(frozen=True)
class QuestionsRoom:
    """What stayed lit, what came next, and everything that was asked.

    ``bar``: the p below which the next question would have stayed lit among so many.
    """

    series: int
    asked: int
    lit: tuple[Asked, ...]
    unlit: tuple[Asked, ...]
    bar: float
    counts: tuple[Count, ...]


def questions_room(scope: Scope, warehouse: Warehouse, address: Address) -> QuestionsRoom:
    """``/questions``. Raises Forbidden for whoever does not compare organisations."""
    del address
    if scope.role not in ASKS and not scope.loads_everything:
        raise Forbidden
    return remembered(scope, warehouse, "questions", lambda: _room(scope, warehouse))


def _room(scope: Scope, warehouse: Warehouse) -> QuestionsRoom:
    records = evidence(scope, warehouse)
    seen = standing_tree(scope, warehouse)
    pools = {key: _pools(seen, key[1]) for key in records}
    raised = asked_of_all(records, pools, counter_pairs(scope, warehouse))
    named = _names(scope, warehouse, raised)
    every, lit = Counter(one.question for one in raised), [one for one in raised if one.is_lit]
    kept = Counter(one.question for one in lit)
    unlit = [one for one in raised if not one.is_lit][:_NEXT]
    return QuestionsRoom(
        series=len(records),
        asked=len(raised),
        lit=tuple(_asked(one, named) for one in lit),
        unlit=tuple(_asked(one, named) for one in unlit),
        bar=FALSE_SHARE * (len(lit) + 1) / max(len(raised), 1),
        counts=tuple(Count(one, every[one], kept[one]) for one in Question),
    )


def _pools(seen: Tree, organisation_id: str) -> tuple[str, ...]:
    """The ministry of an organisation and the government, where there is one."""
    if organisation_id not in seen.organisations:
        return (organisation_id,)
    line = (*seen.ancestors(organisation_id), seen.organisations[organisation_id])
    tops = [one for one in line if one.kind is OrganisationKind.GOVERNMENT]
    ministry = next((one for one in line if one not in tops), line[-1])
    return tuple(dict.fromkeys(one.organisation_id for one in (ministry, *tops)))


def _names(scope: Scope, warehouse: Warehouse, raised: Iterable[Raised]) -> Mapping[str, Named]:
    """Names by identifier, organisations and indicators alike, each under its own mark."""
    known = {
        f"o:{one.organisation_id}": Named(one.organisation_id, one.label_fr, one.label_en)
        for one in organisations(scope, warehouse)
    }
    wanted = {one.subject[0] for one in raised if isinstance(one.subject, tuple)}
    for row in titles(scope, warehouse, wanted):
        name = Named(row["indicator_id"], row["title_fr"], row["title_en"])
        known[f"i:{row['indicator_id']}"] = name
    return known


def _asked(one: Raised, named: Mapping[str, Named]) -> Asked:
    indicator, place = _subject(one.subject)
    organisation = named.get(f"o:{place}", Named(place, place, None))
    about = named.get(f"i:{indicator}", Named(indicator, indicator, None)) if indicator else None
    return Asked(one.question, one.finding, organisation, about)


def _subject(subject: Key | str) -> Key:
    """Indicator and organisation; an empty indicator for a whole organisation."""
    return subject if isinstance(subject, tuple) else ("", subject)
