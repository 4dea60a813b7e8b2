"""A home whose clock is ours: what is received, moved or withdrawn happens when the test says."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, tzinfo
from functools import cache
from pathlib import Path

import pytest

from pilotage.domain.period import GOVERNMENT_ZONE
from pilotage.followup import event
from pilotage.intake import loading, payload
from pilotage.store import warehouse as store
from pilotage.store.warehouse import open_warehouse
from tests.door import Door, HereChecker

START = date(2026, 1, 5)
ORGANISATIONS = """organisation_id;genre;libelle_fr;parent_id
G;gouvernement;Gouvernement;
M;ministère;Ministère;G
D;direction;Direction;M
E;direction;Autre direction;M
"""
INDICATORS = """indicateur_id;titre_fr;unite;sens;nature;niveau;frequence;organisation_id;\
agregation_organisations
I-M;Mensuel;jours;au plus;résultat;stratégique;mensuelle;M;aucune
I-R;Cumulé;nombre;au moins;extrant;stratégique;mensuelle;M;somme
I-D;De la direction;nombre;au moins;extrant;tactique;mensuelle;D;aucune
"""
LINKS = """parent_id;enfant_id;genre;poids
I-M;I-D;contribue;1
"""


class Clock:
    """The moment it is, for the store and the intake."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.moment = datetime.combine(START, time(9), GOVERNMENT_ZONE)
        clock, self.raised = self, 0

        class Frozen(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return clock.moment.astimezone(tz)

        for module in (store, loading, payload):
            patch.setattr(module, "datetime", Frozen)
        patch.setattr(event, "uuid4", self._name)

    def _name(self) -> "_Name":
        self.raised += 1
        return _Name(f"{self.raised:012d}")

    def set(self, day: date, hour: int, minute: int = 0) -> None:
        """A moment of that day where the government is."""
        self.moment = datetime.combine(day, time(hour, minute), GOVERNMENT_ZONE)


class _Name:
    def __init__(self, hex_: str) -> None:
        self.hex = hex_


@contextmanager
def dated_home(patch: pytest.MonkeyPatch) -> Iterator[tuple[Door, Clock]]:
    """A home with three organisations and indicators, all described on the first day."""
    patch.setattr(loading, "Checker", HereChecker)
    clock = Clock(patch)
    folder = Path(tempfile.mkdtemp(prefix="pilotage-dated-"))
    shutil.copytree(_described(), folder / "home")
    warehouse = open_warehouse(folder / "home", START)
    try:
        yield Door(warehouse, folder), clock
    finally:
        loading.stop_checking(warehouse)
        warehouse.close()
        shutil.rmtree(folder, ignore_errors=True)


@cache
def _described() -> Path:
    """Made once a process, then copied: a home takes a second to make."""
    folder = Path(tempfile.mkdtemp(prefix="pilotage-described-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    warehouse = open_warehouse(folder / "home", START)
    door = Door(warehouse, folder)
    states = [door.load(content).state for content in (ORGANISATIONS, INDICATORS, LINKS)]
    assert states == ["loaded"] * 3
    loading.stop_checking(warehouse)
    warehouse.close()
    return folder / "home"
