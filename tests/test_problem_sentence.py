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


def test_a_table_too_large_is_measured_in_the_reader_s_words() -> None:
    problem = Problem("table-dimensions", 1, found="5000 colonnes")
    assert "(5000 colonnes)" in sentence(problem, "fr")
    assert "(5000 columns)" in sentence(problem, "en")


def test_an_unknown_identifier_comes_with_its_remedy_or_the_nearest_one() -> None:
    bare = Problem("foreign-key", 2, "A", "indicateur_id", "I-9", {"suggestion": ""})
    near = Problem("foreign-key", 2, "A", "indicateur_id", "I-9", {"suggestion": "I-8"})
    assert sentence(bare, "en").endswith("or load first the file that describes it.")
    assert sentence(near, "en").endswith("Did you mean “I-8”?")
