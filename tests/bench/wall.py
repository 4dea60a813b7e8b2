"""Two hundred cards: ours, drawn from one store, against 200 ``dcc.Graph`` and an empty page."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench.figure import Figure, Section
from tests.bench.government import write_history, write_reference
from tests.bench.rival import rival
from tests.bench.room import AS_OF
from tests.browser.conftest import CHROMIUM, QUIET
from tests.server import Server, pilotage

CARDS, MONTHS, TURNS = 200, 60, 5
_BAR, _EMPTY_BAR, _WEIGHT_BAR_KB, _TASK_BAR_MS = 0.15, 1.6, 250, 150
_ORGANISATION = "ORG-0000"
_OURS = f"document.querySelectorAll('#wall-cards svg').length >= {CARDS}"
_GRAPHS = f"document.querySelectorAll('.js-plotly-plot path.js-line').length >= {CARDS}"
_EMPTY = "(document.getElementById('said') || {}).textContent === 'bonjour'"
_TASKS = """
    window.longTasks = [];
    new PerformanceObserver(list => {
      list.getEntries().forEach(one => window.longTasks.push([one.startTime, one.duration]));
    }).observe({type: 'longtask', buffered: true});
"""
_LONGEST = """() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const after = window.longTasks.filter(one => paint && one[0] >= paint.startTime);
    return Math.max(0, ...after.map(one => one[1]));
}"""


@dataclass
class Taken:
    """Milliseconds from navigation to all drawn, and of the longest task after first paint."""

    drawn_ms: list[float] = field(default_factory=list)
    task_ms: list[float] = field(default_factory=list)


def measure() -> Section:
    """Navigation to all drawn, cold cache: a new browser context each time, in turn."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        home = _home(Path(place))
        ours, graphs, empty = Taken(), Taken(), Taken()
        with (
            rival("tests.bench.graph_page", str(home), _ORGANISATION, AS_OF, home=home) as graph,
            rival("tests.bench.bare_page") as bare,
            Server(home, PILOTAGE_AS_OF=AS_OF) as server,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            page = f"{server.address}/strategique/{_ORGANISATION}?tout=1"
            for _ in range(TURNS + 1):
                _drawn(browser, f"http://127.0.0.1:{graph}/", _GRAPHS, graphs)
                _drawn(browser, f"http://127.0.0.1:{bare}/", _EMPTY, empty)
                _drawn(browser, page, _OURS, ours)
            weight_kb = _weight_kb(browser, f"{server.address}/bloquants", page)
            browser.close()
    return _section(ours, graphs, empty, weight_kb)


def _section(ours: Taken, graphs: Taken, empty: Taken, weight_kb: float) -> Section:
    mine, theirs, least = (median(one.drawn_ms[1:]) for one in (ours, graphs, empty))
    longest = median(ours.task_ms[1:])
    return Section(
        "wall",
        "A wall of 200 cards",
        (
            Figure(
                "navigation → all drawn, cold cache, against 200 `dcc.Graph`",
                f"{mine / theirs:.3f} ×",
                f"≤ {_BAR} ×",
                mine / theirs <= _BAR,
                f"{mine:.0f} ms / {theirs:.0f} ms, medians of {TURNS} in turn "
                f"(ours {min(ours.drawn_ms):.0f}–{max(ours.drawn_ms):.0f} ms)",
            ),
            Figure(
                "the same, against an empty Dash page",
                f"{mine / least:.2f} ×",
                f"≤ {_EMPTY_BAR} ×",
                mine / least <= _EMPTY_BAR,
                f"{mine:.0f} ms / {least:.0f} ms; the empty page has one callback and one word",
            ),
            Figure(
                "longest task after first paint",
                f"{longest:.0f} ms",
                f"≤ {_TASK_BAR_MS} ms",
                longest <= _TASK_BAR_MS,
                f"median of {TURNS} (up to {max(ours.task_ms[1:]):.0f} ms)",
            ),
            Figure(
                "transfer of a room after a first page",
                f"{weight_kb:.0f} kB",
                f"≤ {_WEIGHT_BAR_KB} kB",
                weight_kb <= _WEIGHT_BAR_KB,
                "compressed, all requests of a full navigation; scripts come from the cache",
            ),
        ),
        "Headless Chromium, a new context for each navigation. Ours is the real room, with its "
        "frame, session and blockers; the page of `dcc.Graph` has the cards alone, read before.",
    )


def _drawn(browser: Browser, address: str, condition: str, taken: Taken) -> None:
    """Navigate in a new context until the condition holds, looked at frame by frame."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.add_init_script(_TASKS)
        page.goto(address, wait_until="commit")
        taken.drawn_ms.append(_when(page, condition))
        taken.task_ms.append(page.evaluate(_LONGEST))


def _when(page: Page, condition: str) -> float:
    handle = page.wait_for_function(
        f"() => ({condition}) && performance.now()", polling="raf", timeout=120_000
    )
    taken: float = handle.json_value()
    return taken


def _weight_kb(browser: Browser, first: str, then: str) -> float:
    """What crosses the wire for the second page of a visit."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(first, wait_until="networkidle")
        count = _counting(context, page)
        page.goto(then, wait_until="commit")
        _when(page, _OURS)
        return count() / 1000


def _counting(context: BrowserContext, page: Page) -> Callable[[], float]:
    sizes: list[float] = []
    session = context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda one: sizes.append(one["encodedDataLength"]))
    session.send("Network.enable")
    return lambda: sum(sizes)


def _home(folder: Path) -> Path:
    files = write_reference(folder, 2, CARDS, "mensuelle", "2026")
    files.append(write_history(folder / "mesures.csv", 2, CARDS, MONTHS))
    home = folder / "home"
    pilotage(home, "load", *map(str, files), PILOTAGE_AS_OF=AS_OF).check_returncode()
    return home
