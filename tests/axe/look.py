"""One page before axe-core: opened as someone, drawn, then looked at in each width and theme."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page

from tests.axe.case import Case
from tests.axe.deed import DEEDS

LANGS, THEMES, WIDTHS = ("fr", "en"), ("light", "dark"), (1440, 390, 320)
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_HEIGHT, _PATIENCE_MS = 900, 60_000

# The frame, the wall, the table under it and the chart are drawn one after the other; the mark of
# each is what the page itself leaves when it is done (assets/shell.js, wall.js, chart.js).
_DRAWN = """() => {
  const found = one => document.querySelector(one), holds = one => found(one)?.firstElementChild;
  const main = found("main");
  /* What the server says by itself, where the door stays shut, is a page without a script. */
  if (!found("#react-entry-point") && !found("#live-state")) {
    return main && document.readyState === "complete";
  }
  return main?.dataset.drawn === location.pathname + location.search && !main.ariaBusy
    && found("#live-state").dataset.state
    && (!found("#wall-cards") || found("#wall-cards").dataset.drawn)
    && (!found("#wall-bowling") || holds("#wall-bowling"))
    && (!found("#chart-drawn") || found("#chart-drawn .main-svg"));
}"""
_LEFT = """[document.title, document.body.innerText.slice(0, 300),
  document.getElementById("live-state")?.dataset.state]"""
_SETTLED = """theme => new Promise(done => {
  document.documentElement.dataset.theme = theme;
  const drawn = () => document.getAnimations().every(one => one.playState !== "running"
    || one.effect.getTiming().iterations === Infinity);
  const next = () => drawn() ? requestAnimationFrame(() => requestAnimationFrame(done))
    : requestAnimationFrame(next);
  requestAnimationFrame(next);
})"""
_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations", "incomplete"]})
  .then(said => ({
    violations: said.violations.flatMap(rule => rule.nodes.map(node => ({
      rule: rule.id, target: node.target.join(" "), html: node.html.slice(0, 200),
      why: node.failureSummary.split("\\n").slice(1).join(" ").trim() }))),
    unsure: said.incomplete.map(rule => [rule.id, rule.nodes.length]),
    rules: axe.getRules(tags).length }))"""
# What axe does not look at.
_OURS = """() => {
  const faults = [], say = (rule, node, why) => faults.push({
    rule, why, target: node.id || node.className || node.tagName,
    html: node.outerHTML.slice(0, 200) });
  const root = document.scrollingElement;
  const shown = node => node.checkVisibility() && node.getClientRects().length > 0;
  if (root.scrollWidth > root.clientWidth) {
    /* Named by what sticks out, the innermost, unless it scrolls in a frame of its own. */
    const out = [...document.querySelectorAll("body *")].filter(node => shown(node)
      && node.getBoundingClientRect().right > root.clientWidth + 1 && !node.closest(".scroll"));
    say("page-scrolls-sideways", out.pop() || root, `${root.scrollWidth - root.clientWidth} px`);
  }
  document.querySelectorAll("header .name, header nav, header nav a").forEach(node => {
    const box = node.getBoundingClientRect();
    if (shown(node) && (node.scrollWidth > node.clientWidth + 1 || box.right > innerWidth + 1)) {
      say("header-clips", node, `${node.scrollWidth} px in ${node.clientWidth} px`);
    }
  });
  if (document.querySelectorAll("h1").length !== 1) {
    say("one-h1", document.body, `${document.querySelectorAll("h1").length} h1`);
  }
  if (!document.title.trim()) { say("page-has-no-title", document.head, ""); }
  return faults;
}"""

Way = tuple[str, str, str, int, bool]
"""Viewer, language, theme, width, unfolded."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong on one screen."""

    rule: str
    target: str
    html: str
    why: str


@dataclass(frozen=True)
class Look:
    """One screen looked at. ``unsure``: (rule, nodes) on which axe leaves the word to a person."""

    case: str
    viewer: str
    lang: str
    theme: str
    width: int
    is_unfolded: bool
    faults: tuple[Fault, ...]
    unsure: tuple[tuple[str, int], ...]
    rules: int


def sit_down(context: BrowserContext, address: str, viewer: str) -> None:
    """Look through the eyes of a sample person, as the switch of the header does."""
    answer = context.request.post(
        f"{address}/voir-comme",
        form={"viewer": viewer},
        headers={"Origin": address},
        max_redirects=0,
    )
    assert answer.status == 303, answer.text()


def open_case(page: Page, address: str, case: Case, lang: str) -> None:
    """Open the page in its language, wait until all of it is drawn, and bring it to its state."""
    english = ("&" if "?" in case.path else "?") + "lang=en"
    page.set_viewport_size({"width": WIDTHS[0], "height": _HEIGHT})
    page.goto(address + case.path + (english if lang == "en" else ""))
    try:
        page.wait_for_function(_DRAWN, timeout=_PATIENCE_MS)
    except Error as cut:
        cut.add_note(f"{case.name}: {page.url}, {page.evaluate(_LEFT)}")
        raise
    if case.deed:
        DEEDS[case.deed](page)


def unfold(page: Page) -> bool:
    """Open all that opens in the page; False where nothing does."""
    return bool(
        page.evaluate(
            """() => {
              const closed = document.querySelectorAll("main details:not([open])");
              closed.forEach(one => { one.open = true; });
              return closed.length > 0;
            }"""
        )
    )


def looked(page: Page, theme: str, width: int) -> dict[str, Any]:
    """What axe and our own rules say of the page as it stands, in that theme and width."""
    page.set_viewport_size({"width": width, "height": _HEIGHT})
    page.evaluate(_SETTLED, theme)
    return judged(page)


def judged(page: Page) -> dict[str, Any]:
    """What axe and our own rules say of what is on screen."""
    page.evaluate(axe_source())
    said: dict[str, Any] = page.evaluate(_AXE, list(TAGS))
    said["violations"] += page.evaluate(_OURS)
    return said


def look_once(page: Page, address: str, case: Case, way: Way) -> Look:
    """The page in one way."""
    _, lang, theme, width, is_unfolded = way
    open_case(page, address, case, lang)
    if is_unfolded:
        unfold(page)
    return look_of(looked(page, theme, width), case, way)


def looks(page: Page, address: str, case: Case, viewer: str, lang: str) -> Iterator[Look]:
    """The page in both themes and three widths, folded, then unfolded where something unfolds."""
    open_case(page, address, case, lang)
    for is_unfolded in (False, True):
        if is_unfolded and not unfold(page):
            return
        for theme, width in product(THEMES, WIDTHS):
            said = looked(page, theme, width)
            yield look_of(said, case, (viewer, lang, theme, width, is_unfolded))


def look_of(said: dict[str, Any], case: Case, way: Way) -> Look:
    """What was said, of which screen."""
    faults = tuple(Fault(**one) for one in said["violations"])
    unsure = tuple((rule, nodes) for rule, nodes in said["unsure"])
    return Look(case.name, *way, faults, unsure, said["rules"])


@cache
def axe_source() -> str:
    """axe-core as the package of requirements-dev.txt brings it; nothing is fetched."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
