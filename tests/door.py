"""A small home behind the one door of the intake, checked in this process: quick to open."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from pilotage.access.operator import OPERATOR
from pilotage.domain.viewer import Scope
from pilotage.intake import loading
from pilotage.intake.check import check_files, refused_rows
from pilotage.intake.problem import Problem
from pilotage.intake.report import CheckReport, Request
from pilotage.store.warehouse import Warehouse, open_warehouse

ORGANISATIONS = """organisation_id;genre;libelle_fr;parent_id
G;gouvernement;Gouvernement;
M;ministère;Ministère;G
D;direction;Direction;M
N;ministère;Autre ministère;G
"""
INDICATORS = """indicateur_id;titre_fr;unite;sens;nature;niveau;frequence;organisation_id
I-M;Mensuel;jours;au plus;résultat;stratégique;mensuelle;M
I-Q;Quotidien;nombre;au moins;extrant;opérationnel;quotidienne;D
I-T;Taux;%;au moins;résultat;stratégique;mensuelle;M
I-E;Entre;degrés;entre;résultat;tactique;mensuelle;M
I-N;Des autres;nombre;au moins;résultat;stratégique;mensuelle;N
"""
MEASUREMENTS = "indicateur_id;organisation_id;periode;valeur\n"
TARGETS = "indicateur_id;organisation_id;periode;cible_min;cible_max;justification\n"


class HereChecker:
    """Checks in this process, where the real one starts another."""

    def check(
        self, request: Request, progress: Callable[[float], None] | None = None
    ) -> CheckReport:
        return check_files(request, progress or (lambda _: None))

    def refused(self, request: Request, problems: Path, *, is_automatic: bool) -> Path | None:
        return refused_rows(request, problems, is_automatic)

    def close(self) -> None:
        return None


@pytest.fixture
def check_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check of this test runs in its process."""
    monkeypatch.setattr(loading, "Checker", HereChecker)


@dataclass
class Door:
    """A home and a folder to write files in before they are brought."""

    warehouse: Warehouse
    folder: Path
    scope: Scope = OPERATOR

    def seen_by(self, *loadable: str) -> "Door":
        """The same door for who may load for these organisations only."""
        scope = replace(OPERATOR, loads_everything=False, loadable=frozenset(loadable))
        return Door(self.warehouse, self.folder, scope)

    def received(self, content: str | bytes, name: str = "fichier.csv") -> loading.Received:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return loading.receive(self.warehouse, path, name)

    def check(self, content: str | bytes, name: str = "fichier.csv") -> CheckReport:
        return loading.check(self.warehouse, self.scope, self.received(content, name))

    def load(
        self, content: str | bytes, policy: loading.Policy = "strict", name: str = "fichier.csv"
    ) -> loading.LoadOutcome:
        report = self.check(content, name)
        return loading.load(self.warehouse, self.scope, report, policy, author="essai")

    def withdraw(self, load_seq: int) -> int:
        return loading.withdraw(self.warehouse, self.scope, load_seq, "essai", "erreur")


@contextmanager
def opened_door(folder: Path, *loaded: str, known: bool = True) -> Iterator[Door]:
    """A new home in ``folder``, with the organisations and indicators above when ``known``.

    ``loaded``: what else is loaded already.
    """
    folder.mkdir(exist_ok=True)
    if known:
        shutil.copytree(_known_home(ORGANISATIONS, INDICATORS, *loaded), folder / "home")
    with _opened(folder) as door:
        yield door


@contextmanager
def _opened(folder: Path) -> Iterator[Door]:
    warehouse = open_warehouse(folder / "home")
    try:
        yield Door(warehouse, folder)
    finally:
        loading.stop_checking(warehouse)
        warehouse.close()


@cache
def _known_home(*contents: str) -> Path:
    """Made once a process, then copied: a home takes a second to make."""
    folder = Path(tempfile.mkdtemp(prefix="pilotage-door-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with _opened(folder) as door:
        assert [door.load(content).state for content in contents] == ["loaded"] * len(contents)
    return folder / "home"


def places(report: CheckReport) -> list[tuple[str, int | None, str | None]]:
    """Each problem's code, line and column letter, in file order."""
    found = [(p.code, p.line, p.column_letter) for p in report.problems]
    return sorted(found, key=lambda place: (place[1] or 0, place[0]))


def only(report: CheckReport) -> Problem:
    """The one problem of a report."""
    assert len(report.problems) == 1, report.codes
    return report.problems[0]
