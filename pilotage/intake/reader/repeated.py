"""Rows that say twice the same thing, by the key of their contract or whole."""

from collections.abc import Sequence

from pilotage.intake.contract import recognised
from pilotage.intake.problem import Problem
from pilotage.intake.reader.told import Told


def key_problems(
    labels: tuple[str, ...], rows: Sequence[Sequence[str]], lines: Sequence[int], told: Told
) -> None:
    """A problem for each row whose key stands on an earlier line.

    The key is that of the contract where the header follows one; else the whole row.
    """
    if len(labels) < 2:
        return
    key = _key(labels)
    named = [tuple([cells[n] for n in key]) for cells in rows] if key else list(map(tuple, rows))
    # From the last to the first: of the lines that say the same, the first stays.
    first = dict(zip(reversed(named), reversed(lines), strict=True))
    if len(first) == len(named):
        return
    places = zip(lines, map(first.__getitem__, named), named, strict=True)
    again = [place for place in places if place[0] != place[1] and any(place[2])]
    told.add_all("primary-key", again, _repeated)


def _repeated(place: tuple[int, int, tuple[str, ...]]) -> Problem:
    line, first, named = place
    found = " · ".join(named)[:80]
    return Problem("primary-key", line=line, found=found, detail={"other": first})


def _key(labels: tuple[str, ...]) -> list[int]:
    contract = recognised(list(labels))
    if contract is None or contract.missing(list(labels)):
        return []
    fields = [contract.field_of(label) for label in labels]
    at = {field.name: n for n, field in enumerate(fields) if field is not None}
    key = [at[name] for name in contract.primary_key if name in at]
    return key if len(key) == len(contract.primary_key) else []
