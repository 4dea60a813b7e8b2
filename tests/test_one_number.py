"""What docs/one-number.md tells, step by step, on the files it names."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.domain.status import Change, DataState, Result, Standing
from pilotage.formats import quantity
from pilotage.intake import loading
from pilotage.rooms.address import parse_address
from pilotage.rooms.card import Card
from pilotage.rooms.level import level_room
from pilotage.store.tables import measurements, verdicts
from pilotage.store.warehouse import Warehouse, open_warehouse

HOUSE = Path(__file__).parent.parent
PAGE = (HOUSE / "docs/one-number.md").read_text(encoding="utf-8")
CONTRACTS = HOUSE / "data/contracts"
IN_ORDER = (
    "organisations",
    "plans",
    "objectifs",
    "indicateurs",
    "liens",
    "cibles",
    "mesures",
    "bloquants",
    "actions",
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The example files of the contracts, each through the whole door, on the day of the page."""
    opened = open_warehouse(tmp_path_factory.mktemp("one-number"), date(2025, 11, 20))
    for subject in IN_ORDER:
        file = CONTRACTS / f"exemple_{subject}.csv"
        received = loading.receive(opened, file, file.name)
        report = loading.check(opened, OPERATOR, received)
        assert loading.load(opened, OPERATOR, report).state == "loaded", subject
    yield opened
    loading.stop_checking(opened)
    opened.close()


@pytest.fixture(scope="module")
def card(warehouse: Warehouse) -> Card:
    room = level_room(OPERATOR, warehouse, parse_address("/strategique/EX-MIN", ""))
    return next(one for one in room.cards if one.indicator_id == "EX-001")


def test_the_line_shown_on_the_page_is_the_line_of_the_file() -> None:
    third = (CONTRACTS / "exemple_mesures.csv").read_text(encoding="utf-8-sig").splitlines()[2]
    assert third in PAGE


def test_the_row_kept_says_from_which_load_and_line_it_came(warehouse: Warehouse) -> None:
    asked = sa.select(measurements.c.load_seq, measurements.c.load_line).where(
        measurements.c.value == 75.9
    )
    with warehouse.read() as connection:
        assert [tuple(row) for row in connection.execute(asked)] == [(7, 3)]


def test_the_verdict_is_the_one_the_page_computes(warehouse: Warehouse, card: Card) -> None:
    assert card.progress_rate == pytest.approx(100 * (75.9 - 71.5) / (85 - 71.5))
    assert card.result is Result.FUTURE
    assert card.standing is Standing.AT_RISK
    assert card.change is Change.IMPROVING
    assert card.data_state is DataState.PROVISIONAL
    asked = sa.select(verdicts.c.path_value).where(verdicts.c.indicator_id == "EX-001")
    with warehouse.read() as connection:
        path = connection.execute(asked).scalar_one()
    assert path == pytest.approx(76.48, abs=0.005)
    assert 100 * (75.9 - 71.5) / (path - 71.5) == pytest.approx(88, abs=0.5)


def test_the_card_says_the_figure_in_both_languages_and_where_it_comes_from(card: Card) -> None:
    said = {lang: quantity(card.value, card.unit, card.decimals, lang) for lang in ("fr", "en")}
    assert said == {"fr": "75,9\N{NO-BREAK SPACE}%", "en": "75.9%"}
    assert (card.origin.file_name, card.origin.line, card.origin.load_seq) == (
        "exemple_mesures.csv",
        3,
        7,
    )
