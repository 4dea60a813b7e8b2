"""A file with a problem on every line: the first are listed, the others counted and said."""

import json
from pathlib import Path

from pilotage.intake.reader.mending import mend
from pilotage.intake.reader.read import ReadTable, read_bytes
from pilotage.intake.reader.told import MOST_LISTED

ROWS = 2_500


def short_rows() -> bytes:
    """Rows of three cells, then as many that lack two of them."""
    sound = "".join(f"A-{n};{n};texte {n}\n" for n in range(ROWS))
    return ("code;valeur;texte\n" + sound + "".join(f"B-{n}\n" for n in range(ROWS))).encode()


def listed(table: ReadTable, code: str) -> int:
    return sum(problem.code == code for problem in table.problems)


def test_the_first_problems_of_a_code_are_listed_and_the_others_counted() -> None:
    table = read_bytes(short_rows())
    assert listed(table, "missing-cell") == MOST_LISTED
    assert table.left_off == {"missing-cell": ROWS - MOST_LISTED}
    assert table.problem_count == len(table.problems) + ROWS - MOST_LISTED
    first = next(problem for problem in table.problems if problem.code == "missing-cell")
    assert first.line == ROWS + 2
    assert len(table.rows) == 2 * ROWS


def test_problems_of_cells_are_the_first_by_line_whatever_their_column() -> None:
    text = "a;b\n" + "".join(f"#REF!;{n}\n" if n % 2 else f"{n};#N/A\n" for n in range(4 * ROWS))
    table = read_bytes(text.encode())
    lines = [problem.line for problem in table.problems if problem.code == "spreadsheet-error"]
    assert lines == list(range(2, MOST_LISTED + 2))
    assert table.left_off["spreadsheet-error"] == 4 * ROWS - MOST_LISTED


def test_a_report_says_how_many_are_not_listed_in_both_languages(tmp_path: Path) -> None:
    file, report = tmp_path / "a.csv", tmp_path / "a.json"
    file.write_bytes(short_rows())
    said, _ = mend(file, None, report, "fr")
    told = json.loads(report.read_text(encoding="utf-8"))
    (beyond,) = told["left_off"]
    assert (beyond["code"], beyond["count"]) == ("missing-cell", ROWS - MOST_LISTED)
    assert "1500" in beyond["message_fr"]
    assert "1500" in beyond["message_en"]
    assert beyond["message_fr"] in said
    assert told["problem_count"] == len(told["problems"]) + beyond["count"]


def test_a_file_with_few_problems_leaves_none_off() -> None:
    table = read_bytes(b"code;valeur\nA;1\nB;2\nA;1\n")
    assert table.left_off == {}
    assert table.problem_count == len(table.problems)


def test_labels_that_are_all_blank_are_no_header_to_look_for_below() -> None:
    assert read_bytes(b'"\n' * 3_000).problems


def test_a_wide_header_above_many_short_lines_is_not_filled_up() -> None:
    head = ";".join(f"c{n}" for n in range(900))
    table = read_bytes((head + "\n" + "a\n" * 5_000).encode())
    assert [problem.code for problem in table.problems] == ["table-dimensions"]
    assert table.rows == ()


def test_a_file_of_marks_alone_is_empty_and_marks_before_a_table_are_none_of_it() -> None:
    marks = b"\xef\xbb\xbf" * 5000
    assert [problem.code for problem in read_bytes(marks).problems] == ["source-error"]
    assert read_bytes(marks + b"nom;n\nun;1\ndeux;2\n").header == ("nom", "n")


def test_one_row_of_hundreds_of_cells_makes_no_hundreds_of_columns() -> None:
    rows = [f"{n};{n + 1};{n + 2}" for n in range(200)]
    table = read_bytes("\n".join([*rows, ";".join("9" * 600), *rows]).encode())
    assert len(table.columns) == 3
    assert max(len(row.cells) for row in table.rows) == 600
    assert [problem.line for problem in table.problems if problem.code == "extra-cell"] == [201]


def test_a_label_as_long_as_a_line_is_cut_in_each_of_its_problems(tmp_path: Path) -> None:
    label = "x" * 50_000
    figures = "".join(f"{n},5;{n}\n" for n in range(ROWS))
    errors = "".join(f"{n}n;{n}\n" for n in range(20))
    file, report = tmp_path / "long.csv", tmp_path / "report.json"
    file.write_text(f"{label};b\n{figures}{errors}", encoding="utf-8")
    said, _ = mend(file, None, report, "fr")
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["header"] == [label, "b"]
    named = [one["column"] for one in told["problems"] if one["column"]]
    assert named
    assert all(len(name) <= 201 for name in named)
    assert all(len(line) < 1_000 for line in said)
