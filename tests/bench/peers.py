"""The same room and the same table in Streamlit, in Vizro and here, in one sitting, in turn.

``PEERS_RUNS`` browser visits of each kind (5), ``PEERS_S`` seconds a level of load (5).
"""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

from tests.bench import peer_kit as kit
from tests.bench.asker import raising, seated
from tests.bench.ear import listeners
from tests.bench.figure import Figure, Section, Skipped
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.journey import open_page, sit_down_as
from tests.server import Server

CHANGES = 10
_THIRD, _TENTH, _ROOM_VIEWS, _TABLE_VIEWS, _ROOMS = 1 / 3, 0.1, 10, 3, 100
_LEVELS = "1,4,8,16"
_LIVE = "2,5,10,15,20,30"
_KEEPS_UP = 0.95
_OURS_ROOM = f"/strategique/ORG{kit.ORGANISATION:03d}?tout=1"
_LOGIN = ("--login", "tests.bench.peer_login:sit_down")


@dataclass(frozen=True)
class Product:
    """Where its room and its table are, and when each is drawn (a JavaScript condition)."""

    name: str
    room: tuple[str, str]
    table: tuple[str, str]


OURS = Product(
    "ours",
    (_OURS_ROOM, "document.querySelectorAll('#wall-cards svg').length >= 100"),
    ("/gouvernement", "document.querySelectorAll('table.heat tbody td').length >= 600"),
)
STREAMLIT = Product(
    "streamlit",
    (
        f"/?page=salle&org={kit.ORGANISATION}",
        "document.querySelectorAll('[data-testid=stMetricChart] svg.marks path').length >= 100"
        " && document.querySelectorAll('[data-testid=stMetricValue]').length >= 100",
    ),
    ("/?page=gouv", "!!document.querySelector('[data-testid=glide-cell-5-0]')"),
)
VIZRO = Product(
    "vizro",
    ("/", "document.querySelectorAll('.card-kpi .scatterlayer path.js-line').length >= 100"),
    ("/gouv", "document.querySelectorAll('.ag-row .ag-cell').length >= 60"),
)


@dataclass
class Taken:
    """What one product took; times in milliseconds, processor in seconds a view, wire in bytes."""

    cold_ms: dict[str, float]
    warm_ms: dict[str, float]
    wire: dict[str, float]
    cpu_s: dict[str, float]
    views_s: dict[str, float]


def measure() -> Section:
    """One server at a time; Streamlit and ours once more for a change that reaches the screen."""
    if not kit.KIT.exists():
        raise Skipped(f"peers: {kit.KIT} is not there, nothing is compared")
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        folder = Path(place)
        data = kit.write_data(folder)
        home = kit.write_home(folder, data)
        taken = {
            "Streamlit": _of_peer(STREAMLIT, kit.streamlit(data), _streamlit_load),
            "Vizro": _of_peer(VIZRO, kit.vizro(data), _http_load),
        }
        with Server(home, PILOTAGE_AS_OF=kit.AS_OF) as server:
            assert server.process is not None
            ours = _taken(OURS, server.port, server.process.pid, _http_load)
        fragment_ms, live = _fragment(data)
        change_ms, lost = _change(home, _ROOMS * live)
    return _section(ours, taken, (fragment_ms, live), (change_ms, lost))


Load = Callable[[Product, str, int, int], dict[str, Any]]


def _of_peer(product: Product, start: AbstractContextManager[tuple[int, int]], load: Load) -> Taken:
    with start as (port, pid):
        return _taken(product, port, pid, load)


