"""How a file on its way in is read, for its sender to correct: the dialect, the rows, the fields.

Built, like the upload it belongs to, from what the server told the browser; nothing is decided on
it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilotage.intake.contract import contracts
from pilotage.intake.description import FROM_COLUMN, FROM_TITLES, SAME, says_period
from pilotage.intake.saved_profile import UNNAMED
from pilotage.rooms.told import count, fraction, lines, part, text

_TITLED = frozenset({"periode", "organisation_id", "indicateur_id"})
_AWAITED = frozenset({"valeur", "cible_min", "cible_max"})
_MOST_COLUMNS, _MOST_ROWS, _MOST_UNKNOWN = 200, 8, 20


@dataclass(frozen=True)
class ContractField:
    """One column of the contract: where it comes from now, and its text where it is one for all.

    ``is_usual``: nearly every file has it, required or not. ``origin`` is empty,
    ``column:<name>``, ``titles`` or ``same``.
    """

    name: str
    is_required: bool
    is_usual: bool
    origin: str
    same: str
    may_be_titles: bool


@dataclass(frozen=True)
class Reading:
    """What was decided of a file (``found``), what its sender said of it, and its first rows.

    ``said`` holds the form's own answers, empty where the file is left to be found out.
    """

    found: Mapping[str, str]
    said: Mapping[str, str]
    confidence: float
    subject: str
    subjects: tuple[tuple[str, str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fields: tuple[ContractField, ...]
    nothing: str
    exchanged: str
    profile: str | None

    @property
    def is_described(self) -> bool:
        """True once the sender has said something of the file."""
        return bool(self.said)


def reading_of(told: Mapping[str, Any]) -> Reading | None:
    """The reading of an upload; None where there is none to correct."""
    sketch, said = part(told, "sketch"), _texts(part(told, "described"))
    columns = lines(sketch, "columns")[:_MOST_COLUMNS]
    profile = text(told, "profile")
    if not columns or (profile and not said):
        return None
    names = tuple(text(one, "name") or "" for one in columns)
    subject = said.get("subject") or text(sketch, "subject") or "mesures"
    return Reading(
        found={
            name: text(sketch, name) or "" for name in ("encoding", "delimiter", "quote", "decimal")
        }
        | {"header_line": str(count(sketch, "header_line") or "")},
        said=said,
        confidence=fraction(sketch, "confidence"),
        subject=subject,
        subjects=tuple((one.subject, one.title_fr, one.title_en) for one in contracts().values()),
        columns=names,
        rows=_rows(sketch),
        fields=_fields(subject, names, said),
        nothing=said.get("nothing", "; ".join(_marks(columns))),
        exchanged=_exchanged(told, said),
        profile=profile if profile and not profile.startswith(UNNAMED) else None,
    )


def _fields(
    subject: str, names: tuple[str, ...], said: Mapping[str, str]
) -> tuple[ContractField, ...]:
    """The contract's columns, the required first; a column whose title is known stands ready."""
    contract = contracts().get(subject)
    if contract is None:
        return ()
    known: dict[str, str] = {}
    for name in names:
        field = contract.field_of(name)
        if field:
            known.setdefault(field.name, f"{FROM_COLUMN}{name}")
    if subject == "mesures" and sum(map(says_period, names)) > 1:
        known.setdefault("periode", FROM_TITLES)
    made = [
        ContractField(
            name=field.name,
            is_required=field.required,
            is_usual=field.required or field.name in _AWAITED,
            origin=said.get(f"from-{field.name}") or known.get(field.name, ""),
            same=said.get(f"same-{field.name}", ""),
            may_be_titles=subject == "mesures" and field.name in _TITLED,
        )
        for field in contract.fields
    ]
    return tuple(sorted(made, key=lambda one: (not one.is_required, not one.is_usual)))


def _rows(sketch: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    rows = sketch.get("rows")
    listed = rows if isinstance(rows, list) else []
    kept = [row for row in listed if isinstance(row, list)][:_MOST_ROWS]
    return tuple(tuple(str(cell) for cell in row[:_MOST_COLUMNS]) for row in kept)


def _marks(columns: list[Mapping[str, Any]]) -> list[str]:
    found = {
        mark
        for one in columns
        for mark in (one.get("missing") if isinstance(one.get("missing"), list) else None) or []
        if isinstance(mark, str) and mark.strip()
    }
    return sorted(found)[:20]


def _exchanged(told: Mapping[str, Any], said: Mapping[str, str]) -> str:
    """What was said of it, then the texts nobody knows, each ready for what it stands for."""
    if not said:
        return ""
    problems = lines(part(told, "report"), "problems")
    unknown = [text(one, "found") for one in problems if one.get("code") == "foreign-key"]
    kept = said.get("exchanged", "").rstrip()
    written = [line.partition("=")[0].strip() for line in kept.splitlines()]
    more = [f"{found} = " for found in dict.fromkeys(unknown) if found and found not in written]
    return "\n".join(filter(None, [kept, *more[:_MOST_UNKNOWN]]))


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in said.items() if isinstance(value, str)}


__all__ = ["FROM_COLUMN", "FROM_TITLES", "SAME", "ContractField", "Reading", "reading_of"]
