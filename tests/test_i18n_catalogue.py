"""Both languages are complete: no French sentence without its English, and none left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pilotage.i18n import CATALOGUE, language, translator

HOUSE = Path(__file__).parents[1]
FIELD = re.compile(r"\{[^{}]*\}")


def sources() -> Iterator[tuple[str, str | None]]:
    """Each (sentence, plural) marked for the catalogue in the code."""
    for folder in ("pilotage", "layouts", "callbacks"):
        for path in sorted((HOUSE / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from marked(node)


def marked(call: ast.Call) -> Iterator[tuple[str, str | None]]:
    texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
    words = [text for text in texts if isinstance(text, str)]
    name = called(call.func)
    if name in {"_", "N_"} and words:
        yield words[0], None
    elif name == "plural" and len(words) >= 2:
        yield words[0], words[1]


def called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute):
        return function.attr
    # translator(lang)("…")
    if isinstance(function, ast.Call) and called(function.func) == "translator":
        return "_"
    return ""


def entries() -> dict[str, tuple[str, ...]]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en", abort_invalid=True)
    found = {}
    for message in catalogue:
        ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
        if ids[0]:
            texts = message.string
            forms = texts if isinstance(texts, (list, tuple)) else (texts,)
            found[str(ids[0])] = tuple(str(form or "") for form in forms)
    return found


def test_every_sentence_of_the_code_has_an_english_one() -> None:
    known = entries()
    missing = {source for source, _ in sources() if not all(known.get(source, ("",)))}
    assert sorted(missing) == []


def test_no_english_sentence_is_left_without_its_french_one() -> None:
    used = {source for source, _ in sources()}
    assert sorted(set(entries()) - used) == []


def test_a_translation_names_the_same_fields_as_its_source() -> None:
    known = entries()
    wrong = {
        source
        for source, plural in sources()
        for form in known.get(source, ())
        if not set(FIELD.findall(form)) <= set(FIELD.findall(source + (plural or "")))
    }
    assert sorted(wrong) == []


def test_emphasis_is_kept_in_translation() -> None:
    known = entries()
    wrong = {
        source
        for source, _ in sources()
        for form in known.get(source, ())
        if source.count("**") != form.count("**")
    }
    assert sorted(wrong) == []


@pytest.mark.parametrize(
    ("asked", "given"), [("en", "en"), ("fr", "fr"), ("de", "fr"), (None, "fr")]
)
def test_an_unknown_language_means_french(asked: str | None, given: str) -> None:
    assert language(asked) == given


def test_an_untranslated_sentence_is_shown_in_french() -> None:
    assert (
        translator("en")("Phrase que personne n'a traduite") == "Phrase que personne n'a traduite"
    )


@pytest.mark.parametrize(
    ("lang", "count", "form"),
    [("fr", 0, "un"), ("fr", 1, "un"), ("fr", 1.5, "un"), ("fr", 2, "des"), ("en", 0, "des")],
)
def test_french_counts_zero_and_one_as_singular(lang: str, count: float, form: str) -> None:
    assert translator(language(lang)).plural("un", "des", count) == form
