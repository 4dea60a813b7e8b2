"""The contracts a ministry's file may follow, read from the published Table Schemas."""

import json
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

CONTRACTS = Path(__file__).parents[2] / "data" / "contracts"
ORDER = (
    "organisations",
    "plans",
    "objectifs",
    "indicateurs",
    "liens",
    "cibles",
    "mesures",
    "bloquants",
    "actions",
)
"""Subjects in the order in which they refer to one another."""


def plain_label(text: str) -> str:
    """A header label without accents, case or stray spaces, as labels are compared."""
    folded = text.casefold()
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.replace("\ufeff", "")).casefold()
        marks = {ord(c): None for c in set(folded) if unicodedata.combining(c)}
        folded = folded.translate(marks) if marks else folded
    return "_".join(folded.split()).strip('"')


@dataclass(frozen=True)
class Field:
    """One column of a contract."""

    name: str
    kind: str
    store: str
    labels: frozenset[str]
    required: bool
    values: dict[str, str]
    minimum: float | None
    maximum: float | None
    max_length: int | None


@dataclass(frozen=True)
class Contract:
    """One subject a file can have, recognised by its header."""

    subject: str
    title_fr: str
    title_en: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: dict[str, tuple[str, str]]
    missing_values: frozenset[str]

    def field_of(self, label: str) -> Field | None:
        """The column a header label stands for, in either language; None when it is not ours."""
        return self.known.get(plain_label(label))

    def missing(self, labels: list[str]) -> list[str]:
        """Names of the required columns that no label stands for."""
        present = set(map(plain_label, labels))
        return [f.name for f in self.fields if f.required and present.isdisjoint(f.labels)]

    @cached_property
    def known(self) -> dict[str, Field]:
        """Each column by every label that stands for it, made plain."""
        return {label: field for field in reversed(self.fields) for label in field.labels}


def _field(described: dict[str, Any]) -> Field:
    rules = described.get("constraints", {})
    labels = {described["name"], described.get("title", ""), described.get("title_en", "")}
    return Field(
        name=described["name"],
        kind=described["type"],
        store=described["store"],
        labels=frozenset(plain_label(t) for t in labels | set(described.get("aliases", ())) if t),
        required=bool(rules.get("required")),
        values={plain_label(k): v for k, v in described.get("values", {}).items()},
        minimum=rules.get("minimum"),
        maximum=rules.get("maximum"),
        max_length=rules.get("maxLength"),
    )


def _contract(schema: dict[str, Any]) -> Contract:
    keys = schema.get("primaryKey", [])
    foreign: dict[str, tuple[str, str]] = {}
    for key in schema.get("foreignKeys", []):
        fields, reference = key["fields"], key["reference"]
        name = fields if isinstance(fields, str) else fields[0]
        target = (
            reference["fields"] if isinstance(reference["fields"], str) else reference["fields"][0]
        )
        foreign[name] = (reference.get("resource") or schema["subject"], target)
    return Contract(
        subject=schema["subject"],
        title_fr=schema["title"],
        title_en=schema["title_en"],
        fields=tuple(_field(f) for f in schema["fields"]),
        primary_key=(keys,) if isinstance(keys, str) else tuple(keys),
        foreign_keys=foreign,
        missing_values=frozenset(schema.get("missingValues", [""])),
    )


@cache
def contracts() -> dict[str, Contract]:
    """Every published contract by subject, in loading order."""
    return {
        subject: _contract(json.loads((CONTRACTS / f"{subject}.schema.json").read_text("utf-8")))
        for subject in ORDER
    }


def recognised(labels: list[str]) -> Contract | None:
    """The contract a header follows best; None when nothing fits.

    All the required columns first, then the most columns known; two known columns at least.
    """
    # Each label is made plain once for all contracts: one of a million letters is dear.
    plain = list(map(plain_label, labels))
    said = set(plain)
    scored = []
    for contract in contracts().values():
        known = sum(label in contract.known for label in plain)
        missing = sum(field.required and said.isdisjoint(field.labels) for field in contract.fields)
        if known >= min(2, len(labels)):
            scored.append(((missing == 0, known - missing, known), contract))
    return max(scored, key=lambda pair: pair[0])[1] if scored else None
