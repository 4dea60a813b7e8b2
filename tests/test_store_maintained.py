"""The verdict table after any loads, against the one made all at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.store.engine import native, open_engine
from pilotage.store.projection import open_projection
from pilotage.store.verdict import ALL_KEYS, judged_on
from tests.projected import TODAY, Row, indicator, link, measure, organisation, projected, target


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    opened = open_engine(tmp_path_factory.mktemp("projection") / "projection.duckdb")
    open_projection(opened)
    yield opened
    opened.dispose()


MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]
PLACES = ("G", "M1", "M2", "D1", "D2", "T1", "T2", "T3")
NAMES = ("I1", "I2", "I3", "I4")
RULES = ("sum", "mean", "weighted_mean", "worst", "none", None)
places, names = st.sampled_from(PLACES), st.sampled_from(NAMES)
months = st.sampled_from(["2025-11", *MONTHS])
organisations = st.builds(
    lambda at, above: organisation(PLACES[at], PLACES[above % at] if at else None),
    st.integers(0, len(PLACES) - 1),
    st.integers(0, 9),
)
indicators_ = st.builds(
    lambda name, lead, rule, direction: indicator(name, lead, rule, direction=direction),
    names,
    places,
    st.sampled_from(RULES),
    st.sampled_from(["at_least", "at_most", "between"]),
)
links = st.builds(
    link,
    names,
    names,
    st.sampled_from(["additive", "additive", "identical", "contributes"]),
    st.sampled_from([None, 1.0, 3.0]),
)
measures = st.builds(
    lambda name, place, month, value, state, below: measure(
        name, place, month, value, state=state, denominator=below
    ),
    names,
    st.sampled_from(PLACES[1:]),
    months,
    st.integers(0, 50).map(float),
    st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5]),
    st.sampled_from([None, 10.0, 20.0]),
)
aims = st.builds(target, names, places, st.integers(1, 60).map(float))


def _once(rows: list[Row], *keys: str) -> list[Row]:
    return list({tuple(row[key] for key in keys): row for row in rows}.values())


_FACT = ("indicator_key", "organisation_key", "period_start")
loads = st.one_of(
    st.lists(measures, min_size=1, max_size=12).map(lambda rows: {"mesures": _once(rows, *_FACT)}),
    st.lists(aims, min_size=1, max_size=3).map(lambda rows: {"cibles": _once(rows, *_FACT)}),
    st.lists(links, min_size=1, max_size=3).map(
        lambda rows: {"liens": _once(rows, "parent_id", "child_id", "kind")}
    ),
    st.lists(organisations, min_size=1, max_size=2).map(
        lambda rows: {"organisations": _once(rows, "organisation_id")}
    ),
    st.lists(indicators_, min_size=1, max_size=2).map(
        lambda rows: {"indicateurs": _once(rows, "indicator_id")}
    ),
)
TREE = [
    organisation(name, parent)
    for name, parent in zip(PLACES, (None, "G", "G", "M1", "M1", "D1", "D1", "D2"), strict=True)
]


@settings(deadline=None, max_examples=40)
@given(
    rules=st.lists(st.sampled_from(RULES), min_size=4, max_size=4),
    leads=st.lists(places, min_size=4, max_size=4),
    first=st.lists(measures, min_size=5, max_size=30),
    after=st.lists(st.tuples(loads, st.booleans()), min_size=1, max_size=5),
)
def test_after_any_loads_the_table_is_the_one_made_all_at_once(
    engine: sa.Engine,
    tmp_path_factory: pytest.TempPathFactory,
    rules: list[str | None],
    leads: list[str],
    first: list[Row],
    after: list[tuple[dict[str, list[Row]], bool]],
) -> None:
    """Random trees, missing children, revisions, moved organisations, new links, withdrawals."""
    with projected(engine, tmp_path_factory.mktemp("loads")) as projection:
        projection.load(
            organisations=TREE,
            indicateurs=[
                indicator(name, lead, rule)
                for name, lead, rule in zip(NAMES, leads, rules, strict=True)
            ],
            mesures=_once(first, *_FACT),
        )
        sent = [(projection.load(**rows), rows) for rows, _ in after]
        for (seq, rows), (_, is_taken_back) in zip(sent, after, strict=True):
            if is_taken_back:
                projection.withdraw(seq, *rows)
        maintained = projection.verdicts()
        projection.judge_all()
        assert maintained == projection.verdicts()


def test_judging_again_the_day_of_the_table_says_what_it_says(
    engine: sa.Engine, tmp_path: Path
) -> None:
    with projected(engine, tmp_path) as projection:
        projection.load(
            organisations=TREE,
            indicateurs=[indicator("I1", "M1", "sum"), indicator("I2", "T1", None)],
            liens=[link("I1", "I2", "contributes")],
            cibles=[target("I1", "G", 3.0), target("I2", "T1", 5.0)],
            mesures=[measure("I1", place, "2026-05", 2.0) for place in ("T1", "T2", "M2")],
        )
        projection.load(mesures=[measure("I1", "T1", "2026-05", 4.0)])
        judged = judged_on(native(projection.connection), ALL_KEYS, TODAY).to_pylist()
        assert [row["value"] for row in judged if row["organisation_id"] == "G"] == [8.0]
        assert [row["recent_statuses"] for row in judged] == [
            projection.verdict(row["indicator_id"], row["organisation_id"])["recent_statuses"]
            for row in judged
        ]
