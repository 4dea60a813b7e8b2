"""``python -m tests.axe [sample | PART OF A NAME]``: look at every screen, write ``docs/axe.md``.

``sample`` looks at each page once; a part of a name, at the pages so named, and writes nothing.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from tests.axe.case import EMPTY, FULL, VIEWERS, Case, Subjects, cases
from tests.axe.house import furnish
from tests.axe.look import LANGS, Fault, Look, Way, look_once, looks, sit_down
from tests.axe.plan import sample
from tests.axe.report import keep
from tests.browser.conftest import CHROMIUM, QUIET
from tests.server import Server, pilotage

SAMPLE = "sample"
Job = tuple[Case, Way | tuple[str, str]]
"""A page, and the one way to look at it, or who looks, in which language, for all the ways."""
_TURN = 12
"""Pages one browser opens before another takes over, so that none grows old."""


def main(asked: list[str]) -> int:
    """Look, say progress, write the report of a whole run; 1 where something is wrong."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        known, addresses = _houses(Path(folder), running)
        is_sample = asked == [SAMPLE]
        every = [one for one in cases(known) if is_sample or not asked or asked[0] in one.name]
        jobs: Sequence[Job] = (
            sample(every)
            if is_sample
            else [(case, way) for way in product(VIEWERS, LANGS) for case in every]
        )
        found = list(_looked(jobs, addresses))
    for one in found:
        for fault in one.faults:
            where = f"{one.case}, {one.viewer}, {one.lang}, {one.theme}, {one.width} px"
            print(f"✗ {where}: {fault.rule} — {fault.target} — {fault.why}\n    {fault.html}")
    print(f"{len(found)} screens, {sum(len(one.faults) for one in found)} violations")
    if is_sample or not asked:
        what = "a covering sample" if is_sample else "every page in every way"
        keep(found, [one.name for one in every], what)
    return 1 if not found or any(one.faults for one in found) else 0


def _houses(folder: Path, running: ExitStack) -> tuple[Subjects, dict[str, str]]:
    """The sample government and an empty house, each served; the addresses by kind of home."""
    print("Loading the sample government…", flush=True)
    files, full, empty = folder / "files", folder / FULL, folder / EMPTY
    for words in (("demo", "--out", str(files)), ("load", str(files), "--policy", "quarantine")):
        answer = pilotage(full, *words)
        assert answer.returncode == 0, answer.stdout + answer.stderr
    known = furnish(full)
    empty.mkdir()
    servers = {FULL: Server(full, PILOTAGE_FICTITIOUS="1"), EMPTY: Server(empty)}
    return known, {name: running.enter_context(one).address for name, one in servers.items()}


def _looked(jobs: Sequence[Job], addresses: Mapping[str, str]) -> Iterator[Look]:
    """The looks of every job, by as many browsers at once as ``JOBS`` says (two by default)."""
    turns = [jobs[start : start + _TURN] for start in range(0, len(jobs), _TURN)]
    screens = faults = 0
    with ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        for done, found in enumerate(pool.map(partial(_turn, addresses), turns), start=1):
            screens += len(found)
            faults += sum(len(one.faults) for one in found)
            said = f"{100 * done // len(turns)} %: {screens} screens, {faults} violations"
            print(said, flush=True)
            yield from found


def _turn(addresses: Mapping[str, str], jobs: Sequence[Job]) -> list[Look]:
    """A few pages, in one browser of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        found = [look for job in jobs for look in _page(browser, addresses, job)]
        browser.close()
        return found


def _page(browser: Browser, addresses: Mapping[str, str], job: Job) -> list[Look]:
    case, way = job
    viewer, lang = way[:2]
    address = addresses[case.home]
    with browser.new_context(locale="fr-CA") as context:
        try:
            sit_down(context, address, viewer)
            page = context.new_page()
            if len(way) == 2:
                return list(looks(page, address, case, viewer, lang))
            return [look_once(page, address, case, way)]
        except Error as cut:
            # One page that does not come is told as any fault; the others are still looked at.
            fault = Fault("page-not-drawn", case.path, "", str(cut).splitlines()[0])
            return [Look(case.name, viewer, lang, "", 0, False, (fault,), (), 0)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
