"""The page of the torture: what was done to a home, what was found, and the bar."""

from collections.abc import Mapping
from typing import Any

_HEAD = """# Torture

Written by `make torture`; the long one is `make torture \
TORTURE="kills=1000 cuts=1000 faults=200 recovery=3000000 steps=10000"`. What a run does \
not repeat keeps its last figures.
"""
_KILLS = """
## Killed at random moments under load

A process loads files of three rows through the intake and raises blockers, without a pause, and \
acknowledges each on a pipe; it is killed (`SIGKILL`) at a random moment, then the home is opened \
again and all that was ever acknowledged is looked for, whole. The check runs in the loading \
process itself: the process that checks is killed with it in production too.

| what | found | bar |
|---|---|---|
| kills | {kills:,} | 1,000 |
| acknowledged | {acknowledged:,} | ≥ 30,000 |
| acknowledged and lost | **{lost}** | 0 |
| half visible | **{half_visible}** | 0 |
| open again, median / slowest | {median:.2f} / {slowest:.2f} s | < 1 s |
"""
_CUTS = """
## The power cut, with what was not synced lost, torn or out of order

`tests/torture/disk.c`, preloaded, records every change a process makes on disk while a home is \
founded, lives several lives (loads, withdrawals, events, closed or not), and acknowledges. \
`tests/torture/disk.py` then writes what a cut at a random moment may leave: of each file what was \
synced, and of the writes since any 4 KiB blocks; of each folder the names synced, and some of \
those since. This is what POSIX allows, and harsher than what ext4 or XFS do. Each such disk is \
opened again as it is.

| what | found | bar |
|---|---|---|
| cuts | {cuts:,} | 1,000 |
| acknowledged before them, in all | {acknowledged:,} | |
| acknowledged and lost | **{lost}** | 0 |
| half visible | **{half_visible}** | 0 |
| homes that do not open by themselves | **{stuck}** | 0 |
| open again, median / slowest | {median:.2f} / {slowest:.2f} s | ≤ 30 s |
"""
_FAULTS = """
## A disk that fails, or is full

The same library fails one call at each point of a load: a sync or a write answers `EIO`, or every \
write from there on answers `ENOSPC`. Acknowledged and there after, or refused with a sentence and \
not half there; then the disk works again and so must the same process, without a restart.

| what fails | points | acknowledged | refused with a sentence | lost | half visible | stuck | bar |
|---|---|---|---|---|---|---|---|
{rows}
"""
_RECOVERY = """
## Millions of values, the projection torn

A home of {values:,} values ends without closing: opening reads every cell of it. Then one block \
in ten of its projection is zeroed: it is set aside and made again from archive and journal.

| what | found | bar |
|---|---|---|
| open after an unclean end | {unclean_s:.1f} s | ≤ 30 s |
| open with the projection torn | {torn_s:.1f} s | ≤ 30 s |
"""
_STEPS = """
## The store against a plain dict

Loads, revisions, late publications, withdrawals, restarts and looks back at a past day, drawn at \
random (hypothesis); after each, what stands and every verdict are compared with a dict and with a \
full recomputation, and each life ends with a rebuild whose rows must be equal.

| what | found | bar |
|---|---|---|
| steps compared, in {lives:,} lives | {steps:,} | 10,000 |
| divergences | **{divergences}** | 0 |
"""
_DAYS = """
## Backup, restore, and any past day

Homes live through random days of loads, revisions, withdrawals and moves of blockers; what seven \
rooms said is kept at the end of each day. The home is backed up and restored elsewhere: its rows \
must be those of the original, and every room of it, asked as of each day, must say what was shown.

| what | found | bar |
|---|---|---|
| days asked of {homes:,} restored homes | {days:,} | 100 |
| days on which a room said otherwise | **{divergences}** | 0 |
| homes restored with other rows | **{lost}** | 0 |
"""
_SECTIONS = {
    "kills": _KILLS,
    "cuts": _CUTS,
    "recovery": _RECOVERY,
    "steps": _STEPS,
    "days": _DAYS,
}


def page(known: Mapping[str, Any]) -> str:
    """The page, from the last figures of each part."""
    parts = [_HEAD]
    for name in ("kills", "cuts", "faults", "recovery", "steps", "days"):
        if name in known:
            parts.append(_section(name, known[name]))
    return "".join(parts)


def _section(name: str, found: Mapping[str, Any]) -> str:
    foot = f"\n*{found['when']}, {found['machine']}.*\n"
    if name == "faults":
        rows = "\n".join(_fault_row(kind, one) for kind, one in found.items() if type(one) is dict)
        return _FAULTS.format(rows=rows) + foot
    return _SECTIONS[name].format(**found) + foot


def _fault_row(kind: str, one: Mapping[str, Any]) -> str:
    said = one["refused"] - len(one["unsaid"])
    figures = [one["points"], one["acknowledged"], f"{said} of {one['refused']}"]
    figures += [one["lost"], one["half_visible"], one["stuck"], "200 points, 0, 0, 0"]
    return f"| {kind} | " + " | ".join(map(str, figures)) + " |"
