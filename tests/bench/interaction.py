"""From what a person does in a room to its next drawn frame, in a real browser.

``INTERACTION_PLACES`` is how many ministries are walked through (20): a dozen gestures in each.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.bench.figure import Figure, Section, percentile
from tests.bench.government import write_history, write_reference
from tests.bench.room import AS_OF
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.journey import sit_down_as
from tests.server import Server, pilotage, write_csv

CARDS, MONTHS, BLOCKERS = 100, 36, 5
_PLACES, _BAR_MS = 20, 150
_QUIET_MS = 400
_PUBLISHED = "2023-12-31"
_SINCE = "Qu'est-ce qui a changé"
_BLOCKERS_HEADER = (
    "bloquant_id;titre;gravite;niveau;etat;organisation_id;date_signalement;"
    "indicateur_ids;publie_le"
)
_WATCH = """
    window.gesture = {at: null, drawn: null, changed: null};
    window.answered = () => performance.getEntriesByType('resource')
      .filter(one => one.name.includes('_dash-update-component'))
      .map(one => one.responseEnd - gesture.at)[0];
    addEventListener('click', event => { gesture.at = event.timeStamp; }, true);
    const after = new MessageChannel();
    after.port1.onmessage = () => { gesture.drawn = performance.now(); };
    // A message posted by a frame is read once that frame is drawn.
    const frame = () => after.port2.postMessage(null);
    const look = () => { gesture.changed = performance.now(); requestAnimationFrame(frame); };
    new MutationObserver(look).observe(
      document.getElementById('page'), {childList: true, characterData: true, subtree: true});
"""
_DONE = f"""() => {{
    const here = location.pathname + location.search, page = document.getElementById('page');
    const isThere = here !== gesture.from && page.dataset.drawn === here;
    return isThere && gesture.drawn > gesture.changed
      && performance.now() - gesture.drawn > {_QUIET_MS}
      && [gesture.drawn - gesture.at, answered()];
}}"""
_ARM = """() => {
    gesture.from = location.pathname + location.search;
    gesture.at = gesture.drawn = gesture.changed = null;
    performance.clearResourceTimings();
}"""


class Walk:
    """One person's gestures, and the milliseconds each kind of them took."""

    def __init__(self, page: Page, server: Server) -> None:
        """``page`` sits already; ``server`` has been asked nothing yet.

        ``taken_ms``: by kind, each gesture's milliseconds to the screen and to the answer received.
        """
        self._page, self._server = page, server
        self.taken_ms: dict[str, list[tuple[float, float]]] = {}

    def open(self, path: str) -> None:
        """Arrive by the address, unmeasured."""
        self._page.goto(self._server.address + path)
        self._page.wait_for_selector("#page[data-drawn] h1")
        self._page.evaluate(_WATCH)

    def click(self, kind: str, target: Locator) -> None:
        """One click, measured."""
        target.scroll_into_view_if_needed()
        self._page.evaluate(_ARM)
        target.click()
        done = self._page.wait_for_function(_DONE, polling=100, timeout=120_000)
        drawn_ms, answered_ms = done.json_value()
        self.taken_ms.setdefault(kind, []).append((drawn_ms, answered_ms))

    def link(self, kind: str, href: str) -> None:
        """The first link of the page to that address."""
        self.click(kind, self._page.locator(f'#page a[href="{href}"]').first)

    def card(self, kind: str) -> None:
        """The first card of the wall."""
        self.click(kind, self._page.locator("#wall-cards .card a.open").first)

    def day(self, kind: str, words: str, send: str, on: date) -> None:
        """A day typed into one of the menus of the band, then sent."""
        self._page.locator("details.day summary").filter(has_text=words).click()
        self._page.locator("details.day[open] input[type=date]").fill(on.isoformat())
        self.click(kind, self._page.get_by_role("button", name=send))


