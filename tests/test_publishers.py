"""What publishers said of their own figures, said again by our rules.

GC InfoBase's results of 2016-17 and the progress rates of the French PILOTE, read straight from
``../shared/data`` (see its README for where they come from).
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pilotage.assessment.attainment import clipped, progress_rate
from pilotage.assessment.code import (
    ANNUAL,
    AT_LEAST,
    AT_MOST,
    BETWEEN,
    MET,
    NO_DIRECTION,
    NO_PATH,
    NOT_AVAILABLE,
    NOT_MET,
    OK,
    Codes,
    Floats,
)
from pilotage.assessment.judgement import RECENT, Judgement, SeriesBatch, judge

SOURCES = Path(__file__).parents[2] / "shared" / "data"
INFOBASE = SOURCES / "ca-infobase" / "2018-03" / "Indicators.csv"
PILOTE = SOURCES / "fr-pilote-2024"
NO_HOLIDAYS = np.array([], dtype="datetime64[D]")

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (INFOBASE.exists() and PILOTE.exists()),
        reason="the publishers' files of ../shared/data are not on this machine",
    ),
]


def text_table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def numbers(cells: pd.Series) -> Floats:
    """Whole cells that are numbers; anything else is missing, nothing is picked out of a text."""
    return pd.to_numeric(cells.str.strip(), errors="coerce").to_numpy(dtype=np.float64)


def batch(
    direction: Codes, value: Floats, period: tuple[np.ndarray, np.ndarray], **target: np.ndarray
) -> SeriesBatch:
    """One annual value and one target per key."""
    count, nothing = len(value), np.full((len(value), 1), np.nan)
    moments = np.full((count, RECENT), np.datetime64("NaT", "s"))
    starts, ends, values = moments.copy(), moments, np.full((count, RECENT), np.nan)
    starts[:, -1], ends[:, -1], values[:, -1] = *period, value
    columns = {name: column.reshape(-1, 1) for name, column in target.items()}
    return SeriesBatch(
        direction=direction,
        decimals=np.full(count, -1, dtype=np.int16),
        frequency=np.full(count, ANNUAL, dtype=np.int8),
        delay_days=np.zeros(count, dtype=np.int32),
        change_threshold=np.full(count, np.nan),
        floor=np.full(count, np.nan),
        ceiling=np.full(count, np.nan),
        recent_starts=starts,
        recent_ends=ends,
        recent_values=values,
        recent_states=np.zeros((count, RECENT), dtype=np.int8),
        target_dues=columns["due"],
        target_lows=columns["low"],
        target_highs=columns["high"],
        target_tolerances=nothing,
        target_baselines=columns.get("baseline", nothing),
        target_baseline_dates=columns.get(
            "baseline_date", np.full((count, 1), np.datetime64("NaT", "D"))
        ),
        target_trajectories=np.zeros((count, 1), dtype=np.int8),
        has_text_target=np.zeros(count, dtype=np.bool_),
        begins=np.zeros((count, RECENT), dtype=np.bool_),
    )


def month_ends(year: pd.Series, month: pd.Series) -> np.ndarray:
    """The last day of a month; NaT for « ongoing », « other » and blanks."""
    code = (year + "-" + month.str.zfill(2)).where(year.str.fullmatch(r"\d{4}"), "NaT")
    months = code.to_numpy(dtype=str).astype("datetime64[M]")
    return (months + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")


@pytest.fixture(scope="module")
def results_2016_17() -> tuple[pd.DataFrame, Judgement]:
    """InfoBase's results whose date had come, judged by us on the day the year ended."""
    rows = text_table(INFOBASE)
    rows = rows[(rows["doc"] == "drr16") & (rows["status_period"] == "past")]
    low, high = numbers(rows["target_min"]), numbers(rows["target_max"])
    sides = [~np.isnan(low) & ~np.isnan(high) & (low < high), ~np.isnan(low), ~np.isnan(high)]
    # A minimum equal to the maximum, « exact », is what its publisher reads as a minimum.
    direction = np.select(sides, [BETWEEN, AT_LEAST, AT_MOST], NO_DIRECTION).astype(np.int8)
    year = (np.datetime64("2016-04-01", "s"), np.datetime64("2017-04-01", "s"))
    period = (np.full(len(rows), year[0]), np.full(len(rows), year[1]))
    due = month_ends(rows["target_year"], rows["target_month"])
    series = batch(
        direction, numbers(rows["actual_result_en"]), period, due=due, low=low, high=high
    )
    return rows, judge(series, np.datetime64("2017-03-31", "D"), NO_HOLIDAYS)


