"""``pilotage spc`` writes the reference's words, and answers a bad file in one sentence."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pilotage.cli import main
from tests.reference import REFERENCE, needs_reference, rows

SERIES_HEAD = "case_id,idx,date,value\n"
CASES_HEAD = (
    "case_id,improvement_direction,target,rebase_dates,fix_after_n_points,screen_outliers\n"
)
CASE = CASES_HEAD + "a,increase,60,,,TRUE\n"

Run = Callable[..., int]


def monthly(values: Sequence[object], case: str = "a") -> str:
    lines = [
        f"{case},{i + 1},{2020 + i // 12}-{i % 12 + 1:02d}-01,{value}\n"
        for i, value in enumerate(values)
    ]
    return "".join(lines)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def called(series: str, cases: str = CASE) -> int:
        (tmp_path / "series.csv").write_text(series, encoding="utf-8")
        (tmp_path / "cases.csv").write_text(cases, encoding="utf-8")
        places = [str(tmp_path / name) for name in ("series.csv", "cases.csv", "p.csv", "s.csv")]
        return main(
            ["spc", places[0], "--cases", places[1], "--out", places[2], "--summary", places[3]]
        )

    return called


def written(place: Path) -> list[list[str]]:
    with place.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@needs_reference
def test_the_command_writes_the_columns_and_order_of_the_reference(tmp_path: Path) -> None:
    spc = REFERENCE / "spc"
    points, summary = tmp_path / "points.csv", tmp_path / "summary.csv"
    status = main(
        [
            *("spc", str(spc / "xmr_inputs.csv"), "--cases", str(spc / "xmr_cases.csv")),
            *("--out", str(points), "--summary", str(summary)),
        ]
    )
    assert status == 0
    head, *lines = written(points)
    assert head == ["case_id", "idx", "mean", "lpl", "upl", "special_cause_type", "point_type"]
    expected = rows("spc/xmr_inputs.csv")
    assert [line[:2] for line in lines] == [[row["case_id"], row["idx"]] for row in expected]
    head, *lines = written(summary)
    assert head == ["case_id", "variation_type", "assurance_type"]
    assert [line[0] for line in lines] == [row["case_id"] for row in rows("spc/xmr_cases.csv")]


def test_the_order_of_the_lines_does_not_matter(run: Run, tmp_path: Path) -> None:
    values: list[object] = [50, 51, 52, 50, 49, 51, 80, 50, 51, 52, 50, 49, 51, 50]
    assert run(SERIES_HEAD + monthly(values)) == 0
    straight = (tmp_path / "p.csv").read_bytes()
    head, *lines = (SERIES_HEAD + monthly(values)).splitlines(keepends=True)
    assert run(head + "".join(reversed(lines))) == 0
    assert (tmp_path / "p.csv").read_bytes() == straight
    assert written(tmp_path / "p.csv")[7][5:] == ["Above UCL", "special_cause_improvement"]


def test_a_missing_value_has_lines_and_no_label(run: Run, tmp_path: Path) -> None:
    assert run(SERIES_HEAD + monthly([1, 2, "", 2, "NA", 2, 1])) == 0
    line = written(tmp_path / "p.csv")[3]
    assert line[2] == "1.6"
    assert line[5:] == ["", ""]


def test_semicolons_decimal_commas_and_a_byte_order_mark_are_read(run: Run, tmp_path: Path) -> None:
    text = "\ufeffcase_id;idx;date;value\na;1;2020-01-01;1,5\na;2;2020-02-01;2,5\n"
    assert run(text) == 0
    assert written(tmp_path / "p.csv")[1][2] == "2.0"


def test_a_direction_none_is_neither_good_nor_bad(run: Run, tmp_path: Path) -> None:
    cases = CASES_HEAD + "a,none,60,,,\n"
    assert run(SERIES_HEAD + monthly([50, 51] * 9 + [90]), cases) == 0
    assert written(tmp_path / "s.csv")[1] == ["a", "special_cause_neutral_high", ""]


def test_remarks_are_told_on_the_error_stream(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SERIES_HEAD + monthly([42] * 15)) == 0
    told = capsys.readouterr()
    assert "a : Aucune variation" in told.err
    assert "1 séries, 15 points jugés" in told.out


@pytest.mark.parametrize(
    ("series", "cases", "status", "said"),
    [
        ("", CASE, 2, "n'a pas la colonne « case_id »"),
        (SERIES_HEAD, CASE, 2, "n'a aucune ligne"),
        ("case_id,date,value\na,2020-01-01,1\n", CASE, 2, "colonne « idx »"),
        (SERIES_HEAD + "a,1,2020-01-01,douze\n", CASE, 1, "ligne 2 : « douze »"),
        (SERIES_HEAD + "a,1,2020-01-01,inf\n", CASE, 1, "n'est pas un nombre"),
        (SERIES_HEAD + "a,1,hier,1\n", CASE, 1, "« hier » n'est pas une date"),
        (SERIES_HEAD + monthly([1]) + monthly([2]), CASE, 1, "deux valeurs au 2020-01-01"),
        (SERIES_HEAD + monthly([1], "b"), CASE, 1, "« b » n'a pas de ligne dans les cas"),
        (SERIES_HEAD + monthly([1]), CASE + "a,,,,,\n", 1, "« a » y est deux fois"),
        (SERIES_HEAD + monthly([1]), CASES_HEAD + "a,mieux,,,,\n", 1, "n'est pas un sens"),
        (SERIES_HEAD + monthly([1]), CASES_HEAD + "a,,,,6,\n", 1, "12 points ou plus"),
        (SERIES_HEAD + monthly([1]), CASES_HEAD + "a,,,demain,,\n", 1, "ne donne pas de dates"),
        (SERIES_HEAD + monthly([1]), CASES_HEAD + "a,,soixante,,,\n", 1, "n'est pas un nombre"),
    ],
)
def test_a_bad_file_gets_one_sentence(
    run: Run,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    series: str,
    cases: str,
    status: int,
    said: str,
) -> None:
    assert run(series, cases) == status
    told = capsys.readouterr().err
    assert said in told
    assert len(told.splitlines()) == 1
    assert not (tmp_path / "p.csv").exists()


def test_a_file_that_is_not_there_is_a_misuse(tmp_path: Path) -> None:
    none = str(tmp_path / "none.csv")
    assert main(["spc", none, "--cases", none, "--out", none, "--summary", none]) == 2
    assert main(["spc", none]) == 2
