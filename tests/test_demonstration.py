"""A demonstration is prepared once, and taken up where it was cut."""

from datetime import date
from pathlib import Path

import pytest

from pilotage import demonstration
from pilotage.demonstration import SOURCES, prepare
from pilotage.errors import Refused
from pilotage.store.warehouse import open_warehouse
from tests.door import INDICATORS, ORGANISATIONS, check_here

__all__ = ["check_here"]
pytestmark = pytest.mark.usefixtures("check_here")


class CutError(Exception):
    """The person pressed Ctrl-C."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of two files."""

    def write(folder: Path, _anchor: date, _seed: int) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / "1_organisations.csv", folder / "2_indicateurs.csv"]
        for path, content in zip(paths, (ORGANISATIONS, INDICATORS), strict=True):
            path.write_text(content, encoding="utf-8")
        return paths

    monkeypatch.setattr(demonstration, "write_government", write)


def version(home: Path) -> int:
    warehouse = open_warehouse(home)
    warehouse.close()
    return warehouse.version


def test_a_preparation_cut_short_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    home = tmp_path / "home"

    def cut(_: str) -> None:
        raise CutError

    with pytest.raises(CutError):
        prepare(SOURCES["sample"], home, cut)
    assert version(home) == 1
    told: list[str] = []
    prepare(SOURCES["sample"], home, told.append, "en")
    assert version(home) == 2
    assert "already loaded" in told[0]


def test_a_home_is_prepared_once(tmp_path: Path) -> None:
    told: list[str] = []
    for _ in range(2):
        prepare(SOURCES["sample"], tmp_path / "home", told.append)
    assert len(told) == 2


def test_a_real_source_that_is_not_here_says_where_it_was_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "SHARED", tmp_path / "ailleurs")
    with pytest.raises(Refused, match="ailleurs"):
        prepare(SOURCES["infobase"], tmp_path / "home", print)
