"""The address of a page: everything one needs to open the same screen again.

``/strategique/<organisation>?lang=en&au=2026-03-31``. Identifiers are opaque and URL-encoded. The
language and the date follow from link to link; the other parameters belong to one page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, quote, unquote, urlencode

from pilotage.i18n import Lang, language, other

_FOLLOWS = ("au", "lang")


@dataclass(frozen=True)
class Address:
    """Decoded path segments and query parameters; an unknown language means French."""

    parts: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return language(self.parameters.get("lang"))

    @property
    def room(self) -> str:
        """The first segment, which names the kind of page; empty for ``/``."""
        return self.parts[0] if self.parts else ""

    @property
    def subject(self) -> str | None:
        """The second segment, decoded: an organisation or an indicator; None without one."""
        return self.parts[1] if len(self.parts) > 1 else None

    @property
    def as_of(self) -> date | None:
        """The judging date asked for (``?au=``); None for today, and for what is not a date."""
        try:
            return date.fromisoformat(self.parameters.get("au", ""))
        except ValueError:
            return None

    def past(self, today: date) -> date | None:
        """The day asked for where it is before today; None for today, the future and no date."""
        asked = self.as_of
        return asked if asked is not None and asked < today else None

    def link(self, *parts: str, **parameters: str | None) -> str:
        """The address of another page in the same language and at the same date."""
        kept = {name: self.parameters[name] for name in _FOLLOWS if name in self.parameters}
        return _written(parts, {**kept, **parameters})

    def here(self, **parameters: str | None) -> str:
        """This page with some parameters changed; None removes one."""
        return _written(self.parts, {**self.parameters, **parameters})

    def without(self, *names: str) -> "Address":
        """The same address, those parameters left out."""
        kept = {name: value for name, value in self.parameters.items() if name not in names}
        return Address(self.parts, kept)

    @property
    def in_other_language(self) -> str:
        """This page in the other language; French is the address without ``lang``."""
        return self.here(lang="en" if other(self.lang) == "en" else None)


def _written(parts: tuple[str, ...], parameters: Mapping[str, str | None]) -> str:
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    query = urlencode({name: value for name, value in sorted(parameters.items()) if value})
    return f"{path}?{query}" if query else path


def parse_address(path: object, search: object) -> Address:
    """Read a browser's ``pathname`` and ``search``; never fails, whatever was sent."""
    written = path if isinstance(path, str) else ""
    asked = search if isinstance(search, str) else ""
    parts = tuple(unquote(part) for part in written.split("/") if part)
    return Address(parts, dict(parse_qsl(asked.lstrip("?"))))
