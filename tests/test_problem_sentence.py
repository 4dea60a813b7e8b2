"""A problem's sentence stays whole when the cell it speaks of is empty."""

from pilotage.intake.problem import Problem, sentence


def test_a_row_of_nobody_is_told_without_an_empty_name() -> None:
    assert "« »" not in sentence(Problem("not-yours", 2), "fr").replace("\N{NO-BREAK SPACE}", " ")
    assert "names no organisation" in sentence(Problem("not-yours", 2, found="  "), "en")
