"""The one HTML page that loads the screen, and what it leaves out."""

import re
from pathlib import Path
from typing import Any, cast

from dash import Dash

_TEMPLATE = """<!DOCTYPE html>
<html lang="fr">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
<script src="/assets/first/theme.js"></script>
{%favicon%}{%css%}
</head>
<body>
{%app_entry%}
{%config%}{%scripts%}{%renderer%}
</body>
</html>"""
_SHEET = re.compile(r'<link rel="stylesheet" href="/assets/([^"?]+\.css)[^"]*">')
_UNUSED = re.compile(r'<script src="[^"]*/dash_table/[^"]*"></script>')
_POLYFILL = re.compile(r'<script src="[^"]*/deps/polyfill@[^"]*"></script>')
_REGENERATOR = '<script src="/assets/first/regenerator.js"></script>'


class Screen(Dash):
    """Dash, its page written by us.

    Dash's polyfill brings old browsers what every supported one has, for a seventh of the time a
    room takes to be drawn. All it brings that is needed is ``regenerator-runtime`` (MIT, 0.14.1,
    as npm ships it), which Dash's own bundles call when they load a component late.
    """

    def __init__(self, **options: Any) -> None:
        """``options`` are those of Dash."""
        super().__init__(
            "pilotage",
            assets_ignore=r"^(theme|regenerator)\.js$",
            index_string=_TEMPLATE,
            **options,
        )

    def interpolate_index(self, *args: Any, css: str = "", scripts: str = "", **parts: Any) -> Any:
        """The page, with the small runtime in the place of the polyfill and its sheets in itself.

        Six small sheets asked for one by one hold the first paint back longer than they weigh.
        """
        kept = _UNUSED.sub("", _POLYFILL.sub(_REGENERATOR, scripts))
        sheets = _SHEET.sub(lambda met: f"<style>{self._sheet(met[1])}</style>", css)
        return cast(Any, super()).interpolate_index(*args, css=sheets, scripts=kept, **parts)

    def _sheet(self, name: str) -> str:
        return (Path(self.config.assets_folder) / name).read_text(encoding="utf-8")
