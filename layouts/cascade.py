"""The cascade page drawn: the sentence, the tree, the sums, what hangs on nothing, the matrix."""

from typing import Any

from dash import html

from layouts import ids
from layouts.alignment import branch_tree, whole_tree
from layouts.hoshin import MATRIX, hoshin, hoshin_note, matrix_table
from layouts.orphan import COVERAGE, coverage_sheet, coverage_table, orphans
from layouts.parts import crumb, empty, section
from layouts.phrase import rich
from layouts.sheet import take
from layouts.sum_check import sums, sums_note
from pilotage.formats import day, number
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.cascade import CascadeRoom
from pilotage.rooms.tree import room_of


def title(room: CascadeRoom, address: Address) -> str:
    """Whose cascade it is."""
    _ = translator(address.lang)
    if room.organisation is None:
        return _("La cascade du gouvernement") if room.government else _("La cascade")
    one = room.organisation
    return _("La cascade : {name}").format(name=label(one.label_fr, one.label_en, address.lang))


def layout(room: CascadeRoom, address: Address) -> list[Any]:
    """Where one is, the name, then the part that changes."""
    heading = html.H1(title(room, address), tabIndex=-1)
    return [
        *_crumb(room, address),
        heading,
        html.Div(body(room, address), id=ids.CASCADE_BODY),
    ]


def _crumb(room: CascadeRoom, address: Address) -> list[Any]:
    if room.organisation is None:
        return []
    lang = address.lang
    steps = [
        (label(one.label_fr, one.label_en, lang), address.link("cascade", one.organisation_id))
        for one in room.above
    ]
    own = label(room.organisation.label_fr, room.organisation.label_en, lang)
    door = (own, address.link(*room_of(room.organisation)))
    return [crumb([*steps, door, (translator(lang)("Cascade"), None)], lang)]


def body(room: CascadeRoom, address: Address) -> list[Any]:
    """The sentences and the zones."""
    _, lang = translator(address.lang), address.lang
    if room.is_empty:
        step = html.A(_("Ouvrir la page Données"), href=address.link("donnees"))
        words = _("Aucun objectif ni aucun indicateur que vous pouvez voir n'est encore connu.")
        return [empty(words, step)]
    when = _("Situation au {day}.").format(day=day(room.judged_on, lang))
    partial = _("Vue partielle : seulement ce que vous pouvez voir.") if room.is_partial else ""
    return [
        html.P(rich(" ".join(_lede(room, lang))), className="lede"),
        html.P(f"{when} {partial}".strip(), className="since"),
        html.Div([html.Div(_main(room, address)), _side(room, address)], className="cols"),
        *_matrix(room, address),
    ]


def tree(room: CascadeRoom, address: Address) -> Any:
    """The alignment tree: of the whole government folded, of a branch open."""
    if room.organisation is None:
        return whole_tree(room.limbs, room.seen, address)
    if not room.limbs:
        words = translator(address.lang)("Rien n'est promis ni mesuré dans cette branche.")
        return empty(words)
    return branch_tree(room.limbs[0], room.seen, address)


def cross(room: CascadeRoom, address: Address) -> Any:
    """The matrix of a branch; the whole government has one for each organisation."""
    if room.organisation is None:
        return None
    if room.matrix is None:
        _ = translator(address.lang)
        words = _("Pas de matrice : rien n'est à la fois promis et mesuré dans cette branche.")
        return empty(words)
    return hoshin(room.matrix, room.seen, address)


def _lede(room: CascadeRoom, lang: Lang) -> list[str]:
    """What is measured, how far down it goes, what does not add up."""
    _, found = translator(lang), room.coverage
    every, said = number(found.objectives, 0, lang), []
    if found.objectives:
        if any(one.boughs for one in room.limbs):
            words = _.plural(
                "**{n} objectif sur {all}** est mesuré.",
                "**{n} objectifs sur {all}** sont mesurés.",
                found.measured,
            )
        else:
            words = _.plural(
                "**{n} objectif reçu** est servi ici.",
                "**{n} objectifs reçus** sont servis ici.",
                found.measured,
            )
        said.append(words.format(n=number(found.measured, 0, lang), all=every))
        if found.to_team is not None:
            words = _.plural(
                "{n} descend jusqu'à une équipe.",
                "{n} descendent jusqu'à une équipe.",
                found.to_team,
            )
            said.append(words.format(n=number(found.to_team, 0, lang)))
        elif found.passed:
            words = _.plural("{n} est repris plus bas.", "{n} sont repris plus bas.", found.passed)
            said.append(words.format(n=number(found.passed, 0, lang)))
    else:
        said.append(_("**Aucun objectif** n'est promis ici."))
    off = sum(one.differs for one in room.checks)
    if off:
        words = _.plural(
            "**{n} somme** ne tombe pas juste.", "**{n} sommes** ne tombent pas juste.", off
        )
        said.append(words.format(n=number(off, 0, lang)))
    partial = sum(bool(one.parts) and not one.is_complete for one in room.checks)
    if partial:
        words = _.plural("{n} somme est incomplète.", "{n} sommes sont incomplètes.", partial)
        said.append(words.format(n=number(partial, 0, lang)))
    return said


def _main(room: CascadeRoom, address: Address) -> list[Any]:
    _ = translator(address.lang)
    if room.organisation is None:
        note = _(
            "compte les indicateurs de son plan et ceux qu'ils portent plus bas · "
            "ouvrez une organisation pour le voir"
        )
    else:
        note = _("chaque compte : les indicateurs de la ligne et ceux qu'ils portent plus bas")
    return [
        section(_("Arbre d'alignement"), tree(room, address), note=note),
        section(_("Couverture"), [coverage_table(room, address), take(address, COVERAGE)]),
    ]


def _side(room: CascadeRoom, address: Address) -> html.Aside:
    _ = translator(address.lang)
    told = sums(room.checks, room.seen, address)
    count = number(room.orphans.total, 0, address.lang) if room.orphans.total else None
    return html.Aside(
        [
            section(_("Les sommes"), told, note=sums_note(room.checks, address.lang)),
            section(_("Orphelins"), orphans(room, address), note=count),
        ]
    )


def _matrix(room: CascadeRoom, address: Address) -> list[Any]:
    """The zone of the matrix; the whole government has none."""
    if room.organisation is None:
        return []
    note = hoshin_note(address) if room.matrix else None
    title = translator(address.lang)("Matrice en X")
    drawn: list[Any] = [cross(room, address)]
    drawn += [take(address, MATRIX)] if room.matrix and room.matrix.columns else []
    return [section(title, drawn, note=note)]


def _matrix_table(room: CascadeRoom, address: Address) -> html.Div | None:
    return matrix_table(room.matrix, room.seen, address) if room.matrix else None


TABLES = {COVERAGE: coverage_sheet, MATRIX: _matrix_table}
"""Tables to take away that the page draws otherwise, or apart."""