def _taken(product: Product, port: int, pid: int, load: Load) -> Taken:
    taken = Taken({}, {}, {}, {}, {})
    for kind, (path, ready) in (("room", product.room), ("table", product.table)):
        words = ["--url", f"http://127.0.0.1:{port}{path}", "--ready", ready, "--pid", str(pid)]
        words += ["--runs", os.environ.get("PEERS_RUNS", "5"), "--chromium", str(CHROMIUM)]
        words += _LOGIN if product is OURS else ()
        (seen,) = kit.told_by("browser_bench.py", *words)
        best = load(product, path, port, pid)
        taken.cold_ms[kind], taken.warm_ms[kind] = seen["cold"]["tti_ms"], seen["warm"]["tti_ms"]
        taken.wire[kind] = seen["cold"]["wire"]
        taken.cpu_s[kind], taken.views_s[kind] = best["cpu_s_view"], best["views_s"]
        print(product.name, kind, seen["cold"], seen["warm"], best, flush=True)
    return taken


def _pace(port: int, pid: int) -> list[str]:
    lasting = os.environ.get("PEERS_S", "5")
    return ["--pid", str(pid), "--seconds", lasting, "--base", f"http://127.0.0.1:{port}"]


def _http_load(product: Product, path: str, port: int, pid: int) -> dict[str, Any]:
    """The dynamic requests of one view, recorded then asked again; the best level."""
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="pilotage-view-") as place:
        view, cookies = Path(place) / "view.json", Path(place) / "cookies"
        words = ["--url", f"{address}{path}", "--out", str(view), "--cookies-out", str(cookies)]
        words += ["--chromium", str(CHROMIUM), *(_LOGIN if product is OURS else ())]
        kit.told_by("record_view.py", *words)
        said = cookies.read_text(encoding="utf-8").replace('"', '\\"')
        headers = f'{{"Cookie": "{said}", "Origin": "{address}"}}'
        words = [*_pace(port, pid), "--view", str(view), "--levels", _LEVELS, "--headers", headers]
        return kit.told_by("http_load.py", *words)[-1]


def _streamlit_load(_product: Product, path: str, port: int, pid: int) -> dict[str, Any]:
    """Streamlit draws over its WebSocket; the best level."""
    query = path.removeprefix("/?").replace(f"org={kit.ORGANISATION}", "org=ORG")
    return _spoken(port, pid, "--query", query, "--levels", _LEVELS)[-1]


def _spoken(port: int, pid: int, *words: str) -> list[dict[str, Any]]:
    python = kit.environment_of("streamlit") / "python"
    pace = [*_pace(port, pid)[:-1], f"ws://127.0.0.1:{port}"]
    return kit.told_by("streamlit_app/ws_load.py", *pace, *words, python=python)


def _fragment(data: Path) -> tuple[float, int]:
    """Streamlit's fragment of one second: change → screen, and the most rooms that keep up."""
    with kit.streamlit(data, ttl_s=1, every_s=1) as (port, pid):
        levels = _spoken(port, pid, "--live", _LIVE)
        address = f"http://127.0.0.1:{port}{STREAMLIT.room[0]}"
        words = ["--url", address, "--selector", "[data-testid=stMetricValue]"]
        words += ["--store", f"duckdb:{data}", "--n", str(CHANGES), "--chromium", str(CHROMIUM)]
        words += ["--indicator", str(1 + 100 * (kit.ORGANISATION - 1))]
        seen = kit.told_by("freshness.py", *words)[-1]
    print(levels, seen, flush=True)
    kept = [
        one["live_sessions"] for one in levels if one["refreshes_s"] >= _KEEPS_UP * one["wanted_s"]
    ]
    return 1000 * seen["p50_s"], max(kept, default=1)


_WATCH = """
    window.seenAt = {};
    new MutationObserver(() => {
      const said = document.getElementById('room-side').textContent;
      if (said.includes(window.expected) && !(window.expected in window.seenAt)) {
        window.seenAt[window.expected] = performance.timeOrigin + performance.now();
      }
    }).observe(
      document.getElementById('page'), {childList: true, characterData: true, subtree: true});
"""


