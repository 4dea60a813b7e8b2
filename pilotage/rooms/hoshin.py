"""The X-matrix of a branch: orientations, objectives, indicators, and who answers for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pilotage.domain.organisation import Organisation
from pilotage.rooms.alignment import Aim, Bough, Limb, Twig, leaves
from pilotage.rooms.tree import Tree

MOST_COLUMNS = 24
"""Indicators drawn side by side; the table holds them all."""
_ORIENTATION = "orientation"


@dataclass(frozen=True)
class Column:
    """An indicator at the top of the branch and the objective it measures; ``answers`` for it one
    organisation, ``contributing`` are the others of the matrix that hold figures under it.
    """

    twig: Twig
    objective_id: str
    answers: str | None
    contributing: frozenset[str]


@dataclass(frozen=True)
class Matrix:
    """Four sides of a cross. ``under``: by objective, the orientation it spells out.

    ``organisations`` are the one of the branch and those right below, each with all it holds.
    """

    orientations: tuple[Aim, ...]
    objectives: tuple[Aim, ...]
    under: Mapping[str, str]
    columns: tuple[Column, ...]
    organisations: tuple[Organisation, ...]

    @property
    def drawn(self) -> tuple[Column, ...]:
        """The indicators that find a place side by side: one for each objective, then in order."""
        firsts = {one.objective_id: at for at, one in reversed(list(enumerate(self.columns)))}
        others = [at for at in range(len(self.columns)) if at not in firsts.values()]
        kept = sorted([*firsts.values(), *others][:MOST_COLUMNS])
        return tuple(self.columns[at] for at in kept)

    def orientation_of(self, column: Column) -> str | None:
        """The orientation that an indicator serves; none for an objective that stands alone."""
        return self.under.get(column.objective_id)


def matrix(limb: Limb, known: Mapping[str, Aim], seen: Tree) -> Matrix | None:
    """The matrix of one branch; none where nothing is both promised and measured."""
    place = limb.organisation.organisation_id
    rows = (limb.organisation, *seen.children.get(place, ()))
    row_of = {place: place}
    for one in rows[1:]:
        row_of |= dict.fromkeys(seen.subtree(one.organisation_id), one.organisation_id)
    ends = {one.objective_id for one in leaves(known)}
    columns = [
        _column(twig, bough.aim.objective_id, row_of)
        for bough in _every((*limb.boughs, *limb.received))
        for twig in bough.twigs
    ]
    shown = [
        bough.aim
        for bough in _every((*limb.boughs, *limb.received))
        if bough.twigs or bough.aim.objective_id in ends
    ]
    if not columns or not shown:
        return None
    under = {one.objective_id: above for one in shown if (above := _above(one, known))}
    used = {name for one in columns for name in (one.answers, *one.contributing)}
    wanted = set(under.values())
    return Matrix(
        orientations=tuple(one for name, one in known.items() if name in wanted),
        objectives=tuple(shown),
        under=under,
        columns=tuple(columns),
        organisations=tuple(one for one in rows if one.organisation_id in used),
    )


def _every(boughs: Sequence[Bough]) -> list[Bough]:
    """Each line of a plan, then what is below it."""
    return [one for bough in boughs for one in (bough, *_every(bough.below))]


def _above(aim: Aim, known: Mapping[str, Aim]) -> str | None:
    """The nearest orientation above; else what is right above."""
    line, here = [aim.objective_id], aim.parent_id
    while here is not None and here in known and here not in line:
        if known[here].kind == _ORIENTATION:
            return here
        line.append(here)
        here = known[here].parent_id
    return aim.parent_id


def _column(twig: Twig, objective_id: str, row_of: Mapping[str, str]) -> Column:
    answers = row_of.get(twig.figure.organisation_id)
    others = {row_of.get(one.organisation_id) for one in twig.all} - {answers, None}
    return Column(twig, objective_id, answers, frozenset(filter(None, others)))
