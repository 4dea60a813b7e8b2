"""The six sample people of demonstration mode, placed in whatever organisations are loaded."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pilotage.access.scope import subtree
from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.viewer import Role, Viewer

Counts = Mapping[tuple[str, Level], int]
"""Indicators judged in each organisation at each level; an absent key is zero."""

PUBLIC_VIEWER = Viewer("public", "Public", Role.PUBLIC, None)
DEMO_VIEWERS = (
    PUBLIC_VIEWER,
    Viewer("team", "Camille Roy", Role.TEAM_MEMBER, None),
    Viewer("manager", "Dominique Gagnon", Role.MANAGER, None),
    Viewer("deputy", "Claude Tremblay", Role.DEPUTY_MINISTER, None),
    Viewer("treasury", "Andrée Bouchard", Role.CENTRAL, None),
    Viewer("administrator", "Sacha Lavoie", Role.ADMINISTRATOR, None),
)
FIRST_VIEWER = "deputy"
"""Whom a demonstration shows first."""

_HEALTH = ("santé", "health")
_MIDDLE = {OrganisationKind.DIRECTORATE, OrganisationKind.SECTOR, OrganisationKind.BODY}


def demo_viewers(organisations: Sequence[Organisation], counts: Counts) -> tuple[Viewer, ...]:
    """The six people, each given the organisation where the demonstration has most to show.

    The deputy minister gets Health where there is one, else the ministry with most indicators; the
    manager a directorate of that ministry and the team member a team below it, where they exist.
    With nothing loaded they stand nowhere and see nothing.
    """
    ministry = _ministry(organisations, _totals(organisations, counts, frozenset(Level)))
    tactical = _totals(organisations, counts, frozenset({Level.TACTICAL}))
    operational = _totals(organisations, counts, frozenset({Level.OPERATIONAL}))
    led = _own(counts, Level.TACTICAL)
    directorate = _below(organisations, led, tactical, ministry, _MIDDLE)
    daily = _own(counts, Level.OPERATIONAL)
    team = _below(organisations, daily, operational, directorate, {OrganisationKind.TEAM})
    places = {"deputy": ministry, "manager": directorate, "team": team}
    return tuple(
        Viewer(person.viewer_id, person.name, person.role, places.get(person.viewer_id))
        for person in DEMO_VIEWERS
    )


def _ministry(organisations: Sequence[Organisation], totals: Counter[str]) -> str | None:
    ministries = [one for one in organisations if one.kind is OrganisationKind.MINISTRY]
    health = [one for one in ministries if any(word in _label(one) for word in _HEALTH)]
    below_government = [one for one in organisations if one.kind is not OrganisationKind.GOVERNMENT]
    for candidates in (health, ministries, below_government, organisations):
        if shown := _fullest(candidates, totals):
            return shown
    return organisations[0].organisation_id if organisations else None


def _below(
    organisations: Sequence[Organisation],
    own: Counter[str],
    totals: Counter[str],
    parent: str | None,
    kinds: set[OrganisationKind],
) -> str | None:
    """The organisation of those kinds under ``parent`` with most of its own, else ``parent``."""
    inside = subtree(parent, organisations)
    known = [one for one in organisations if one.organisation_id in inside]
    fitting = [one for one in known if one.kind in kinds]
    return _fullest(fitting, own) or _fullest(fitting, totals) or _fullest(known, totals) or parent


def _fullest(candidates: Sequence[Organisation], totals: Counter[str]) -> str | None:
    """The one with most indicators in its subtree; the first identifier of a tie; None for none."""
    shown = sorted(one.organisation_id for one in candidates if totals[one.organisation_id])
    return max(shown, key=lambda organisation_id: totals[organisation_id], default=None)


def _own(counts: Counts, level: Level) -> Counter[str]:
    """Indicators of that level in each organisation alone."""
    return Counter({owner: count for (owner, at), count in counts.items() if at == level})


def _totals(
    organisations: Sequence[Organisation], counts: Counts, levels: frozenset[Level]
) -> Counter[str]:
    """Indicators of those levels in each organisation's subtree, itself included."""
    parents = {one.organisation_id: one.parent_id for one in organisations}
    totals: Counter[str] = Counter()
    for (owner, level), count in counts.items():
        place: str | None = owner if level in levels else None
        climbed: set[str] = set()
        while place is not None and place in parents and place not in climbed:
            climbed.add(place)
            totals[place] += count
            place = parents[place]
    return totals


def _label(organisation: Organisation) -> str:
    return f"{organisation.label_fr} {organisation.label_en or ''}".casefold()
