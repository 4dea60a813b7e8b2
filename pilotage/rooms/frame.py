"""What surrounds every page: who looks, where one may go, what the data are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pilotage.access.current import Sight
from pilotage.domain.indicator import Level
from pilotage.domain.organisation import Organisation
from pilotage.domain.viewer import Role, Viewer
from pilotage.i18n import N_, Lang, label
from pilotage.rooms.address import Address
from pilotage.rooms.day_choice import DayChoice, past_days, since_days
from pilotage.rooms.follow import NO_FOLLOW, FollowState, follow_state
from pilotage.rooms.home import home
from pilotage.rooms.huddle_record import last_huddle
from pilotage.rooms.past import follows_day
from pilotage.rooms.questions import ASKS
from pilotage.rooms.since import compares
from pilotage.rooms.standing import standing_tree
from pilotage.rooms.tree import GOVERNMENT_ROOM, ROOM_OF_LEVEL, Tree, usual_level
from pilotage.settings import Settings
from pilotage.store.warehouse import Warehouse

ROLE_WORDS = {
    Role.PUBLIC: N_("Public"),
    Role.TEAM_MEMBER: N_("Membre d'équipe"),
    Role.MANAGER: N_("Gestionnaire"),
    Role.DEPUTY_MINISTER: N_("Sous-ministre"),
    Role.STEWARD: N_("Responsable des données"),
    Role.CENTRAL: N_("Secrétariat du Conseil du trésor"),
    Role.AUDITOR: N_("Vérification"),
    Role.ADMINISTRATOR: N_("Administration"),
}


@dataclass(frozen=True)
class Door:
    """One entry of the navigation: ``room`` is the first segment of its address."""

    room: str
    href: str


@dataclass(frozen=True)
class Seat:
    """A sample person one may look as, with the name of her organisation where she has one."""

    viewer: Viewer
    place: str | None
    is_current: bool


@dataclass(frozen=True)
class Frame:
    """The frame of one request; ``seats`` is empty outside demonstration mode.

    ``can_search`` is false for whoever sees no organisation: there is nothing to find.
    ``past_days`` are offered where the page follows the day, for whoever sees something;
    ``since_days`` where a room can be compared with an earlier day. ``follow``: whether the
    page is followed.
    """

    viewer: Viewer
    place: str | None
    home: str
    doors: tuple[Door, ...]
    seats: tuple[Seat, ...]
    source: str | None
    is_fictitious: bool
    today: date
    can_search: bool = False
    past_days: tuple[DayChoice, ...] = ()
    since_days: tuple[DayChoice, ...] = ()
    follow: FollowState = NO_FOLLOW


def frame(sight: Sight, warehouse: Warehouse, settings: Settings, address: Address) -> Frame:
    """What surrounds the page at that address for that viewer."""
    seen = standing_tree(sight.scope, warehouse)
    names = _names(sight, warehouse, address.lang)
    seats = tuple(
        Seat(person, names.get(person.organisation_id or ""), person == sight.viewer)
        for person in sight.people
    )
    return Frame(
        viewer=sight.viewer,
        place=names.get(sight.viewer.organisation_id or ""),
        home=address.link(*home(sight.scope, warehouse, sight.viewer)),
        doors=tuple(_doors(sight, seen, address)),
        seats=seats,
        source=settings.source_name(address.lang),
        is_fictitious=settings.is_fictitious,
        today=warehouse.today,
        can_search=bool(seen.organisations),
        past_days=_past_days(seen, warehouse, settings, address),
        since_days=_since_days(sight, seen, warehouse, settings, address),
        follow=follow_state(sight.scope, warehouse, address),
    )


def _past_days(
    seen: Tree, warehouse: Warehouse, settings: Settings, address: Address
) -> tuple[DayChoice, ...]:
    if not seen.organisations or not follows_day(address):
        return ()
    return past_days(warehouse.today, settings.fiscal_month)


def _since_days(
    sight: Sight, seen: Tree, warehouse: Warehouse, settings: Settings, address: Address
) -> tuple[DayChoice, ...]:
    if not seen.organisations or not compares(address):
        return ()
    shown = address.past(warehouse.today) or warehouse.today
    met_on = last_huddle(sight.scope, warehouse, address)
    return since_days(shown, settings.fiscal_month, met_on)


def _names(sight: Sight, warehouse: Warehouse, lang: Lang) -> dict[str, str]:
    """Names of the organisations the viewer may see; the others' stay unsaid."""
    known = standing_tree(sight.scope, warehouse).organisations.values()
    return {one.organisation_id: label(one.label_fr, one.label_en, lang) for one in known}


def _doors(sight: Sight, seen: Tree, address: Address) -> Iterable[Door]:
    role, scope = sight.viewer.role, sight.scope
    if role is Role.PUBLIC:
        yield Door("public", address.link("public"))
        return
    if Level.STRATEGIC in scope.levels:
        yield Door(GOVERNMENT_ROOM, address.link(GOVERNMENT_ROOM))
    here = address.subject if address.subject in seen.organisations else None
    place = here or sight.viewer.organisation_id
    for level, room in ROOM_OF_LEVEL.items():
        if level in scope.levels:
            found = nearest(seen, place, level)
            yield Door(room, address.link(room, *((found.organisation_id,) if found else ())))
    if scope.levels:
        yield Door("cascade", address.link("cascade", *((here,) if here else ())))
    if role is not Role.ADMINISTRATOR:
        yield Door("bloquants", address.link("bloquants"))
    yield Door("donnees", address.link("donnees"))
    if role in ASKS:
        yield Door("questions", address.link("questions"))


def nearest(seen: Tree, place: str | None, level: Level) -> Organisation | None:
    """The organisation or the closest above that is steered at this level; None to choose."""
    if place is None or place not in seen.organisations:
        return None
    line = (*seen.ancestors(place), seen.organisations[place])
    return next((one for one in reversed(line) if _is_steered(one, level)), None)


def _is_steered(one: Organisation, level: Level) -> bool:
    return one.parent_id is not None and usual_level(one) is level