def measure() -> Section:
    """Every gesture is the first of its kind at that address: nothing is answered from memory."""
    places = int(os.environ.get("INTERACTION_PLACES", _PLACES))
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as folder:
        home = _home(Path(folder), places)
        with Server(home, PILOTAGE_AS_OF=AS_OF) as server, _seated(server) as walk:
            # Once over everything, in a ministry of its own: scripts are then compiled.
            _walk(walk, 0, date(2025, 1, 31))
            walk.taken_ms.clear()
            for place in range(1, places + 1):
                _walk(walk, place, date(2026, 2, 20) - timedelta(days=20 * place))
    return _section(walk.taken_ms)


def _section(taken_ms: dict[str, list[tuple[float, float]]]) -> Section:
    return Section(
        "interaction",
        "From a gesture to the screen",
        tuple(_figure(kind, all_ms) for kind, all_ms in taken_ms.items()),
        f"Rooms of {CARDS} cards × {MONTHS} months, a real server and headless Chromium on the "
        "same two cores; from the time stamp of the click to the end of the frame that shows the "
        "last change of the page. Nobody asked for the same before: no answer comes from memory. "
        "Every figure changes at random from month to month: a comparison has as many lines as "
        "there are figures.",
    )


def _figure(kind: str, all_ms: list[tuple[float, float]]) -> Figure:
    drawn_ms, answered_ms = ([pair[which] for pair in all_ms] for which in (0, 1))
    slow = percentile(drawn_ms, 95)
    return Figure(
        kind,
        f"{slow:.0f} ms",
        f"< {_BAR_MS} ms",
        slow < _BAR_MS,
        f"95 % of {len(all_ms)}; median {percentile(drawn_ms, 50):.0f} ms, slowest "
        f"{max(drawn_ms):.0f} ms; answer received after {percentile(answered_ms, 50):.0f} ms "
        f"(95 %: {percentile(answered_ms, 95):.0f} ms)",
    )


def _walk(walk: Walk, place: int, on: date) -> None:
    """One ministry: down to an indicator, the filters of its pages, a past day, comparisons."""
    room = f"/strategique/ORG-{place:04d}"
    walk.open("/gouvernement")
    walk.link("drill-down, the government → a ministry", room)
    walk.card("drill-down, a ministry → an indicator")
    walk.open(room)
    walk.link(f"filter, 12 → {CARDS} cards", f"{room}?tout=1")
    walk.link(f"filter, {CARDS} cards → a table", f"{room}?tout=1&vue=tableau")
    walk.open(f"/bloquants?org=ORG-{place:04d}")
    walk.link("filter, blockers", f"/bloquants?niveau=3&org=ORG-{place:04d}")
    walk.open(room)
    walk.day("as-of, a ministry on a new day", "Au ", "Voir ce jour", on)
    walk.open("/gouvernement")
    walk.day("as-of, the government on a new day", "Au ", "Voir ce jour", on - timedelta(days=3))
    walk.open(room)
    walk.day("comparison, a ministry with a new day", _SINCE, "Comparer", on - timedelta(days=6))
    walk.open("/gouvernement")
    walk.day(
        "comparison, the government with a new day", _SINCE, "Comparer", on - timedelta(days=9)
    )


@contextmanager
def _seated(server: Server) -> Iterator[Walk]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fr-CA")
        sit_down_as(page, server, "treasury")
        yield Walk(page, server)
        browser.close()


def _home(folder: Path, places: int) -> Path:
    """Ministries that published month by month, each with a few blockers at its own level."""
    home, count = folder / "home", places + 1
    reference = write_reference(folder, count, CARDS, "mensuelle", "2026")
    history = write_history(folder / "mesures.csv", count, CARDS, MONTHS, is_dated=True)
    blockers = write_csv(folder / "bloquants.csv", _BLOCKERS_HEADER, _blockers(count))
    for files in (reference, [history, blockers]):
        words = ["load", "--published-at", _PUBLISHED, *map(str, files)]
        pilotage(home, *words, PILOTAGE_AS_OF=AS_OF).check_returncode()
    return home


def _blockers(places: int) -> Iterator[str]:
    for place in range(places):
        for index in range(BLOCKERS):
            name = f"ORG-{place:04d}"
            yield (
                f"B-{place}-{index};Bloquant {index};majeur;stratégique;ouvert;{name};"
                f"2026-0{1 + index % 2}-1{index};IND-{index:04d};2026-02-28"
            )
