"""Two hundred cards: ours, drawn from one store, against the same with 200 ``dcc.Graph``."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
from playwright.sync_api import Browser, sync_playwright

from tests.bench.figure import Figure, Section
from tests.bench.government import write_history, write_reference
from tests.bench.room import AS_OF
from tests.browser.conftest import CHROMIUM, QUIET
from tests.server import HOUSE, Server, environment, free_port, pilotage

CARDS, MONTHS, TURNS = 200, 60, 5
_BAR = 0.15
_ORGANISATION = "ORG-0000"
_OURS = f"document.querySelectorAll('#wall-cards svg').length >= {CARDS}"
_GRAPHS = f"document.querySelectorAll('.js-plotly-plot path.js-line').length >= {CARDS}"


def measure() -> Section:
    """Navigation to all drawn, cold cache: a new browser context each time, in turn."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        home = _home(Path(place))
        ours: list[float] = []
        graphs: list[float] = []
        with (
            _graph_page(home) as rival,
            Server(home, PILOTAGE_AS_OF=AS_OF) as server,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            page = f"{server.address}/strategique/{_ORGANISATION}?tout=1"
            for _ in range(TURNS + 1):
                graphs.append(_drawn_ms(browser, rival, _GRAPHS))
                ours.append(_drawn_ms(browser, page, _OURS))
            browser.close()
    mine, theirs = median(ours[1:]), median(graphs[1:])
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
                f"(ours {min(ours):.0f}–{max(ours):.0f} ms)",
            ),
        ),
        "Headless Chromium, a new context for each navigation. Ours is the real room, with its "
        "frame, session and blockers; the other page has the cards alone, read beforehand.",
    )


def _drawn_ms(browser: Browser, address: str, condition: str) -> float:
    """Milliseconds from the start of the navigation until the condition holds, frame by frame."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(address, wait_until="commit")
        handle = page.wait_for_function(
            f"() => ({condition}) && performance.now()", polling="raf", timeout=120_000
        )
        taken: float = handle.json_value()
        return taken


def _home(folder: Path) -> Path:
    files = write_reference(folder, 2, CARDS, "mensuelle", "2026")
    files.append(write_history(folder / "mesures.csv", 2, CARDS, MONTHS))
    home = folder / "home"
    pilotage(home, "load", *map(str, files), PILOTAGE_AS_OF=AS_OF).check_returncode()
    return home


@contextmanager
def _graph_page(home: Path) -> Iterator[str]:
    """The rival page on a port of its own; it lets go of the home before it answers."""
    port = free_port()
    words = [sys.executable, "-m", "tests.bench.graph_page", str(port), str(home), _ORGANISATION]
    process = subprocess.Popen([*words, AS_OF], cwd=HOUSE, env=environment(home, {}))
    try:
        address = f"http://127.0.0.1:{port}/"
        with httpx.Client(transport=httpx.HTTPTransport(retries=7), timeout=60) as client:
            client.get(address).raise_for_status()
        yield address
    finally:
        process.terminate()
        process.wait()
