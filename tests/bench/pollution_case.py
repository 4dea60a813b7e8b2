"""A table of our own and its polluted files: one defect at a time, with what must be read."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

Cells = list[str]
ROWS, SEED = 83, 20260331
HEADER = [
    "DATE",
    "HEURE",
    "Nombre",
    "DOSSIER",
    "Montant",
    "Titre",
    "Description",
    "Adresse",
    "Note",
]
_WORDS = (
    *("programme", "service", "soutien", "famille", "école", "hôpital", "délai", "dossier"),
    *("région", "demande", "agent", "aide", "permis", "travail", "route", "santé", "logement"),
    *("énergie", "forêt", "culture", "accès", "suivi", "centre", "citoyen"),
)


@dataclass(frozen=True)
class Writing:
    """How a table is written: marks, line ends, and whether the last line ends."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    end: str = "\r\n"
    tail: str | None = None


@dataclass(frozen=True)
class Polluted:
    """A file, the rows a perfect reader gives (header first), how often real files have this."""

    name: str
    data: bytes
    expected: list[Cells]
    weight: float
    tags: dict[str, str] = field(default_factory=dict)


def table() -> list[Cells]:
    """84 rows of 9 columns: dates, hours, counts, codes, amounts, sentences with marks."""
    source, day = random.Random(SEED), date(2024, 1, 13)
    rows = [list(HEADER)]
    for number in range(ROWS):
        day += timedelta(days=source.randint(1, 3))
        rows.append(_row(source, number, day))
    return rows


def _row(source: random.Random, number: int, day: date) -> Cells:
    title = " ".join(source.sample(_WORDS, source.randint(2, 4))).capitalize()
    if number % 3 == 0:
        title += ", " + source.choice(_WORDS)
    if number % 17 == 5:
        title += ' 48"'
    inside = f"du « {source.choice(_WORDS)} » et de l'{source.choice(['aide', 'école'])}"
    description = f"Le {source.choice(_WORDS)} {inside}, {' '.join(source.sample(_WORDS, 9))}."
    if number % 23 == 7:
        description += ' Dit "urgent" par l\'agent.'
    return [
        day.strftime("%d/%m/%Y"),
        f"{source.randint(0, 23):02d}:{15 * source.randint(0, 3):02d}",
        str(source.randint(0, 33)),
        f"{source.choice(['MG', 'RI', 'YY', 'BH'])}-{source.randint(1000, 9999)}",
        f"${source.randint(0, 90)}.{source.randint(0, 99):02d}",
        title,
        description,
        f"https://exemple.gouv.qc.ca/dossier/{number:04d}.html",
        "",
    ]


def written(rows: list[Cells], how: Writing) -> str:
    """The rows as text, cells quoted as a spreadsheet does: sentences with marks, and addresses."""
    lines = [how.delimiter.join(quoted(cell, how) for cell in row) + how.end for row in rows]
    text = "".join(lines)
    return text if how.tail is None else text[: -len(how.end)] + how.tail


def quoted(cell: str, how: Writing) -> str:
    """A cell in the quotes it needs; they stand under every delimiter alike."""
    if not ("," in cell or '"' in cell or cell.startswith("https:")):
        return cell
    return how.quote + cell.replace(how.quote, how.escape + how.quote) + how.quote


def files() -> Iterator[Polluted]:
    """Every polluted file: whole-file defects, then one defect per row, per column or per cell."""
    rows = table()
    yield from _whole(rows)
    yield from _structures(rows)
    for index in range(len(rows)):
        for column in range(len(HEADER)):
            yield from _cell_defects(rows, index, column)
        yield _row_delimiter(rows, index)


def _made(name: str, text: str, expected: list[Cells], weight: float) -> Polluted:
    return Polluted(name, text.encode("utf-8"), expected, weight)


def _whole(rows: list[Cells]) -> Iterator[Polluted]:
    def one(name: str, how: Writing, weight: float) -> Polluted:
        return _made(name, written(rows, how), rows, weight)

    yield one("source", Writing(), 1)
    yield _made("file_no_payload", "", [], 15)
    yield one("file_no_trailing_newline", Writing(tail=""), 184)
    yield one("file_double_trailing_newline", Writing(tail="\r\n\r\n"), 5)
    yield one("file_record_delimiter_lf", Writing(end="\n"), 1691)
    yield one("file_record_delimiter_cr", Writing(end="\r"), 7)
    yield one("file_field_delimiter_semicolon", Writing(";"), 834)
    yield one("file_field_delimiter_tab", Writing("\t"), 4)
    yield one("file_field_delimiter_comma_space", Writing(", "), 101)
    yield one("file_field_delimiter_space", Writing(" "), 4)
    yield one("file_quotation_char_apostrophe", Writing(quote="'", escape=""), 11)
    yield one("file_escape_char_backslash", Writing(escape="\\"), 1)
    yield one("file_escape_char_none", Writing(escape=""), 7)


def _structures(rows: list[Cells]) -> Iterator[Polluted]:
    how, width = Writing(), len(HEADER)
    blank = ["PRÉAMBULE", *[""] * (width - 1)], [""] * width
    yield _made("file_no_header", written(rows[1:], how), rows[1:], 470)
    for times in (2, 3):
        joined = [[" ".join([label] * times) for label in HEADER], *rows[1:]]
        text = written([HEADER] * times + rows[1:], how)
        yield _made(f"file_header_multirow_{times}", text, joined, 47)
    yield _made("file_preamble", written([*blank, *rows], how), rows, 282)
    for name, other in (
        ("less", [row[:-1] for row in rows]),
        ("same", rows),
        ("more", [[*row, "col1" if n == 0 else ""] for n, row in enumerate(rows)]),
    ):
        text = written(rows + other, how)
        yield _made(f"file_multitable_{name}", text, rows + other, 188 / 3)
    yield _made("file_header_only", written(rows[:1], how), rows[:1], 3)
    yield _made("file_one_data_row", written(rows[:2], how), rows[:2], 4)


def _changed(rows: list[Cells], index: int, line: Callable[[list[str]], str]) -> str:
    how = Writing()
    texts = [how.delimiter.join(quoted(cell, how) for cell in row) for row in rows]
    texts[index] = line([quoted(cell, how) for cell in rows[index]])
    return how.end.join(texts) + how.end


def _cell_defects(rows: list[Cells], index: int, column: int) -> Iterator[Polluted]:
    place = f"row{index}_col{column}"

    def more(cells: list[str]) -> str:
        return ",".join([*cells[:column], "", *cells[column:]])

    def less(cells: list[str]) -> str:
        return ",".join(
            [*cells[: column - 1], cells[column - 1] + cells[column], *cells[column + 1 :]]
        )

    def stray(cells: list[str]) -> str:
        cell = cells[column]
        bare = cell[0] + '"' + cell[1:] if cell.startswith('"') else '"' + cell
        return ",".join([*cells[:column], bare, *cells[column + 1 :]])

    yield _made(f"row_more_sep_{place}", _changed(rows, index, more), rows, 0.37)
    if column:
        yield _made(f"row_less_sep_{place}", _changed(rows, index, less), rows, 0.37)
    expected = [list(row) for row in rows]
    expected[index][column] = '"' + expected[index][column]
    yield _made(f"row_extra_quote_{place}", _changed(rows, index, stray), expected, 0.01)


def _row_delimiter(rows: list[Cells], index: int) -> Polluted:
    text = _changed(rows, index, " ".join)
    return _made(f"row_field_delimiter_{index}_space", text, rows, 0.01)
