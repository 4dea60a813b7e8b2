"""Where foreign files come from and how each of them is to be read."""

import re
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from pilotage.intake.declaration import Declaration
from pilotage.intake.reader.read import Declared

_NAME = re.compile(r"[a-z][a-z0-9_]*$")
_ENCODINGS = frozenset({"utf-8", "utf-16", "windows-1252"})
ENCODINGS = (*sorted(_ENCODINGS), "mac-roman", "cp850")
"""The encodings the automatic reader may be told."""
DELIMITERS = frozenset({",", ";", "\t", "|"})


@dataclass(frozen=True)
class Source:
    """Who publishes, under what licence, and the moments at which its files are to be judged."""

    name_fr: str
    name_en: str
    publisher_fr: str | None
    publisher_en: str | None
    licence: str
    url: str | None
    judging_date: date | None
    published_at: date | None
    fiscal_month: int


@dataclass(frozen=True)
class Input:
    """One kind of file: the names it comes under and the settings with which it is read.

    ``patterns`` are globs on the file name alone. ``encoding`` and ``delimiter`` None mean « find
    out ». ``columns`` gives the name
    used by the profile and the labels under which the file may carry it; empty means that every
    column keeps its own label. ``automatic`` is what the automatic reader is told, where it is the
    one that reads; None where the file is plain.
    """

    name: str
    patterns: tuple[str, ...]
    is_required: bool
    encoding: str | None
    delimiter: str | None
    quote: str
    header_row: int
    null_markers: tuple[str, ...]
    decimal: str
    columns: dict[str, tuple[str, ...]]
    optional_columns: frozenset[str]
    automatic: Declared | None = None

    def fits(self, file_name: str) -> bool:
        """True where a file of that name is this input; ``.gz`` at the end does not matter."""
        plain = file_name.removesuffix(".gz")
        return any(fnmatchcase(name, p) for name in (plain, file_name) for p in self.patterns)


def read_source(declared: Declaration) -> Source:
    """The ``[source]`` table. Raises ProfileError."""
    source = Source(
        name_fr=declared.text("name_fr"),
        name_en=declared.text("name_en"),
        publisher_fr=declared.optional_text("publisher_fr"),
        publisher_en=declared.optional_text("publisher_en"),
        licence=declared.text("licence"),
        url=declared.optional_text("url"),
        judging_date=_day(declared, "judging_date"),
        published_at=_day(declared, "published_at"),
        fiscal_month=declared.whole("fiscal_month", 4),
    )
    declared.finish()
    return source


def read_inputs(declared: Declaration) -> tuple[Input, ...]:
    """The ``[inputs.*]`` tables, in the order in which they are written. Raises ProfileError."""
    names = list(declared.everything().items())
    return tuple(_input(name, Declaration({name: table}, "inputs")) for name, table in names)


def _input(name: str, holder: Declaration) -> Input:
    check_name(name, holder)
    declared = holder.section(name)
    columns = declared.section("columns")
    labels = columns.everything()
    named = {label: Declaration(labels, columns.place).texts(label) for label in labels}
    is_automatic = declared.switch("automatic", False)
    found = Input(
        name=name,
        patterns=declared.texts("files"),
        is_required=declared.switch("required", True),
        automatic=_told(declared) if is_automatic else None,
        encoding=_one_of(declared, "encoding", _ENCODINGS),
        delimiter=_one_of(declared, "delimiter", DELIMITERS),
        quote=declared.text("quote", '"'),
        header_row=declared.whole("header_row", 1),
        null_markers=declared.texts("null", ()),
        decimal=declared.one_of("decimal", {".", ","}, "."),
        columns=named,
        optional_columns=frozenset(declared.texts("optional", ())),
    )
    declared.finish()
    return found


def _told(declared: Declaration) -> Declared:
    """What the automatic reader need not find out."""
    return Declared(
        encoding=_one_of(declared, "encoding", frozenset(ENCODINGS)),
        delimiter=_one_of(declared, "delimiter", DELIMITERS),
        quote=declared.optional_text("quote"),
        header_line=declared.whole("header_row", 0) or None,
    )


def check_name(name: str, declared: Declaration) -> None:
    """Raise ProfileError for a name that SQL could not carry bare."""
    if not _NAME.match(name):
        raise declared.fault(
            f"« {name} » n'est pas un nom. Écrivez des minuscules sans accent, chiffres et « _ ».",
            f"“{name}” is not a name. Write plain lower-case letters, digits and “_”.",
        )


def _one_of(declared: Declaration, key: str, choices: frozenset[str]) -> str | None:
    return declared.one_of(key, choices) if declared.has(key) else None


def _day(declared: Declaration, key: str) -> date | None:
    text = declared.optional_text(key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise declared.fault(
            f"« {key} » : « {text} » n'est pas une date. Écrivez par exemple « 2026-03-31 ».",
            f"“{key}”: “{text}” is not a date. Write for example “2026-03-31”.",
        ) from None
