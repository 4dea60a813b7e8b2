"""What surrounds every page: who looks, where one may go, what the data are."""

from dataclasses import dataclass

from pilotage.domain.viewer import Viewer


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
    """The frame of one request; ``seats`` is empty outside demonstration mode."""

    viewer: Viewer
    place: str | None
    home: str
    doors: tuple[Door, ...]
    seats: tuple[Seat, ...]
    source: str | None
    is_fictitious: bool
