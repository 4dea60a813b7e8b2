"""Rows that say twice the same thing, by the key of their contract or whole."""

from collections.abc import Iterator, Sequence

from pilotage.intake.contract import recognised
from pilotage.intake.problem import Problem


def key_problems(
    labels: tuple[str, ...], rows: Sequence[Sequence[str]], lines: Sequence[int]
) -> Iterator[Problem]:
    """A problem for each row whose key stands on an earlier line.

    The key is that of the contract where the header follows one; else the whole row.
    """
    key = _key(labels)
    if len(labels) < 2:
        return
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in zip(lines, rows, strict=True):
        named = tuple(cells[n] for n in key) if key else tuple(cells)
        if not any(named):
            continue
        if named in seen:
            detail = {"other": seen[named]}
            yield Problem("primary-key", line=line, found=" · ".join(named)[:80], detail=detail)
        else:
            seen[named] = line


def _key(labels: tuple[str, ...]) -> list[int]:
    contract = recognised(list(labels))
    if contract is None or contract.missing(list(labels)):
        return []
    fields = [contract.field_of(label) for label in labels]
    at = {field.name: n for n, field in enumerate(fields) if field is not None}
    key = [at[name] for name in contract.primary_key if name in at]
    return key if len(key) == len(contract.primary_key) else []
