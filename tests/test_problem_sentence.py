"""A problem's sentence stays whole when the cell it speaks of is empty."""

from layouts.vocabulary import author_words
from pilotage.intake.outcome import LoadOutcome
from pilotage.intake.problem import Problem, sentence


def test_a_row_of_nobody_is_told_without_an_empty_name() -> None:
    assert "« »" not in sentence(Problem("not-yours", 2), "fr").replace("\N{NO-BREAK SPACE}", " ")
    assert "names no organisation" in sentence(Problem("not-yours", 2, found="  "), "en")


def test_a_workbook_or_an_archive_is_called_by_both_names() -> None:
    problem = Problem("format-error", found="classeur Excel ou archive zip")
    assert "(classeur Excel ou archive zip)" in sentence(problem, "fr")
    assert "(Excel workbook or zip archive)" in sentence(problem, "en")


def test_an_outcome_counts_one_in_the_singular() -> None:
    said = LoadOutcome("loaded", 1, new=1, changed=1, unchanged=2, refused=0)
    assert said.sentence("fr") == (
        "Chargé : 1 nouvelle valeur, 1 révisée, 2 inchangées, 0 refusée."
    )
    assert said.sentence("en") == "Loaded: 1 new value, 1 revised, 2 unchanged, 0 refused."


def test_a_watched_folder_is_named_in_words() -> None:
    assert author_words("folder", "fr") == "dépôt automatique"
    assert author_words("folder:DUR", "en") == "folder DUR"
