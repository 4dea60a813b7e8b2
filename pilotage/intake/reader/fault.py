"""What stops a reading, and where a problem stands."""

from pilotage.intake.problem import Problem


class Unreadable(Exception):  # noqa: N818 -- an answer, not a fault of the program
    """Nothing can be read from this file; ``problem`` says why, in one sentence."""

    def __init__(self, code: str, found: str | None = None, line: int | None = None) -> None:
        """``code`` is one of the problem codes."""
        super().__init__(code)
        self.problem = Problem(code, line=line, found=found)


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def at_cell(
    code: str, line: int, column: int, header: tuple[str, ...], found: str, **detail: str
) -> Problem:
    """A problem of one cell; ``column`` counts from 0."""
    name = header[column] if column < len(header) else ""
    return Problem(
        code,
        line=line,
        column_letter=letter(column),
        column_name=name,
        found=found[:200],
        detail=dict(detail),
    )
