"""``docs/bench.md``: every section's last run, with the day and the machine it was taken on."""

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from tests.bench.figure import Section
from tests.server import HOUSE

PAGE = HOUSE / "docs" / "bench.md"
KEPT = HOUSE / "docs" / "bench.json"
ORDER = (
    "loading",
    "room",
    "wall",
    "freshness",
    "crowd",
    "interaction",
    "soak",
    "peers",
    "publishers",
    "variation",
    "projection",
    "gaming",
    "pollution",
    "real_files",
    "fuzz",
    "big",
)
_HEAD = """# Figures

Written by `make bench` (`make bench ONLY=loading` for one section). Trust the ratios: each is \
made of two things measured in one run, on one machine, in turn.
"""


def keep(section: Section) -> None:
    """Replace the section's figures by those just taken, and write the page again."""
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    kept[section.name] = {**asdict(section), "taken": _taken()}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")


def page(kept: dict[str, Any]) -> str:
    """The whole page, in Markdown."""
    parts = [_part(kept[name]) for name in ORDER if name in kept]
    return "\n".join([_HEAD, *parts])


def _part(section: dict[str, Any]) -> str:
    rows = [
        f"| {one['what']} | **{one['measured']}** | {one['bar']} "
        f"| {'✓' if one['is_reached'] else '✗'} | {one['detail']} |"
        for one in section["figures"]
    ]
    return "\n".join(
        [
            f"## {section['title']}",
            "",
            section["note"],
            "",
            "| what | measured | bar | reached | how |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"*{section['taken']}*",
            "",
        ]
    )


def _taken() -> str:
    day = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = os.getloadavg()[0]
    return f"{day}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"
