"""``pilotage project`` tells a range and a chance, or why it cannot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pilotage.cli import main
from tests.test_analyst_spc import SERIES_HEAD, monthly, written

Told = Callable[..., str]
WAVE: list[object] = [100 + 5 * (i % 3) + i for i in range(36)]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    def called(values: list[object], *options: str) -> str:
        place = tmp_path / "series.csv"
        place.write_text(SERIES_HEAD + monthly(values), encoding="utf-8")
        status = main(["project", str(place), *options])
        captured = capsys.readouterr()
        return f"{status} {captured.out}{captured.err}"

    return called


def test_a_target_within_reach_is_told_with_its_chance(told: Told) -> None:
    said = told(WAVE, "--target", "100", "--at", "2023-06-30")
    assert said.startswith("0 a : dans 6 périodes, ")
    assert "cible 100 atteinte avec une probabilité de > 99 %" in said


def test_a_falling_target_turns_the_chance_round(told: Told) -> None:
    options = ("--target", "100", "--at", "2023-06-30", "--direction", "decrease", "--lang", "en")
    assert "met with probability < 1%" in told(WAVE, *options)


def test_a_year_is_totalled_over_the_cycle_that_ends_at_the_date(told: Told) -> None:
    said = told(WAVE, "--target", "1500", "--at", "2023-03-31", "--total")
    assert said.startswith("0 a : dans 3 périodes, 16")


def test_a_neutral_direction_has_a_range_and_no_chance(told: Told) -> None:
    said = told(WAVE, "--target", "1", "--at", "2023-03-31", "--direction", "none")
    assert "aucun sens n'est meilleur" in said


def test_shares_stay_within_their_bounds(told: Told) -> None:
    values = [97 + i % 4 for i in range(36)]
    said = told(values, "--target", "99", "--at", "2023-12-31", "--nature", "percent")
    upper = float(said.split(" et ")[1].split(")")[0])
    assert upper <= 100


@pytest.mark.parametrize(
    ("values", "at", "said"),
    [
        ([1, 2, 3, 4], "2021-01-01", "moins de cinq valeurs"),
        ([7] * 20, "2022-01-01", "aucune variation"),
        (WAVE, "2020-06-01", "n'est pas après la dernière valeur"),
        (WAVE, "2060-01-01", "plus que de valeurs connues"),
    ],
)
def test_what_cannot_be_projected_is_told_in_words(
    told: Told, values: list[object], at: str, said: str
) -> None:
    answer = told(values, "--target", "3", "--at", at)
    assert answer.startswith("0 ")
    assert said in answer


def test_misuse_is_one_sentence(told: Told) -> None:
    assert told(WAVE, "--target", "3", "--at", "demain").startswith("2 « demain »")
    assert told(WAVE, "--target", "3", "--at", "2023-01-31", "--nature", "x").startswith("2 ")
    assert "n'est pas un sens" in told(
        WAVE, "--target", "3", "--at", "2023-01-31", "--direction", "up"
    )


def test_missing_months_are_gaps_in_the_calendar(told: Told) -> None:
    values = [*WAVE[:20], "", *WAVE[21:]]
    assert told(values, "--target", "120", "--at", "2023-06-30").startswith("0 a : dans 6 périodes")


def test_answers_can_be_written(told: Told, tmp_path: Path) -> None:
    out = tmp_path / "answers.csv"
    told(WAVE, "--target", "120", "--at", "2023-06-30", "--out", str(out))
    head, line = written(out)
    assert head[:3] == ["case_id", "steps", "middle"]
    assert line[0] == "a"
    assert 0.9 < float(line[5]) <= 1


def test_an_empty_series_among_many_spoils_none_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "series.csv"
    many = "".join(monthly(WAVE, f"s{i}") for i in range(25))
    place.write_text(SERIES_HEAD + many + monthly([""] * 36, "empty"), encoding="utf-8")
    assert main(["project", str(place), "--target", "100", "--at", "2023-06-30"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 26
    assert len({line.split(" : ")[1] for line in said[:25]}) == 1
    assert "moins de cinq valeurs" in said[25]


def test_values_that_are_not_of_the_nature_chosen_are_told(told: Told) -> None:
    values = [97 + i % 4 for i in range(36)]
    said = told(values, "--target", "0.9", "--at", "2023-12-31", "--nature", "rate")
    assert "sortent de ce que la nature choisie admet" in said


@pytest.mark.parametrize(
    ("target", "direction", "chance"),
    [
        ("101", "increase", "< 1 %"),
        ("101", "decrease", "> 99 %"),
        ("-1", "decrease", "< 1 %"),
    ],
)
def test_nothing_lies_past_a_bound(told: Told, target: str, direction: str, chance: str) -> None:
    values = [60 + i % 7 for i in range(36)]
    options = ("--target", target, "--at", "2023-12-31", "--nature", "percent")
    assert chance in told(values, *options, "--direction", direction)


def test_a_total_of_counts_is_not_negative(told: Told) -> None:
    values = [(i * 7) % 5 for i in range(36)]
    options = ("--target", "30", "--at", "2023-12-31", "--nature", "count", "--total")
    said = told(values, *options)
    assert float(said.split("entre ")[1].split(" et ")[0]) >= 0
