"""From a file closed in the watched folder to the changed card in an open browser."""

import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.figure import Figure, Section, percentile
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.government import AS_OF, MINISTRY, write_government
from tests.browser.journey import drop, open_page, sit_down_as
from tests.server import Server, pilotage

DROPS = 50
_BAR_S = 1.0
_WATCH = """
    window.seenAt = {};
    const wall = document.getElementById('wall-cards');
    const look = () => {
      if (window.expected && wall.textContent.includes(window.expected)
          && !(window.expected in window.seenAt)) {
        window.seenAt[window.expected] = performance.timeOrigin + performance.now();
      }
    };
    new MutationObserver(look).observe(wall, {childList: true, characterData: true, subtree: true});
"""


def measure() -> Section:
    """Fifty drops, one after the other, into the folder of a real server, one browser open."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        folder = Path(place)
        home, incoming = folder / "home", folder / "incoming"
        incoming.mkdir()
        files = [str(path) for path in write_government(folder / "files")]
        pilotage(home, "load", *files, PILOTAGE_AS_OF=AS_OF).check_returncode()
        with Server(home, PILOTAGE_AS_OF=AS_OF, PILOTAGE_INCOMING=str(incoming)) as server:
            delays_s = _delays(server, incoming)
        shutil.rmtree(home, ignore_errors=True)
    typical, slow = percentile(delays_s, 50), percentile(delays_s, 95)
    return Section(
        "freshness",
        "From the watched folder to the screen",
        (
            Figure(
                f"file closed → changed card, 95 % of {DROPS} drops",
                f"{slow * 1000:.0f} ms",
                f"< {_BAR_S:.0f} s",
                slow < _BAR_S,
                f"median {typical * 1000:.0f} ms, slowest {max(delays_s) * 1000:.0f} ms",
            ),
        ),
        "A real server, its watcher, `/flux`, headless Chromium; from the return of `rename` to "
        "the mutation of the card's text, on one clock.",
    )


def _delays(server: Server, incoming: Path) -> list[float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        sit_down_as(page, server, "deputy")
        open_page(page, server, f"/strategique/{MINISTRY}")
        page.wait_for_selector("#live-state[data-state=live]")
        page.evaluate(_WATCH)
        delays_s = [_delay(page, incoming, index) for index in range(DROPS)]
        browser.close()
    return delays_s


def _delay(page: Page, incoming: Path, index: int) -> float:
    value = f"{70 + index // 10},{index % 10}"
    page.evaluate("value => { window.expected = value; }", value)
    drop(incoming, f"drop-{index:02d}.csv", "2026-02", value)
    dropped_at = time.time()
    page.wait_for_function("value => value in window.seenAt", arg=value)
    seen_ms: float = page.evaluate("value => window.seenAt[value]", value)
    return seen_ms / 1000 - dropped_at
