"""A foreign file as a person describes it on the data page, and the profile that says so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilotage.domain.period import PeriodError, parse_period
from pilotage.errors import Refused
from pilotage.intake.contract import Contract, contracts
from pilotage.intake.reader.read import Declared
from pilotage.intake.source import DELIMITERS, ENCODINGS

FROM_COLUMN, FROM_TITLES, SAME = "column:", "titles", "same"
"""Where a contract column comes from: a column, the titles of the others, one text for all."""
_TITLE, _CELL = "_titre", "_cellule"
_QUOTES = frozenset({'"', "'"})
_LONGEST = 2_000
_MOST_EXCHANGED = 500


@dataclass(frozen=True)
class Description:
    """How the file is read, and where each column of its contract comes from.

    ``columns``: contract column → column of the file; ``constants``: contract column → its text on
    every row. ``from_titles``: the contract column filled by the titles of the columns that nothing
    else names, whose cells are then the values. ``exchanged``: texts read → texts written.
    """

    declared: Declared
    subject: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    from_titles: str | None = None
    decimal: str | None = None
    nothing: tuple[str, ...] = ()
    exchanged: tuple[tuple[str, str], ...] = ()


def declared_of(asked: Mapping[str, Any]) -> Declared:
    """How the file is to be read; what is not said, or not understood, is found out."""
    line = _text(asked, "header_line")
    is_line = line.isascii() and line.isdigit() and len(line) < 7
    return Declared(
        encoding=_one_of(asked, "encoding", frozenset(ENCODINGS)),
        delimiter=_one_of(asked, "delimiter", DELIMITERS),
        quote=_one_of(asked, "quote", _QUOTES),
        header_line=(int(line) or None) if is_line else None,
    )


def description_of(asked: Mapping[str, Any]) -> Description:
    """What the form of the data page says. Raises Refused with what is missing."""
    contract = contracts().get(_text(asked, "subject"))
    if contract is None:
        raise Refused("Dites ce que contient le fichier.", "Say what the file contains.")
    columns, constants, titled = {}, {}, []
    for known in contract.fields:
        came, same = _text(asked, f"from-{known.name}"), _text(asked, f"same-{known.name}").strip()
        if came.startswith(FROM_COLUMN):
            columns[known.name] = came.removeprefix(FROM_COLUMN)
        elif came == FROM_TITLES:
            titled.append(known.name)
        elif came == SAME and same:
            constants[known.name] = same
    described = Description(
        declared=declared_of(asked),
        subject=contract.subject,
        columns=columns,
        constants=constants,
        from_titles=titled[0] if titled else None,
        decimal=_one_of(asked, "decimal", frozenset(".,")),
        nothing=_listed(_text(asked, "nothing")),
        exchanged=_exchanged(_text(asked, "exchanged")),
    )
    _refuse_missing(contract, described, titled)
    return described


def _refuse_missing(contract: Contract, described: Description, titled: list[str]) -> None:
    if len(titled) > 1:
        raise Refused(
            f"Une seule colonne peut venir des titres : choisissez entre {', '.join(titled)}.",
            f"Only one column may come from the titles: choose between {', '.join(titled)}.",
        )
    said = {*described.columns, *described.constants}
    if described.from_titles:
        said |= {described.from_titles, "valeur"}
    missing = [f.name for f in contract.fields if f.required and f.name not in said]
    if missing:
        listed = ", ".join(missing)
        raise Refused(f"Dites d'où vient : {listed}.", f"Say where this comes from: {listed}.")


def profile_document(
    described: Description, title: str, columns: Sequence[str] = ()
) -> dict[str, Any]:
    """The ``profile.toml`` of a description, as a document; ``title`` is its name for people.

    ``columns`` are the file's: those whose titles are no periods are none of its values, where
    periods come from titles.
    """
    read = described.declared
    told = {
        "files": ["*"],
        "automatic": True,
        "encoding": read.encoding,
        "delimiter": read.delimiter,
        "quote": read.quote,
        "header_row": read.header_line,
        "decimal": described.decimal,
        "null": list(described.nothing) or None,
    }
    rows: dict[str, Any] = {"subject": described.subject, "from": "fichier"}
    if described.from_titles:
        besides = set(described.columns.values())
        if described.from_titles == "periode":
            written = dict(described.exchanged)
            dated = {name for name in columns if says_period(written.get(name, name))}
            # With no title that says a period, all are told so, line by line.
            besides |= {*columns} - dated if dated else set()
        rows["wide"] = [{"besides": sorted(besides), "name": _TITLE, "value": _CELL}]
    return {
        "kind": "mapping",
        "source": {"name_fr": title, "name_en": title, "licence": "—"},
        "inputs": {"fichier": {key: value for key, value in told.items() if value is not None}},
        "rows": [rows | {"columns": _recipes(described)}],
    }


def says_period(title: str) -> bool:
    """True for the title of a column that holds one period's values."""
    try:
        parse_period(title, 4)
    except PeriodError:
        return False
    return True


def _recipes(described: Description) -> dict[str, Any]:
    recipes: dict[str, Any] = {n: {"constant": text} for n, text in described.constants.items()}
    places = dict(described.columns)
    if described.from_titles:
        places |= {described.from_titles: _TITLE, "valeur": _CELL}
    known = {one.name: one for one in contracts()[described.subject].fields}
    swaps = dict(described.exchanged)
    for name, place in places.items():
        is_text = known[name].kind not in {"number", "integer"}
        recipes[name] = {"column": place} | ({"values": swaps} if swaps and is_text else {})
    return recipes


def _exchanged(text: str) -> tuple[tuple[str, str], ...]:
    """``read = written``, one a line."""
    pairs = (re.split(r"\s*(?:=|→)\s*", line.strip(), maxsplit=1) for line in text.splitlines())
    return tuple((one[0], one[1]) for one in pairs if len(one) == 2 and all(one))[:_MOST_EXCHANGED]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in text.split(";")} - {""}))


def _one_of(asked: Mapping[str, Any], name: str, choices: frozenset[str]) -> str | None:
    found = _text(asked, name)
    return found if found in choices else None


def _text(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name)
    longest = 20 * _LONGEST if name == "exchanged" else _LONGEST
    return value[:longest] if isinstance(value, str) else ""
