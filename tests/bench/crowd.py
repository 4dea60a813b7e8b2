"""A crowd before one server: room views a second, and a change that reaches two hundred screens."""

import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from callbacks.level import PARTS
from layouts import ids
from pilotage.live.hub import WINDOW_S
from tests.bench.asker import Asker, Question, outputs, raising, seated
from tests.bench.ear import Ear, ears, listeners
from tests.bench.figure import Figure, Section, percentile
from tests.bench.government import write_history, write_reference
from tests.bench.rival import rival
from tests.bench.room import AS_OF
from tests.server import Server, pilotage

CARDS, MONTHS = 100, 60
CONNECTED, LOOKING, CHANGES = 2000, 200, 20
ASKERS, LASTING_S, TURNS = 16, 4.0, 3
_VIEWS_BAR, _DELAY_BAR_MS, _MEMORY_BAR = 0.5, 250, 400
_PLACE, _ELSEWHERE = "ORG-0000", "ORG-0001"
_ROOM = f"/strategique/{_PLACE}"
_PAGE_PARTS = (
    f"{ids.HEAD}.children",
    f"{ids.TOOLS}.children",
    f"{ids.BAND}.children",
    f"{ids.PAGE}.children",
    f"{ids.PAGE_TITLE}.data",
)
_ROOM_PARTS = tuple(f"{one.component_id}.{one.component_property}" for one in PARTS)


@dataclass
class Seen:
    """What the crowd saw; delays in milliseconds from the change asked for to the parts in hand."""

    delays_ms: list[float] = field(default_factory=list)
    hints_lost: int = 0
    memory_mb: float = 0.0


def measure() -> Section:
    """Views of a cached room beside those of a bare Dash page; then the crowd."""
    with tempfile.TemporaryDirectory(prefix="pilotage-bench-") as place:
        home = _home(Path(place))
        with Server(home, PILOTAGE_AS_OF=AS_OF) as server, rival("tests.bench.bare_page") as bare:
            cookie = seated(server, "treasury")
            room = Question.of(server.address, cookie, _page_question())
            trivial = Question.of(f"http://127.0.0.1:{bare}", "", _bare_question())
            ours: list[float] = []
            theirs: list[float] = []
            for _ in range(TURNS):
                theirs.append(asyncio.run(_views_a_second(bare, trivial)))
                ours.append(asyncio.run(_views_a_second(server.port, room)))
        with Server(home, PILOTAGE_AS_OF=AS_OF) as server:
            seen = asyncio.run(_crowd(server))
    return _section(max(ours), max(theirs), seen)


def _section(ours: float, theirs: float, seen: Seen) -> Section:
    slow = percentile(seen.delays_ms, 95)
    return Section(
        "crowd",
        "A crowd before one server",
        (
            Figure(
                "room views a second, cached, against a trivial Dash callback",
                f"{ours / theirs:.2f} ×",
                f"≥ {_VIEWS_BAR} ×",
                ours / theirs >= _VIEWS_BAR,
                f"{ours:,.0f} / {theirs:,.0f} a second, {ASKERS} connections, best of {TURNS}",
            ),
            Figure(
                f"change → parts in hand, 95 % of {LOOKING} screens over {CHANGES} changes",
                f"{slow:.0f} ms",
                f"< {_DELAY_BAR_MS} ms",
                slow < _DELAY_BAR_MS,
                f"median {percentile(seen.delays_ms, 50):.0f} ms, from the blocker sent to the "
                f"room's parts received; {CONNECTED:,} connected to one worker",
            ),
            Figure(
                "hints lost",
                f"{seen.hints_lost}",
                "0",
                not seen.hints_lost,
                f"{CHANGES} versions, {CONNECTED:,} listeners",
            ),
            Figure(
                "memory of the server",
                f"{seen.memory_mb:.0f} MB",
                f"< {_MEMORY_BAR} MB",
                seen.memory_mb < _MEMORY_BAR,
                "resident, all connected",
            ),
        ),
        f"A room of {CARDS} cards × {MONTHS} months. Server and crowd share the two cores. The "
        "crowd is a program: what a browser does with the parts is in “From the watched folder to "
        "the screen”.",
    )


