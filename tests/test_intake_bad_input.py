"""Whatever arrives is answered with a sentence: never a traceback, never a value made up."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotage.cli import main
from pilotage.intake import loading
from pilotage.intake.problem import sentence
from tests.door import MEASUREMENTS, Door, HereChecker, check_here, opened_door

__all__ = ["check_here"]
ROW = "I-M;M;2026-01;12\n"
BAD = {
    "vide": (b"", "source-error"),
    "bom-seul": (b"\xef\xbb\xbf", "source-error"),
    "cinq-octets": (b"\xef\xbb\xbf\r\n", "source-error"),
    "cinq-lettres": (b"error", "subject-unknown"),
    "gzip": (gzip.compress(MEASUREMENTS.encode()), "format-error"),
    "zip": (b"PK\x03\x04" + bytes(2000), "format-error"),
    "xls": (b"\xd0\xcf\x11\xe0" + bytes(2000), "format-error"),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)), "format-error"),
    "html": (b"  <!DOCTYPE html><html><body>Erreur 500</body></html>", "format-error"),
    "nul": ((MEASUREMENTS + ROW).encode() + b"\x00\x00\n", "format-error"),
    "colonnes": (";".join(f"c{n}" for n in range(5000)).encode() + b"\n", "table-dimensions"),
    "en-tete-sans-fin": (b"x" * (10 << 20), "table-dimensions"),
    "entete-seul": (MEASUREMENTS.encode(), "no-rows"),
    "lignes-vides": (MEASUREMENTS.encode() + b"\n;;;\n\n", "no-rows"),
    "accents": ("é".encode() * 40 + b"\xe9\x81\n", "encoding-error"),
    "utf16-coupe": (MEASUREMENTS.encode("utf-16") + b"\x00", "encoding-error"),
}
"""Bytes, and the error they get."""


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Checker", HereChecker)
        with opened_door(tmp_path_factory.mktemp("mauvais")) as opened:
            yield opened


@pytest.mark.parametrize(("content", "code"), BAD.values(), ids=BAD)
def test_each_gets_one_error_and_is_refused(door: Door, content: bytes, code: str) -> None:
    report = door.check(content)
    errors = [p for p in report.problems if str(p.severity) == "error"]
    assert [p.code for p in errors] == [code]
    assert all(sentence(errors[0], lang).endswith(".") for lang in ("fr", "en"))
    assert loading.load(door.warehouse, door.scope, report, "quarantine").state == "refused"


def test_one_line_of_ten_megabytes_is_told_and_the_others_are_read(door: Door) -> None:
    content = f"{MEASUREMENTS}{ROW}I-M;M;2026-02;{'9' * (10 << 20)}\nI-M;M;2026-03;14\n"
    report = door.check(content)
    assert [(p.code, p.line) for p in report.problems] == [("table-dimensions", 3)]
    assert report.staged[0].rows_sound == 2


def test_a_file_with_cr_alone_is_read(door: Door) -> None:
    report = door.check((MEASUREMENTS + ROW + "I-M;M;2026-02;douze\n").replace("\n", "\r"))
    assert [(p.code, p.line) for p in report.problems] == [("type-error", 3)]


def test_two_byte_order_marks_are_no_label(door: Door) -> None:
    assert door.check(b"\xef\xbb\xbf\xef\xbb\xbf" + (MEASUREMENTS + ROW).encode()).codes == {}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("I-M;M;2026-01;12;13", "extra-cell"),
        ("I-M;M;2026-01", "missing-cell"),
        ('I-M;M;2026-01;"12', "unclosed-quote"),
    ],
)
def test_a_row_that_does_not_hold_together_is_told_and_the_next_one_read(
    door: Door, cells: str, code: str
) -> None:
    report = door.check(f"{MEASUREMENTS}{cells}\nI-M;M;2026-02;12\n")
    assert [(p.code, p.line) for p in report.problems] == [(code, 2)]
    assert report.staged[0].rows_sound == 1


def test_an_unknown_identifier_shows_what_nobody_sees(door: Door) -> None:
    report = door.check(f"{MEASUREMENTS}I-M\u200b;M;2026-01;12\n")
    assert [p.code for p in report.problems] == ["foreign-key"]
    assert "I-M[U+200B]" in sentence(report.problems[0], "fr")


def test_the_command_line_says_each_in_one_line(
    tmp_path: Path, check_here: None, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = []
    for name, (content, _) in BAD.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_bytes(content)
    home = str(tmp_path / "home")
    assert main(["check", *map(str, paths), "--home", home, "--lang", "en"]) == 1
    answer = capsys.readouterr()
    told = [line for line in answer.err.splitlines() if "blank-row" not in line]
    assert len(told) == len(answer.out.splitlines()) == len(BAD)
    assert "Traceback" not in answer.err
