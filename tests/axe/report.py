"""``docs/axe.md``: how many screens were looked at, page by page, and what was wrong."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from tests.axe.case import VIEWERS
from tests.axe.look import LANGS, TAGS, THEMES, WIDTHS, Look, axe_source
from tests.server import HOUSE

PAGE = HOUSE / "docs" / "axe.md"
_HEAD = """# Accessibility, screen by screen

`make axe` loads the sample government, opens every page as each of the six sample people, in both \
languages, waits until it is drawn, and looks at it in both themes and at three widths, folded, \
then with everything that unfolds open. A page one may not see is looked at as what says so. \
`make axe ONLY=sample`, and `make test` on a smaller government, look at every page once, in ways \
that together meet every pair of choices.
"""


def keep(found: Sequence[Look], names: Sequence[str], what: str) -> None:
    """Write the page; ``what`` was looked at."""
    PAGE.write_text(page(found, names, what), encoding="utf-8")


def page(found: Sequence[Look], names: Sequence[str], what: str) -> str:
    """The whole page, in Markdown."""
    faults = sum(len(one.faults) for one in found)
    rules = max((one.rules for one in found), default=0)
    day = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    parts = [
        _HEAD,
        f"**{len(found)} screens, {faults} violations** (bar: 0): {what}, {day}.\n",
        f"axe-core {_version()}, {rules} rules ({', '.join(TAGS)}), on headless Chromium; and our "
        "own: the page never scrolls sideways, the header never clips, one `h1`, a title.\n",
        "## By choice\n",
        _table(["", "screens", "violations"], _choices(found)),
        "## By page and person\n",
        "Screens looked at / violations.\n",
        _table(["page", *VIEWERS], _pages(found, names)),
        "## Left to a person\n",
        "What axe cannot settle by itself: on text it finds outside the window or over a drawing, "
        "it measures no contrast.\n",
        _table(["rule", "nodes, over all screens"], _unsure(found)),
    ]
    return "\n".join(parts)


def _choices(found: Sequence[Look]) -> Iterable[list[str]]:
    for choice in (*LANGS, *THEMES, *WIDTHS):
        mine = [one for one in found if choice in {one.lang, one.theme, one.width}]
        yield [f"{choice} px" if isinstance(choice, int) else choice, *_counts(mine)]
    for is_unfolded in (False, True):
        mine = [one for one in found if one.is_unfolded is is_unfolded]
        yield ["unfolded" if is_unfolded else "as it opens", *_counts(mine)]


def _pages(found: Sequence[Look], names: Sequence[str]) -> Iterable[list[str]]:
    for name in names:
        mine = {
            viewer: [one for one in found if (one.case, one.viewer) == (name, viewer)]
            for viewer in VIEWERS
        }
        yield [name, *(" / ".join(_counts(mine[viewer])) for viewer in VIEWERS)]


def _unsure(found: Sequence[Look]) -> Iterable[list[str]]:
    nodes: Counter[str] = Counter()
    for one in found:
        for rule, count in one.unsure:
            nodes[rule] += count
    return [[f"`{rule}`", str(count)] for rule, count in nodes.most_common()]


def _counts(found: Sequence[Look]) -> list[str]:
    return [str(len(found)), str(sum(len(one.faults) for one in found))]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _version() -> str:
    said = re.search(r"axe v([\d.]+)", axe_source()[:200])
    return said[1] if said else "?"
