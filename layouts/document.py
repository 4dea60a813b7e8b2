"""A page as one HTML document that needs no session and, to be read, no script."""

from html import escape
from typing import Any

from layouts.plain import plain
from pilotage.i18n import translator
from pilotage.rooms.address import Address

_SHEETS = ("tokens", "room", "wall", "post", "public", "print")
_DOCUMENT = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<script src="/assets/first/theme.js"></script>
{sheets}
<script src="/assets/public.js" defer></script>
</head>
<body><div class="shell">
<header><div class="bar"><div class="head"><a class="skip" href="#page">{skip}</a>
<a class="name" href="{here}">{name}</a></div>
<div class="tools"><a href="{turn}" lang="{other}" hreflang="{other}">{tongue}</a></div></div>
{band}</header>
<main id="page" tabindex="-1">{content}</main>
</div></body></html>"""


def document(title: str, content: list[Any], address: Address, band: str | None) -> str:
    """The whole document; ``band``: what the figures are, under the header. Text stays text."""
    _ = translator(address.lang)
    tongue, other = ("English", "en") if address.lang == "fr" else ("Français", "fr")
    links = "\n".join(f'<link rel="stylesheet" href="/assets/{one}.css">' for one in _SHEETS)
    return _DOCUMENT.format(
        lang=address.lang,
        title=escape(title),
        sheets=links,
        skip=escape(_("Aller au contenu")),
        name=escape(_("Salle de pilotage")),
        here=escape(address.link(*address.parts)),
        turn=escape(address.in_other_language),
        other=other,
        tongue=tongue,
        band=f'<p class="band">{escape(band)}</p>' if band else "",
        content="".join(_written(one) for one in plain(content)),
    )


def _written(drawn: Any) -> str:
    if isinstance(drawn, str):
        return escape(drawn)
    tag, attributes, *inside = drawn
    told = "".join(_attribute(name, value) for name, value in attributes.items())
    return f"<{tag}{told}>{''.join(_written(one) for one in inside)}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
