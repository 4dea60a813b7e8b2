"""A home with something to show on every page, and the identifiers of what it shows."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pilotage.access.operator import OPERATOR
from pilotage.access.scope import scope_of
from pilotage.access.viewers import demo_viewers
from pilotage.domain.organisation import OrganisationKind
from pilotage.domain.period import PeriodKind
from pilotage.domain.publication import Note
from pilotage.domain.viewer import Scope, Viewer
from pilotage.errors import Refused
from pilotage.followup.publication import draft, publish
from pilotage.followup.sign_off import ask_approval
from pilotage.intake import loading
from pilotage.rooms.address import Address
from pilotage.rooms.indicator import IndicatorRoom, indicator_room
from pilotage.store.queries.blockers import standing_blockers
from pilotage.store.queries.directory import indicator_counts, organisations
from pilotage.store.queries.loads import recent_loads
from pilotage.store.queries.passport import expected_places
from pilotage.store.warehouse import Warehouse, open_warehouse
from tests.axe.case import Subjects

_HEADER = "indicateur_id;organisation_id;periode;valeur\n"


def furnish(home: Path) -> Subjects:
    """Add rows that wait to be corrected and a file that waits to be approved; what is there."""
    warehouse = open_warehouse(home)
    try:
        known = organisations(OPERATOR, warehouse)
        people = {
            one.viewer_id: one for one in demo_viewers(known, indicator_counts(OPERATOR, warehouse))
        }
        rooms = [*_rooms(warehouse, people)]
        last = recent_loads(OPERATOR, warehouse, 1)[0]["load_seq"]
        troubled, held = _files(warehouse, people)
        blockers = standing_blockers(OPERATOR, warehouse, is_live=True)
        ministries = [one.organisation_id for one in known if one.kind is OrganisationKind.MINISTRY]
        deputy = people["deputy"].organisation_id or ""
        mine = [one for one in blockers if one["organisation_id"] == deputy]
        return Subjects(
            ministry=deputy,
            other_ministry=next(one for one in ministries if one != deputy),
            directorate=people["manager"].organisation_id or "",
            team=people["team"].organisation_id or "",
            indicators=tuple(_kinds(rooms)),
            blocker=str(mine[0]["blocker_id"]) if mine else "",
            load=str(last),
            troubled_load=str(troubled),
            held_load=str(held),
            draft=_publications(warehouse, people["treasury"]),
        )
    finally:
        loading.stop_checking(warehouse)
        warehouse.close()


def _publications(warehouse: Warehouse, treasury: Viewer) -> str:
    """One that is out, and the identifier of a draft; none where nothing is public."""
    scope = scope_of(treasury, organisations(OPERATOR, warehouse))
    note, day = Note("Une note.", "A note."), warehouse.today
    try:
        out, waiting = (draft(warehouse, scope, treasury.name, day, note) for _ in range(2))
    except Refused:
        return ""
    publish(warehouse, scope, treasury.name, out)
    return waiting


def _rooms(warehouse: Warehouse, people: dict[str, Viewer]) -> Iterator[IndicatorRoom]:
    """The indicators of the deputy minister and, below her, of the manager and the team."""
    places = {person.organisation_id: order for order, person in enumerate(people.values())}
    pairs = [
        (str(row["indicator_id"]), str(row["organisation_id"]))
        for row in expected_places(OPERATOR, warehouse)
        if row["organisation_id"] in places
    ]
    for indicator_id, place in sorted(pairs):
        address = Address(("indicateurs", indicator_id), {"org": place})
        yield indicator_room(OPERATOR, warehouse, address)


def _kinds(rooms: list[IndicatorRoom]) -> Iterator[tuple[str, str]]:
    """One indicator of each kind that a page draws differently, the first there is."""
    kinds: dict[str, Callable[[IndicatorRoom], object]] = {
        "off target": lambda one: one.verdict and one.verdict.standing.value == "off_target",
        "on track": lambda one: one.verdict and one.verdict.standing.value == "on_track",
        "late": lambda one: one.verdict and one.verdict.standing.value in {"missing", "stale"},
        "disputed": lambda one: one.verdict and one.verdict.standing.value == "disputed",
        "without target": lambda one: one.verdict and not one.verdict.has_target,
        "without data": lambda one: one.verdict is None or one.verdict.value is None,
        "seasonal": lambda one: one.has_season,
        "with children": lambda one: one.gap is not None,
        "revised": lambda one: bool(one.revisions),
        "with a level offered": lambda one: one.process and one.process.steps.offers,
        "with blockers": lambda one: bool(one.blockers),
    }
    for name, fits in kinds.items():
        found = next((one for one in rooms if fits(one)), None)
        if found:
            yield name, f"{found.indicator_id}?org={found.place.organisation_id}"


def _files(warehouse: Warehouse, people: dict[str, Viewer]) -> tuple[int, int]:
    """The manager's file with rows refused, then one that her deputy minister must approve."""
    known = organisations(OPERATOR, warehouse)
    manager, place = scope_of(people["manager"], known), people["manager"].organisation_id or ""
    deputy = scope_of(people["deputy"], known)
    measured = next(
        row
        for row in expected_places(OPERATOR, warehouse)
        if row["organisation_id"] == place
        and row["value"] is not None
        and row["period_kind"] == PeriodKind.MONTH.value
    )
    pair, period = f"{measured['indicator_id']};{place}", measured["period_start"]
    month = f"{period:%Y-%m}"
    bad = (
        f"{_HEADER}{pair};{month};12\n{pair};31/02/2026;n.d.\nINCONNU;{place};{month};13\n{pair}\n"
    )
    troubled = _loaded(warehouse, manager, bad, "avec_erreurs.csv")
    ask_approval(warehouse, deputy, place, None, "deputy")
    held = _loaded(warehouse, manager, f"{_HEADER}{pair};{month};14\n", "a_approuver.csv")
    return troubled, held


def _loaded(warehouse: Warehouse, scope: Scope, content: str, name: str) -> int:
    path = warehouse.home / name
    path.write_text(content, encoding="utf-8")
    received = loading.receive(warehouse, path, name)
    report = loading.check(warehouse, scope, received)
    outcome = loading.load(warehouse, scope, report, "quarantine", "page", scope.viewer_id)
    assert outcome.state in {"loaded", "held"}, report.problems
    return outcome.version
