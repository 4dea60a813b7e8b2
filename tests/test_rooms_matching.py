"""What is typed in haste finds its name; nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.rooms.matching import BEGINS, EXACT, INSIDE, Lexicon, fit, folded, query, words


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Éducation", "education"),
        ("ŒUVRE", "oeuvre"),
        ("l\u2019accès  à la chirurgie", "l acces a la chirurgie"),
        ("MSSS-04", "msss 04"),
        ("  ", ""),
    ],
)
def test_accents_case_and_signs_do_not_count(typed: str, same: str) -> None:
    assert folded(typed) == same


def test_the_plural_and_the_singular_are_one_word() -> None:
    assert words("Délais d'urgences") == words("délai d urgence")


def test_words_that_say_nothing_count_only_where_there_is_no_other() -> None:
    assert query("durée de la civière").words == ("duree", "civiere")
    assert query("de la").words == ("de", "la")
    assert query("urgence Urgence").words == ("urgence",)
    assert query(" ?! ").words == ()


def test_a_beginning_is_better_than_a_middle_and_the_word_itself_is_best() -> None:
    assert fit("chir", "chirurgie") == BEGINS
    assert fit("urg", "chirurgie") == INSIDE
    assert fit("rg", "chirurgie") == 0
    assert fit("chirurgie", "chirurgie") == EXACT


def test_the_best_word_of_a_name_is_the_one_that_counts() -> None:
    lexicon = Lexicon()
    lexicon.add(1, ("Urgences et chirurgies", None))
    lexicon.add(2, ("Chirurgie", "Surgery"))
    assert lexicon.fits("urg") == {1: BEGINS, 2: INSIDE}
    assert lexicon.fits("surgery") == {2: EXACT}
    assert lexicon.fits("civière") == {}


@given(st.text(max_size=40), st.text(max_size=400))
def test_whatever_is_typed_a_name_holds_its_own_words(name: str, other: str) -> None:
    lexicon = Lexicon()
    lexicon.add("it", (name,))
    for word in words(name):
        assert lexicon.fits(word)["it"] == EXACT
    assert len(query(other).words) <= 8


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
