"""Parents made of their children, in the verdict table."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa

from pilotage.access.operator import OPERATOR
from pilotage.store.engine import open_engine
from pilotage.store.projection import open_projection
from pilotage.store.queries.passport import children_places
from pilotage.store.tables import verdicts
from pilotage.store.warehouse import Warehouse
from tests.projected import (
    Projection,
    Row,
    indicator,
    link,
    measure,
    organisation,
    projected,
    target,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    opened = open_engine(tmp_path_factory.mktemp("projection") / "projection.duckdb")
    open_projection(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def projection(engine: sa.Engine, tmp_path: Path) -> Iterator[Projection]:
    with projected(engine, tmp_path) as opened:
        yield opened


HOUSE = [
    organisation("G"),
    organisation("M1", "G"),
    organisation("M2", "G"),
    organisation("D", "M1"),
    organisation("T1", "D"),
    organisation("T2", "D"),
]


def said(projection: Projection, indicator_id: str, organisation_id: str) -> Row:
    """What the table says of a key, the missing children as a list."""
    row = projection.verdict(indicator_id, organisation_id)
    missing = row["rolled_missing"]
    return {**row, "rolled_missing": json.loads(missing) if missing else None}


def test_a_ministry_that_published_nothing_has_the_sum_of_its_teams(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum")],
        mesures=[measure("I", "T1", "2026-05", 3.0), measure("I", "T2", "2026-05", 4.0)],
    )
    verdict = said(projection, "I", "M1")
    assert (verdict["value"], verdict["value_source"]) == (7.0, "rollup")
    assert (verdict["rolled_value"], verdict["rolled_missing"]) == (7.0, None)
    assert verdict["value_load"] is None


def test_a_sum_is_judged_against_the_target_of_its_parent(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum", frequency="annual")],
        cibles=[{**target("I", "M1", 10.0), **_year("2024-2025")}],
        mesures=[measure("I", "T1", "2024-2025", 3.0), measure("I", "T2", "2024-2025", 4.0)],
    )
    verdict = said(projection, "I", "M1")
    assert (verdict["result"], verdict["attainment_rate"]) == ("not_met", 70.0)


def _year(text: str) -> Row:
    period = measure("I", "M1", text, None)
    return {name: period[name] for name in ("period_kind", "period_start", "period_end")}


def test_a_published_value_wins_and_the_recomputed_one_stands_beside_it(
    projection: Projection,
) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum")],
        mesures=[
            measure("I", "M1", "2026-04", 9.0),
            *(measure("I", team, month, 4.0) for team in ("T1", "T2") for month in MONTHS[3:5]),
        ],
    )
    verdict = said(projection, "I", "M1")
    assert (verdict["value"], verdict["value_source"]) == (9.0, "published")
    assert (verdict["rolled_value"], verdict["rolled_missing"]) == (8.0, None)


MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]


def test_a_month_without_one_of_its_teams_has_no_figure_and_names_it(
    projection: Projection,
) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum")],
        mesures=[
            *(measure("I", "T1", month, 1.0) for month in MONTHS[:5]),
            *(measure("I", "T2", month, 2.0) for month in MONTHS[:4]),
        ],
    )
    verdict = said(projection, "I", "M1")
    assert (verdict["value"], verdict["rolled_missing"]) == (3.0, ["T2"])
    assert verdict["recent_values"] == [3.0, 3.0, 3.0, 3.0, None]
    assert verdict["period_start"].month == 4


def test_a_team_with_a_target_and_no_value_yet_is_missing(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum")],
        cibles=[target("I", "T2", 5.0)],
        mesures=[measure("I", "T1", "2026-05", 1.0)],
    )
    verdict = said(projection, "I", "M1")
    assert (verdict["value"], verdict["value_source"]) == (None, "rollup")
    assert verdict["rolled_missing"] == ["T2"]
    assert verdict["data_state"] == "missing"


def test_a_team_that_did_not_exist_yet_is_not_missing(projection: Projection) -> None:
    house = [row for row in HOUSE if row["organisation_id"] != "T2"]
    late = organisation("T2", "D", valid_from=measure("I", "D", "2026-05", 0)["period_start"])
    projection.load(
        organisations=[*house, late],
        indicateurs=[indicator("I", "M1", "sum")],
        mesures=[
            *(measure("I", "T1", month, 1.0) for month in MONTHS[3:5]),
            measure("I", "T2", "2026-05", 2.0),
        ],
    )
    assert said(projection, "I", "M1")["recent_values"] == [1.0, 3.0]


def test_figures_climb_from_team_to_government_through_every_level_that_follows_them(
    projection: Projection,
) -> None:
    followed = [target("I", place, 1.0) for place in ("G", "M1", "D")]
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "D", "sum")],
        cibles=followed,
        mesures=[measure("I", team, "2026-05", 5.0) for team in ("T1", "T2", "M2")],
    )
    figures = [said(projection, "I", place)["value"] for place in ("D", "M1", "G")]
    assert figures == [10.0, 10.0, 15.0]
    projection.load(mesures=[measure("I", "T1", "2026-05", 6.0)])
    figures = [said(projection, "I", place)["value"] for place in ("D", "M1", "G")]
    assert figures == [11.0, 11.0, 16.0]


def test_a_missing_team_leaves_every_level_above_without_a_figure(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "D", "sum")],
        cibles=[target("I", place, 1.0) for place in ("G", "T2")],
        mesures=[measure("I", place, "2026-05", 5.0) for place in ("T1", "M2")],
    )
    assert said(projection, "I", "D")["rolled_missing"] == ["T2"]
    assert said(projection, "I", "G")["rolled_missing"] == ["D"]
    assert said(projection, "I", "G")["value"] is None


@pytest.mark.parametrize(
    ("rule", "expected"), [("mean", 20.0), ("weighted_mean", 15.0), ("worst", 10.0)]
)
def test_each_rule_makes_its_own_figure(projection: Projection, rule: str, expected: float) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", rule)],
        mesures=[
            measure("I", "T1", "2026-05", 10.0, numerator=30.0, denominator=300.0),
            measure("I", "T2", "2026-05", 30.0, numerator=30.0, denominator=100.0),
        ],
    )
    assert said(projection, "I", "M1")["value"] == expected


def test_an_indicator_measured_by_others_alone_is_not_missing_from_its_lead(
    projection: Projection,
) -> None:
    """A ministry that describes what its hospitals measure owes no value of its own."""
    projection.load(organisations=HOUSE, indicateurs=[indicator("I", "M1", "none")])
    assert said(projection, "I", "M1")["data_state"] == "missing"
    seq = projection.load(mesures=[measure("I", "T1", "2026-05", 10.0)])
    assert {row[1] for row in places_of(projection, "I")} == {"T1"}
    projection.withdraw(seq, "mesures")
    assert said(projection, "I", "M1")["data_state"] == "missing"
    projection.load(mesures=[measure("I", "T1", "2026-05", 10.0)], cibles=[target("I", "M1", 1.0)])
    assert said(projection, "I", "M1")["data_state"] == "missing"


def places_of(projection: Projection, indicator_id: str) -> list[tuple[str, str]]:
    asked = sa.select(verdicts.c.indicator_id, verdicts.c.organisation_id)
    found = projection.connection.execute(asked.where(verdicts.c.indicator_id == indicator_id))
    return [tuple(row) for row in found]


def test_denominators_add_up_so_that_the_next_level_weighs_by_them(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "D", "weighted_mean")],
        cibles=[target("I", "G", 1.0)],
        mesures=[
            measure("I", "T1", "2026-05", 10.0, denominator=300.0),
            measure("I", "T2", "2026-05", 30.0, denominator=100.0),
            measure("I", "M2", "2026-05", 45.0, denominator=200.0),
        ],
    )
    assert said(projection, "I", "D")["denominator"] == 400.0
    assert said(projection, "I", "G")["value"] == pytest.approx((15 * 400 + 45 * 200) / 600)


def test_link_weights_serve_where_there_is_no_denominator(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[
            indicator("P", "M1", "weighted_mean"),
            indicator("A", "T1", "none"),
            indicator("B", "T2", "none"),
        ],
        liens=[link("P", "A", weight=3.0), link("P", "B", weight=1.0)],
        mesures=[measure("A", "T1", "2026-05", 80.0), measure("B", "T2", "2026-05", 40.0)],
    )
    assert said(projection, "P", "M1")["value"] == 70.0


def test_what_is_tied_as_additive_adds_up_and_what_contributes_does_not(
    projection: Projection,
) -> None:
    children = [indicator(name, "T1", "none") for name in "ABC"]
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("P", "M1", "none"), *children],
        liens=[link("P", "A"), link("P", "B"), link("P", "C", "contributes", 1.0)],
        mesures=[measure(name, "T1", "2026-05", 10.0) for name in "AC"],
    )
    assert said(projection, "P", "M1")["rolled_missing"] == ["B"]
    projection.load(mesures=[measure("B", "T1", "2026-05", 5.0)])
    assert said(projection, "P", "M1")["value"] == 15.0


def test_a_shared_indicator_counts_once_in_the_total(projection: Projection) -> None:
    children = [indicator("A", "M1", "none"), indicator("B", "M2", "none")]
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("P", "G", "sum"), *children],
        liens=[link("P", "A"), link("P", "B"), link("A", "B", "identical")],
        mesures=[measure("A", "M1", "2026-05", 10.0), measure("B", "M2", "2026-05", 10.0)],
    )
    assert said(projection, "P", "G")["value"] == 10.0


def test_a_sum_with_a_value_in_error_is_in_error(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum")],
        mesures=[
            measure("I", "T1", "2026-05", 3.0, state=1),
            measure("I", "T2", "2026-05", 4.0, state=4),
        ],
    )
    assert said(projection, "I", "M1")["data_state"] == "in_error"


def test_children_far_ahead_of_a_published_value_have_nothing_to_say_of_it(
    projection: Projection,
) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum", frequency="daily")],
        mesures=[
            measure("I", "M1", "2026-02-01", 9.0),
            *(measure("I", "T1", day, 1.0) for day in ("2026-02-01", "2026-05-20")),
        ],
    )
    verdict = said(projection, "I", "M1")
    assert (verdict["value"], verdict["rolled_value"], verdict["rolled_missing"]) == (9, None, None)


def test_a_room_lists_the_children_that_made_the_figure(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum")],
        cibles=[target("I", "G", 1.0)],
        mesures=[measure("I", place, "2026-05", 3.0) for place in ("M1", "M2", "T1", "T2")],
    )

    def below(place: str) -> list[str]:
        warehouse = cast("Warehouse", projection)
        found = children_places(OPERATOR, warehouse, "I", place)
        return [row["organisation_id"] for row in found]

    assert (below("G"), below("M1"), below("M2")) == (["M1", "M2"], ["T1", "T2"], [])


def test_a_withdrawn_load_leaves_the_parent_without_its_child(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator("I", "M1", "sum")],
        mesures=[measure("I", "T1", "2026-05", 3.0)],
    )
    taken_back = projection.load(mesures=[measure("I", "T2", "2026-05", 4.0)])
    assert said(projection, "I", "M1")["value"] == 7.0
    projection.withdraw(taken_back, "mesures")
    assert said(projection, "I", "M1")["value"] == 3.0
    assert ("I", "T2") not in projection.verdicts()


def test_indicators_tied_in_a_ring_end_without_a_figure(projection: Projection) -> None:
    projection.load(
        organisations=HOUSE,
        indicateurs=[indicator(name, "M1", "sum") for name in "ABP"],
        liens=[link("A", "B"), link("B", "A"), link("P", "A")],
    )
    assert said(projection, "P", "M1")["value"] is None
    assert said(projection, "A", "M1")["rolled_missing"] == ["B"]
