"""Which sheet of a workbook is read; every other part of it is named and left."""

from pilotage.intake.problem import sentence
from pilotage.intake.reader.read import ReadTable, read_bytes
from tests.workbook import added, changed, workbook

ROWS: list[list[str | float | None]] = [
    ["code", "mois", "valeur"],
    ["A", "2025-01", 1.5],
    ["B", "2025-02", 2.5],
    ["C", "", 3],
]
READ = [["A", "2025-01", "1.5"], ["B", "2025-02", "2.5"], ["C", "", "3"]]
BOOK = "xl/workbook.xml"


def told(table: ReadTable) -> list[tuple[str, int | None, str | None]]:
    return [(p.code, p.line, p.found) for p in table.problems]


def test_the_first_sheet_is_read_and_the_others_are_named() -> None:
    table = read_bytes(workbook({"Mesures": ROWS, "Notes & liens": [["à voir"]], "Feuil3": []}))
    assert (table.sheet, [row.cells for row in table.rows]) == ("Mesures", READ)
    assert told(table) == [
        ("extra-sheet", None, "Notes & liens"),
        ("extra-sheet", None, "Feuil3"),
    ]


def test_a_blank_first_sheet_is_passed_over_and_said() -> None:
    table = read_bytes(workbook({"Feuil1": [], "Blancs": [["", "  "]], "Mesures": ROWS}))
    assert (table.sheet, [row.cells for row in table.rows]) == ("Mesures", READ)
    assert [found for _, _, found in told(table)] == ["Feuil1", "Blancs"]
    assert "première visible et remplie" in sentence(table.problems[0], "fr")


def test_a_hidden_first_sheet_is_passed_over_and_said() -> None:
    book = workbook({"Listes": [["Oui"], ["Non"]], "Mesures": ROWS})
    book = changed(
        book, lambda text: text.replace('sheetId="1"', 'sheetId="1" state="hidden"'), BOOK
    )
    table = read_bytes(book)
    assert (table.sheet, told(table)) == ("Mesures", [("extra-sheet", None, "Listes")])


def test_a_workbook_of_blank_sheets_is_empty() -> None:
    assert told(read_bytes(workbook({"Feuil1": [], "Feuil2": []}))) == [
        ("source-error", None, None)
    ]


def test_sheets_are_those_of_the_relations_and_not_of_the_file_names() -> None:
    book = workbook({"Mesures": ROWS, "Autre": [["x", "y"], ["z", 1]]})
    relations = "xl/_rels/workbook.xml.rels"

    def crossed(text: str) -> str:
        kept = text.replace("sheet1.xml", "sheet?.xml").replace("sheet2.xml", "sheet1.xml")
        return kept.replace("worksheets/sheet?.xml", "/xl/worksheets/sheet2.xml")

    error = changed(
        changed(book, crossed, relations),
        lambda text: text.replace('<c r="B2"><v>1</v>', '<c r="B2" t="e"><v>#N/A</v>'),
        "xl/worksheets/sheet2.xml",
    )
    table = read_bytes(error)
    assert (table.sheet, [row.cells for row in table.rows]) == ("Mesures", [["z", "#N/A"]])


def test_macros_are_named_and_left() -> None:
    table = read_bytes(added(workbook({"Mesures": ROWS}), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"))
    assert [row.cells for row in table.rows] == READ
    assert told(table) == [("macro", None, "vbaProject.bin")]
    assert not table.is_refused


def test_hidden_rows_are_read_and_said() -> None:
    book = changed(
        workbook({"Mesures": ROWS}),
        lambda text: text.replace('<row r="3">', '<row r="3" hidden="1">').replace(
            '<row r="4">', '<row r="4" hidden="true">'
        ),
    )
    table = read_bytes(book)
    assert [row.cells for row in table.rows] == READ
    assert told(table) == [("hidden-row", 3, "2")]
    assert "(2, à partir d'ici)" in sentence(table.problems[0], "fr")


def test_a_header_of_merged_cells_is_joined_under_its_groups() -> None:
    head = [["Région", "2024", None, "2025", None], [None, "réel", "cible", "réel", "cible"]]
    book = workbook({"M": [*head, ["Nord", 1, 2, 3, 4], ["Sud", 5, 6, 7, 8], ["Est", 1, 1, 2, 2]]})
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    table = read_bytes(
        changed(book, lambda text: text.replace("</sheetData>", "</sheetData>" + merged))
    )
    assert table.header == ("Région", "2024 réel", "2024 cible", "2025 réel", "2025 cible")
    assert [code for code, _, _ in told(table)] == ["multi-header"]
