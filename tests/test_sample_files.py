"""Every file of data/samples is told what its name says, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pilotage.domain.indicator import Level, Visibility
from pilotage.domain.viewer import Role, Scope
from pilotage.intake import loading
from pilotage.intake.contract import ORDER
from pilotage.intake.problem import RULES
from pilotage.store.warehouse import Warehouse, open_warehouse

DATA = Path(__file__).parents[1] / "data"
SAMPLES = sorted((DATA / "samples").glob("*.csv"))
OF_PROFILES = {"unused-file", "profile-error"}
"""Said of profiles and folders, not of one contract file."""
READER = Path(__file__).parents[1] / "pilotage" / "intake" / "reader"


EVERYTHING = Scope(
    viewer_id="test",
    role=Role.ADMINISTRATOR,
    everything=True,
    organisation_ids=frozenset(),
    levels=frozenset(Level),
    visibilities=frozenset(Visibility),
    published_only=False,
    loads_everything=True,
    loadable=frozenset(),
)


def code_of(path: Path) -> str:
    """The code a sample's name starts with; empty for a sound one."""
    name = path.stem.replace("_", "-")
    return next(
        (code for code in sorted(RULES, key=len, reverse=True) if name.startswith(code)), ""
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path_factory.mktemp("home"))
    for subject in ORDER:
        path = DATA / "contracts" / f"exemple_{subject}.csv"
        report = loading.check(opened, EVERYTHING, loading.receive(opened, path, path.name))
        assert report.codes == {}, path.name
        outcome = loading.load(opened, EVERYTHING, report, way_in="command", author="test")
        assert outcome.state == "loaded", path.name
    yield opened
    loading.stop_checking(opened)
    opened.close()


def told(warehouse: Warehouse, path: Path) -> set[str]:
    scope = EVERYTHING
    if path.name.startswith("not_yours"):
        scope = replace(scope, loads_everything=False, loadable=frozenset({"EX-EQU"}))
    return set(loading.check(warehouse, scope, loading.receive(warehouse, path, path.name)).codes)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_told_what_its_name_says(warehouse: Warehouse, path: Path) -> None:
    code = code_of(path)
    assert told(warehouse, path) == ({code} if code else set())


def test_a_sample_without_a_code_says_that_it_is_sound() -> None:
    assert all(path.name.startswith("sain_") for path in SAMPLES if not code_of(path))


def test_every_code_a_contract_file_can_meet_has_its_unsound_file() -> None:
    reader = "".join(path.read_text(encoding="utf-8") for path in READER.glob("*.py"))
    of_reader = {code for code in RULES if f'"{code}"' in reader}
    shown = {code_of(path) for path in SAMPLES} - {""}
    assert shown <= set(RULES)
    assert set(RULES) - shown - OF_PROFILES <= of_reader