async def _views_a_second(port: int, question: Question) -> float:
    askers = [await Asker.opened(port) for _ in range(ASKERS)]
    await askers[0].ask(question)
    end = time.perf_counter() + LASTING_S

    async def keep_asking(asker: Asker) -> int:
        count = 0
        while time.perf_counter() < end:
            await asker.ask(question)
            count += 1
        return count

    counts = await asyncio.gather(*(keep_asking(one) for one in askers))
    for one in askers:
        one.close()
    return sum(counts) / LASTING_S


async def _crowd(server: Server) -> Seen:
    """Everyone connects; then blockers are raised one by one in the room that some look at."""
    cookie, own = seated(server, "treasury"), seated(server, "treasury")
    seen = Seen()
    with listeners(server.port, CONNECTED - LOOKING, cookie, _ELSEWHERE) as others:
        screens = await ears(server.port, LOOKING, cookie, _PLACE)
        askers = [await Asker.opened(server.port) for _ in range(LOOKING)]
        raiser = await Asker.opened(server.port)
        # Those who look have the room on screen already.
        await asyncio.gather(
            *(one.ask(Question.of(server.address, cookie, _page_question())) for one in askers)
        )
        drawn = _version(server, cookie)
        for turn in range(CHANGES):
            await asyncio.sleep(2 * WINDOW_S)  # each change is a first one, which leaves at once
            asked = Question.of(server.address, own, raising("ORG-0000", f"Bloquant {turn}"))
            redraw = partial(_redraw, server, cookie, drawn, time.perf_counter())
            looking = [
                asyncio.create_task(redraw(screen, asker))
                for screen, asker in zip(screens, askers, strict=True)
            ]
            await raiser.ask(asked)
            seen.delays_ms += await asyncio.gather(*looking)
            drawn = _version(server, cookie)
        await asyncio.sleep(2 * WINDOW_S)
        assert server.process is not None
        seen.memory_mb = resident_mb(server.process.pid)
        fewest, _ = others()
    seen.hints_lost = CHANGES - fewest
    for screen in screens:
        screen.close()
    for asker in (*askers, raiser):
        asker.close()
    return seen


async def _redraw(
    server: Server, cookie: str, drawn: int, start: float, screen: Ear, asker: Asker
) -> float:
    """Milliseconds from ``start`` until the parts of the room are here, the hint once heard."""
    hint = await screen.hint()
    await asker.ask(Question.of(server.address, cookie, _room_question(hint, drawn)))
    return 1000 * (time.perf_counter() - start)


def _version(server: Server, cookie: str) -> int:
    answer = httpx.get(f"{server.address}/api/version", headers={"Cookie": cookie})
    version: int = answer.raise_for_status().json()["version"]
    return version


def _page_question() -> dict[str, Any]:
    return {
        **outputs(*_PAGE_PARTS),
        "inputs": [
            {"id": ids.URL, "property": "pathname", "value": _ROOM},
            {"id": ids.URL, "property": "search", "value": ""},
        ],
        "changedPropIds": [f"{ids.URL}.pathname"],
    }


def _room_question(hint: dict[str, Any], drawn: int) -> dict[str, Any]:
    told = {"version": hint["version"], "organisations": hint["organisations"], "first": False}
    return {
        **outputs(*_ROOM_PARTS),
        "inputs": [{"id": ids.LIVE_VERSION, "property": "data", "value": told}],
        "state": [
            {"id": ids.PAGE_TITLE, "property": "data", "value": {"version": drawn}},
            {"id": ids.URL, "property": "pathname", "value": _ROOM},
            {"id": ids.URL, "property": "search", "value": ""},
        ],
        "changedPropIds": [f"{ids.LIVE_VERSION}.data"],
    }


def _bare_question() -> dict[str, Any]:
    return {
        "output": "said.children",
        "outputs": {"id": "said", "property": "children"},
        "inputs": [{"id": "url", "property": "pathname", "value": "/"}],
        "changedPropIds": ["url.pathname"],
    }


def _home(folder: Path) -> Path:
    files = write_reference(folder, 2, CARDS, "mensuelle", "2026")
    files.append(write_history(folder / "mesures.csv", 2, CARDS, MONTHS))
    home = folder / "home"
    pilotage(home, "load", *map(str, files), PILOTAGE_AS_OF=AS_OF).check_returncode()
    return home


def resident_mb(pid: int) -> float:
    """The resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
