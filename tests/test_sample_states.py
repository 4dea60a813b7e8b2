"""The sample government goes through the door of any file and shows every state of the rooms."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from pilotage.domain.indicator import Level, Visibility
from pilotage.domain.status import Change, Confidence, DataState, Result, Standing, Trajectory
from pilotage.domain.status import standing as standing_of
from pilotage.domain.viewer import Role, Scope
from pilotage.intake import loading
from pilotage.sample.government import write_government
from pilotage.store.tables import indicators, verdicts
from pilotage.store.warehouse import Warehouse, open_warehouse

ANCHOR = date(2026, 10, 19)
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


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path_factory.mktemp("home"), as_of=ANCHOR)
    for path in write_government(tmp_path_factory.mktemp("sample"), ANCHOR):
        report = loading.check(opened, EVERYTHING, loading.receive(opened, path, path.name))
        assert set(report.codes) <= {"revision", "deviated-value"}, path.name
        outcome = loading.load(opened, EVERYTHING, report, way_in="command", author="test")
        assert (outcome.state, outcome.refused) == ("loaded", 0), path.name
    yield opened
    loading.stop_checking(opened)
    opened.close()


@pytest.fixture(scope="module")
def levels_of(warehouse: Warehouse) -> dict[str, set[str]]:
    """The levels at which each state occurs, under ``<family>:<state>``."""
    asked = sa.select(
        indicators.c.level,
        verdicts.c.result,
        verdicts.c.trajectory,
        verdicts.c.data_state,
        verdicts.c.change,
        verdicts.c.confidence,
    ).join(indicators, indicators.c.indicator_key == verdicts.c.indicator_key)
    found: dict[str, set[str]] = defaultdict(set)
    with warehouse.read() as connection:
        rows = connection.execute(asked).all()
    for level, result, trajectory, state, change, confidence in rows:
        card = standing_of(Result(result), Trajectory(trajectory), DataState(state))
        said = (("result", result), ("trajectory", trajectory), ("data", state))
        for family, word in (*said, ("change", change), ("card", card), ("confidence", confidence)):
            found[f"{family}:{word}"].add(level)
    return found


@pytest.mark.parametrize(
    ("family", "words"),
    [
        ("result", list(Result)),
        ("trajectory", list(Trajectory)),
        ("data", list(DataState)),
        ("change", list(Change)),
        ("card", list(Standing)),
        ("confidence", list(Confidence)),
    ],
)
def test_every_state_occurs_at_several_levels(
    levels_of: dict[str, set[str]], family: str, words: list[str]
) -> None:
    assert {word: len(levels_of[f"{family}:{word}"]) > 1 for word in words} == dict.fromkeys(
        words, True
    )


def test_the_health_ministry_has_the_most_telling_room(warehouse: Warehouse) -> None:
    asked = sa.select(verdicts.c.result, verdicts.c.trajectory, verdicts.c.data_state).where(
        verdicts.c.organisation_id == "MSSS"
    )
    with warehouse.read() as connection:
        cards = {
            standing_of(Result(result), Trajectory(trajectory), DataState(state))
            for result, trajectory, state in connection.execute(asked)
        }
    assert cards >= {
        Standing.ON_TRACK,
        Standing.AT_RISK,
        Standing.OFF_TARGET,
        Standing.MISSING,
        Standing.STALE,
        Standing.DISPUTED,
    }
