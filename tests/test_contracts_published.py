"""The published contracts: coherent, complete in both languages, and true to the store."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.domain.indicator import (
    Aggregation,
    Direction,
    Frequency,
    Level,
    LinkKind,
    Nature,
    RollUp,
    Visibility,
)
from pilotage.domain.organisation import OrganisationKind
from pilotage.domain.status import Confidence
from pilotage.intake.contract import ORDER, plain_label, recognised
from pilotage.intake.dictionary import dictionary
from pilotage.store.tables import metadata

DATA = Path(__file__).parents[1] / "data"
PERIOD_COLUMNS = {"period_kind", "period_start", "period_end"}
TYPES = {"string", "number", "integer", "date", "boolean", "period"}
WORDS_OF: dict[tuple[str, str], Sequence[str]] = {
    ("organisations", "genre"): list(OrganisationKind),
    ("indicateurs", "sens"): list(Direction),
    ("indicateurs", "nature"): list(Nature),
    ("indicateurs", "niveau"): list(Level),
    ("indicateurs", "frequence"): list(Frequency),
    ("indicateurs", "agregation_temps"): list(Aggregation),
    ("indicateurs", "agregation_organisations"): list(RollUp),
    ("indicateurs", "visibilite"): list(Visibility),
    ("liens", "genre"): list(LinkKind),
    ("cibles", "confiance"): list(Confidence),
    ("mesures", "statut"): [str(state) for state in range(6)],
    ("bloquants", "gravite"): list(Seriousness),
    ("bloquants", "niveau"): [str(int(level)) for level in LadderLevel],
    ("bloquants", "etat"): list(BlockerState),
}


def schema(subject: str) -> dict[str, Any]:
    path = DATA / "contracts" / f"{subject}.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def example(subject: str) -> list[list[str]]:
    path = DATA / "contracts" / f"exemple_{subject}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def fields(subject: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in schema(subject)["fields"]}


def test_there_is_one_contract_per_subject() -> None:
    names = {path.name.removesuffix(".schema.json") for path in DATA.glob("contracts/*.json")}
    assert names == set(ORDER)


@pytest.mark.parametrize("subject", ORDER)
def test_every_column_has_its_place_in_the_store(subject: str) -> None:
    described = schema(subject)
    columns = {column.name for column in metadata.tables[described["table"]].columns}
    stored = [field["store"] for field in described["fields"]]
    assert len(stored) == len(set(stored))
    for field in described["fields"]:
        wanted = PERIOD_COLUMNS if field["type"] == "period" else {field["store"]}
        assert wanted <= columns, field["name"]


@pytest.mark.parametrize("subject", ORDER)
def test_every_column_that_may_not_be_null_is_required_or_has_a_default(subject: str) -> None:
    described = schema(subject)
    by_store = {field["store"]: field for field in described["fields"]}
    for column in metadata.tables[described["table"]].columns:
        field = by_store.get(column.name)
        if column.nullable or field is None or column.name == "published_at":
            continue
        rules = {"default", "defaultFrom"} & field.keys()
        assert field["constraints"].get("required") or rules, column.name


@pytest.mark.parametrize("subject", ORDER)
def test_every_column_speaks_both_languages(subject: str) -> None:
    for field in [schema(subject), *schema(subject)["fields"]]:
        texts = [field[name] for name in ("title", "title_en", "description", "description_en")]
        assert all(texts), field


@pytest.mark.parametrize("subject", ORDER)
def test_no_label_stands_for_two_columns(subject: str) -> None:
    seen: dict[str, str] = {}
    for name, field in fields(subject).items():
        assert field["type"] in TYPES
        for label in {name, field["title"], field["title_en"], *field["aliases"]}:
            assert seen.setdefault(plain_label(label), name) == name, label


@pytest.mark.parametrize("subject", ORDER)
def test_every_list_maps_its_published_words_to_one_stored_word_each(subject: str) -> None:
    for field in fields(subject).values():
        listed = field["constraints"].get("enum", [])
        stored = [field["values"][word.lower()] for word in listed]
        assert len(stored) == len(set(stored))
        assert set(stored) == set(field.get("values", {}).values())
        assert field.get("default", None) in {None, *stored}


@pytest.mark.parametrize(("subject", "name"), WORDS_OF)
def test_a_list_covers_the_words_of_the_domain(subject: str, name: str) -> None:
    words = set(fields(subject)[name]["values"].values())
    assert words == {str(word) for word in WORDS_OF[subject, name]}


@pytest.mark.parametrize("subject", ORDER)
def test_keys_name_columns_that_exist(subject: str) -> None:
    described = schema(subject)
    names = set(fields(subject))
    assert set(described["primaryKey"]) <= names
    assert {
        field["defaultFrom"] for field in described["fields"] if "defaultFrom" in field
    } <= names
    for group in described.get("anyOf", ()):
        assert set(group) <= names
    for key in described["foreignKeys"]:
        assert set(key["fields"]) <= names
        other = schema(key["reference"]["resource"])
        assert key["reference"]["fields"] == other["primaryKey"]


@pytest.mark.parametrize("subject", ORDER)
def test_an_example_is_recognised_under_both_languages(subject: str) -> None:
    header = example(subject)[0]
    english = [next(iter(fields(subject)[name]["aliases"]), name) for name in header]
    assert header == list(fields(subject))
    for labels in (header, english):
        found = recognised(labels)
        assert found is not None
        assert found.subject == subject


@pytest.mark.parametrize("subject", ORDER)
def test_the_required_columns_alone_are_enough_to_recognise_a_subject(subject: str) -> None:
    described = schema(subject)
    needed = [
        name for name, field in fields(subject).items() if field["constraints"].get("required")
    ]
    found = recognised([*needed, *(group[0] for group in described.get("anyOf", ()))])
    assert found is not None
    assert found.subject == subject


@pytest.mark.parametrize("subject", ORDER)
def test_an_example_says_only_what_its_contract_admits(subject: str) -> None:
    header, *rows = example(subject)
    assert rows
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        for name, field in fields(subject).items():
            rules = field["constraints"]
            assert cells[name] or not rules.get("required")
            assert len(cells[name]) <= rules.get("maxLength", 10_000)
            if cells[name] and "values" in field:
                assert cells[name].lower() in field["values"]


def test_the_dictionary_is_up_to_date() -> None:
    assert (DATA / "README.md").read_text(encoding="utf-8") == dictionary(), (
        "run: python -m pilotage.intake.dictionary > data/README.md"
    )
