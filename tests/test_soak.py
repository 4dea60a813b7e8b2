"""Pages that come and go miss nothing of what changes: a short cut of ``make bench ONLY=soak``."""

import asyncio
from pathlib import Path

from tests.bench.asker import seated
from tests.bench.soak_case import Heard, soak
from tests.browser.government import AS_OF, MINISTRY, OTHER_MINISTRY, write_government
from tests.server import Server, pilotage

CHANGES, PAGES = 20, 12


def test_pages_that_come_and_go_are_told_of_every_change(tmp_path: Path) -> None:
    files = [str(path) for path in write_government(tmp_path / "files")]
    home = tmp_path / "home"
    pilotage(home, "load", *files, PILOTAGE_AS_OF=AS_OF).check_returncode()

    async def turn(number: int) -> bool:
        return number < CHANGES

    with Server(home, PILOTAGE_AS_OF=AS_OF) as server:
        people = (seated(server, "treasury"), seated(server, "treasury"))
        places = [MINISTRY, OTHER_MINISTRY]
        soaked = asyncio.run(soak(server, people, places, PAGES, turn))
    versions = [version for version, _ in soaked.changes]
    assert versions == sorted(set(versions))
    assert len(versions) == CHANGES
    assert soaked.missed == 0
    assert soaked.returns > 0


def test_what_a_page_was_not_told_of_is_counted() -> None:
    page = Heard(known=3)
    page.take({"version": 5, "organisations": ["A"]})
    assert page.missed([(4, "A"), (5, "A")]) == 0
    assert page.missed([(4, "B"), (6, "A")]) == 2
    page.take({"version": 6, "organisations": None, "hello": True, "changed": True})
    assert page.missed([(4, "B"), (6, "A")]) == 0
    page.take({"version": 7, "organisations": None, "hello": True, "changed": False})
    assert page.lies == 1
