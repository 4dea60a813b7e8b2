"""A quote may cross lines only into a row of the usual width; every fault keeps to its line."""

import io

import pytest

from pilotage.intake.patient import LONGEST_LINE, Shape, records
from pilotage.intake.problem import Problem

SHAPE = Shape(";", '"', 3, 1)
HEADER = "a;b;c\n"


def read(text: str, shape: Shape = SHAPE) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """The records with their lines, and each problem as « code line »."""
    problems: list[Problem] = []
    found = list(records(io.StringIO(HEADER + text, newline=""), shape, problems))
    return found, [f"{problem.code} {problem.line}" for problem in problems]


def test_a_text_over_two_lines_is_one_record_on_its_first_line() -> None:
    assert read('1;2;"trois\nlignes"\n4;5;6\n') == (
        [(2, ["1", "2", "trois\nlignes"]), (4, ["4", "5", "6"])],
        [],
    )


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('1;2;"jamais fermé', id="open in the last cell"),
        pytest.param('1;"2;3', id="open in the middle"),
        pytest.param('"1;2;3', id="open in the first cell"),
        pytest.param('1;2;"un "mot" cité"', id="quotes in quotes, not doubled"),
        pytest.param('1;"2"x;3', id="text after a closing quote"),
    ],
)
@pytest.mark.parametrize("rest", ["4;5;6\n", '4;"5";6\n', '4;5;"six"\n', '"4";5;6\n'])
def test_a_stray_quote_does_not_swallow_the_lines_after_it(line: str, rest: str) -> None:
    found, problems = read(f"{line}\n{rest}7;8;9\n")
    assert problems == ["unclosed-quote 2"]
    assert [number for number, _ in found] == [3, 4]
    assert found[1] == (4, ["7", "8", "9"])


def test_a_quote_open_at_the_end_of_the_file_is_told() -> None:
    assert read('1;2;3\n4;5;"six') == ([(2, ["1", "2", "3"])], ["unclosed-quote 3"])


def test_a_quote_inside_a_plain_cell_is_text() -> None:
    assert read('1;5" de tuyau;3\n') == ([(2, ["1", '5" de tuyau', "3"])], [])


def test_a_record_does_not_run_for_ever() -> None:
    text = '1;2;"ouvert\n' + "suite\n" * 200 + 'fin"\n4;5;6\n'
    found, problems = read(text)
    assert problems[0] == "unclosed-quote 2"
    assert found[-1] == (204, ["4", "5", "6"])


def test_too_few_or_too_many_cells_are_told_and_empty_ones_forgiven() -> None:
    found, problems = read("1;2\n1;2;3;4\n1;2;3;;\n;;\n\n1;2;3\n")
    assert [number for number, _ in found] == [4, 7]
    assert problems == ["missing-cell 2", "extra-cell 3", "blank-row 5", "blank-row 6"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    found, problems = read(end.join(["1;2;3", "1;2", "4;5;6"]) + end)
    assert [number for number, _ in found] == [2, 4]
    assert problems == ["missing-cell 3"]


def test_a_line_without_end_is_passed_over() -> None:
    found, problems = read("1;2;3\n" + "x" * (3 * LONGEST_LINE) + "\n4;5;6\n")
    assert [number for number, _ in found] == [2, 4]
    assert problems == ["table-dimensions 3"]


def test_without_a_quote_character_quotes_are_text() -> None:
    assert read('1;"2;3"\n', Shape(";", "", 3, 1)) == ([(2, ["1", '"2', '3"'])], [])
