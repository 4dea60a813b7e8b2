"""A covering sample of ``make axe``: every page once, each pair of choices once, no violation."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.axe.case import EMPTY, FULL, VIEWERS, Subjects, cases
from tests.axe.house import furnish
from tests.axe.look import judged, look_once, sit_down
from tests.axe.plan import sample
from tests.browser.government import AS_OF
from tests.server import Server


@pytest.fixture(scope="module")
def home(loaded_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("looked-at") / "home"
    shutil.copytree(loaded_home, copied)
    return copied


@pytest.fixture(scope="module")
def known(home: Path) -> Subjects:
    return furnish(home)


@pytest.fixture(scope="module")
def addresses(home: Path, known: Subjects) -> Iterator[dict[str, str]]:
    empty = home.with_name("empty")
    empty.mkdir()
    with Server(home, PILOTAGE_AS_OF=AS_OF) as full, Server(empty) as nothing:
        yield {FULL: full.address, EMPTY: nothing.address}


@pytest.fixture(scope="module")
def people(
    browser: Browser, addresses: dict[str, str]
) -> Iterator[dict[tuple[str, str], BrowserContext]]:
    """A browser for each person in each home, already seated."""
    opened = {}
    for kind, address in addresses.items():
        for viewer in VIEWERS:
            opened[kind, viewer] = browser.new_context(locale="fr-CA")
            sit_down(opened[kind, viewer], address, viewer)
    yield opened
    for context in opened.values():
        context.close()


def test_no_page_of_the_sample_has_a_violation(
    known: Subjects, addresses: dict[str, str], people: dict[tuple[str, str], BrowserContext]
) -> None:
    wrong = []
    for case, way in sample(cases(known)):
        page = people[case.home, way[0]].new_page()
        look = look_once(page, addresses[case.home], case, way)
        wrong += [f"{case.name}, {way}: {one.rule}, {one.target}, {one.why}" for one in look.faults]
        page.close()
    assert not wrong, "\n".join(wrong)


def test_a_fault_of_each_kind_is_found(browser: Browser) -> None:
    """The rules bite: a page made wrong on purpose is told wrong by axe and by our own."""
    with browser.new_context(viewport={"width": 320, "height": 600}) as context:
        page = context.new_page()
        page.set_content(
            "<html><head></head><body><p style='width:900px;color:#bbb'>pâle</p>"
            "<header><a class='name' style='display:block;width:900px'>x</a></header></body></html>"
        )
        found = {fault["rule"] for fault in judged(page)["violations"]}
    assert {"color-contrast", "html-has-lang", "page-scrolls-sideways", "header-clips"} <= found
    assert {"one-h1", "page-has-no-title"} <= found