def _change(home: Path, rooms: int) -> tuple[float, int]:
    """A blocker raised → read on an open room, all those others connected; hints lost."""
    delays_ms = []
    with Server(home, PILOTAGE_AS_OF=kit.AS_OF) as server, sync_playwright() as playwright:
        cookie, own = seated(server, "treasury"), seated(server, "treasury")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        sit_down_as(page, server, "treasury")
        open_page(page, server, _OURS_ROOM)
        page.wait_for_selector("#live-state[data-state=live]")
        page.evaluate(_WATCH)
        headers = {"Cookie": own, "Origin": server.address}
        with (
            listeners(server.port, rooms, cookie, "ORG001") as heard,
            httpx.Client(base_url=server.address, headers=headers, timeout=30) as client,
        ):
            for turn in range(CHANGES):
                title = f"Bloquant numéro {turn:02d}."
                page.evaluate("title => { window.expected = title; }", title)
                page.wait_for_timeout(1000)
                sent_at = time.time()
                body = raising(f"ORG{kit.ORGANISATION:03d}", title)
                client.post("/_dash-update-component", json=body).raise_for_status()
                seen = page.wait_for_function("title => window.seenAt[title]", arg=title)
                delays_ms.append(seen.json_value() - 1000 * sent_at)
            page.wait_for_timeout(2000)
            fewest, _ = heard()
        browser.close()
    print("ours", rooms, delays_ms, flush=True)
    return median(delays_ms), CHANGES - fewest


def _section(
    ours: Taken,
    peers: dict[str, Taken],
    fragment: tuple[float, int],
    change: tuple[float, int],
) -> Section:
    def least(what: str, kind: str, bar: float, words: str, unit: str) -> Figure:
        """Ours over the lowest of theirs."""
        mine: float = getattr(ours, what)[kind]
        theirs = {name: getattr(one, what)[kind] for name, one in peers.items()}
        share = mine / min(theirs.values())
        return _figure(words, (share, bar, share <= bar, "≤"), mine, theirs, unit)

    def most(kind: str, bar: float) -> Figure:
        mine = ours.views_s[kind]
        theirs = {name: one.views_s[kind] for name, one in peers.items()}
        share = mine / max(theirs.values())
        words = f"{kind}: views a second"
        return _figure(words, (share, bar, share >= bar, "≥"), mine, theirs, "a second")

    (fragment_ms, live), (change_ms, lost) = fragment, change
    share = change_ms / fragment_ms
    rooms = _ROOMS * live
    return Section(
        "peers",
        "What one would otherwise run",
        (
            *(least("cold_ms", kind, _THIRD, f"{kind}: cold", "ms") for kind in ("room", "table")),
            *(least("warm_ms", kind, _THIRD, f"{kind}: warm", "ms") for kind in ("room", "table")),
            least("cpu_s", "room", _TENTH, "room: processor of the server a view", "s"),
            most("room", _ROOM_VIEWS),
            most("table", _TABLE_VIEWS),
            Figure(
                "change → screen, against Streamlit's fragment of 1 s",
                f"{share:.2f} × with {rooms:,} live rooms",
                f"≤ {_TENTH} × with ≥ {_ROOMS} × as many",
                share <= _TENTH and not lost,
                f"medians of {CHANGES}: {change_ms:.0f} ms from the blocker sent / "
                f"{fragment_ms:.0f} ms from the value written; Streamlit keeps up with {live} live "
                f"rooms; {lost} hints lost",
            ),
            least("wire", "room", _THIRD, "room: on the wire, cold", "bytes"),
            least("wire", "table", _THIRD, "table: on the wire, cold", "bytes"),
        ),
        "The room of 100 cards of one of 200 organisations (60 months each), and the table of the "
        "200; Streamlit 1.67.0 and Vizro 1.0.0 on the apps and scripts of `../shared/bench/peers`, "
        "one server at a time. Each ratio is against the better of the two.",
    )


def _figure(
    words: str,
    reached: tuple[float, float, bool, str],
    mine: float,
    theirs: dict[str, float],
    unit: str,
) -> Figure:
    share, bar, is_reached, sign = reached
    told = ", ".join(f"{name} {value:,.4g}" for name, value in theirs.items())
    return Figure(
        words, f"{share:.2g} ×", f"{sign} {bar:.2g} ×", is_reached, f"{mine:,.4g} / {told} {unit}"
    )