def test_infobase_results_are_judged_as_their_publisher_did(
    results_2016_17: tuple[pd.DataFrame, Judgement],
) -> None:
    rows, found = results_2016_17
    said = rows["status_color"].map({"success": MET, "failure": NOT_MET}).to_numpy(dtype=np.float64)
    both = ~np.isnan(said) & np.isin(found.result, (MET, NOT_MET))
    agreed = both & (found.result == said)
    assert int(both.sum()) == 1736
    assert int(agreed.sum()) >= 1715


def test_infobase_results_without_a_number_are_not_available_and_never_met(
    results_2016_17: tuple[pd.DataFrame, Judgement],
) -> None:
    _, found = results_2016_17
    assert (found.result[np.isnan(found.value)] == NOT_AVAILABLE).all()
    assert (found.trajectory == NO_PATH).all()
    assert (found.data_state == OK).all()


def pilote_rates() -> pd.DataFrame:
    """One row per indicator x territory with a published rate, its last value, baseline, target."""
    rows = pd.concat([text_table(path) for path in sorted((PILOTE / "data").glob("*.csv"))])
    rows = rows[rows["metric_enforce_date"] != ""].sort_values("metric_enforce_date", kind="stable")
    key = ["indic_id", "enforce_zone_id"]
    columns = {}
    for name in ("indic_vi", "indic_va", "indic_vc", "indic_ta"):
        known = rows[rows[name] != ""].groupby(key)[[name, "metric_enforce_date"]].last()
        columns[name] = pd.Series(numbers(known[name]), known.index)
        columns[f"{name}_date"] = known["metric_enforce_date"]
    table = pd.DataFrame(columns)
    table = table[table["indic_ta"].notna()].reset_index()
    directions = text_table(PILOTE / "metadata" / "meta_indicateurs.csv").set_index("indic_id")
    return table.assign(rising=table["indic_id"].map(directions["tendance"]) == "hausse")


@pytest.fixture(scope="module")
def pilote() -> pd.DataFrame:
    return pilote_rates()


def errors(rate: Floats, pilote: pd.DataFrame) -> Floats:
    published: Floats = pilote["indic_ta"].to_numpy(dtype=np.float64)
    return np.abs(rate - published)


def test_pilote_rates_are_those_of_their_publisher(pilote: pd.DataFrame) -> None:
    direction = np.where(pilote["rising"], AT_LEAST, AT_MOST).astype(np.int8)
    figures = [pilote[name].to_numpy() for name in ("indic_vi", "indic_va", "indic_vc")]
    error = errors(clipped(progress_rate(figures[0], figures[1], figures[2], direction)), pilote)
    assert len(error) == 6980
    assert int((error <= 1).sum()) >= 6973
    assert int((error <= 0.05).sum()) >= 6920


def test_the_whole_judgement_gives_the_same_pilote_rates(pilote: pd.DataFrame) -> None:
    rising = pilote["rising"].to_numpy()
    target = pilote["indic_vc"].to_numpy()
    month = days(pilote["indic_va_date"]).astype("datetime64[M]")
    period = (month.astype("datetime64[s]"), (month + 1).astype("datetime64[s]"))
    series = batch(
        np.where(rising, AT_LEAST, AT_MOST).astype(np.int8),
        pilote["indic_va"].to_numpy(),
        period,
        due=days(pilote["indic_vc_date"]),
        low=np.where(rising, target, np.nan),
        high=np.where(rising, np.nan, target),
        baseline=pilote["indic_vi"].to_numpy(),
        baseline_date=days(pilote["indic_vi_date"]),
    )
    found = judge(series, np.datetime64("2024-10-31", "D"), NO_HOLIDAYS)
    error = errors(found.progress_rate_clipped, pilote)
    assert (int((error <= 1).sum()), int((error <= 0.05).sum())) >= (6973, 6920)
    assert int((error <= 0.05).sum()) >= 6920


def days(column: pd.Series) -> np.ndarray:
    return column.to_numpy(dtype=str).astype("datetime64[D]")
