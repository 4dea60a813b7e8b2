"""A ``profile.toml`` read key by key: every fault is a sentence that names the place."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from pilotage.errors import Refused


class ProfileError(Refused):
    """A profile that cannot be used, or that does not fit the file it is given."""


_KINDS = {
    str: ("un texte", "a text"),
    bool: ("true ou false", "true or false"),
    int: ("un nombre entier", "a whole number"),
    float: ("un nombre", "a number"),
    dict: ("une section", "a section"),
    list: ("une liste", "a list"),
}


class Declaration:
    """One table of the file, emptied as it is read; what is left at the end is a misspelling."""

    def __init__(self, table: Mapping[str, Any], place: str) -> None:
        self.place = place
        self._left = dict(table)
        self._known: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required where no default is given."""
        return str(self._value(key, str, default))

    def optional_text(self, key: str) -> str | None:
        """A text, or None where nothing is written."""
        return str(self._value(key, str, "")) or None

    def switch(self, key: str, default: bool) -> bool:
        """``true`` or ``false``."""
        return bool(self._value(key, bool, default))

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        return int(self._value(key, int, default))

    def number(self, key: str) -> float | None:
        """A number, or None where nothing is written."""
        return float(self._value(key, float, 0.0)) or None

    def texts(self, key: str, default: Collection[str] | None = None) -> tuple[str, ...]:
        """One text or a list of texts."""
        value = self._left.get(key)
        if isinstance(value, str):
            self._left[key] = [value]
        found = self._value(key, list, None if default is None else list(default))
        if not all(isinstance(item, str) for item in found):
            raise self.fault(
                f"« {key} » doit être une liste de textes.", f"“{key}” must be a list of texts."
            )
        return tuple(found)

    def section(self, key: str) -> "Declaration":
        """A table inside this one; empty where nothing is written."""
        return Declaration(self._value(key, dict, {}), f"{self.place}.{key}".lstrip("."))

    def has(self, key: str) -> bool:
        """True where the key is still to be read."""
        return key in self._left

    def sections(self, key: str) -> tuple["Declaration", ...]:
        """A list of tables, numbered from 1 in sentences; one table alone is a list of one."""
        if isinstance(self._left.get(key), dict):
            self._left[key] = [self._left[key]]
        tables = self._value(key, list, [])
        if not all(isinstance(table, dict) for table in tables):
            raise self.fault(f"« {key} » doit être une section.", f"“{key}” must be a section.")
        place = f"{self.place}.{key}".lstrip(".")
        return tuple(Declaration(t, f"{place} {n}") for n, t in enumerate(tables, 1))

    def everything(self) -> dict[str, Any]:
        """What is left, taken whole: for tables whose keys are free."""
        taken, self._left = self._left, {}
        return taken

    def finish(self) -> None:
        """Raise ProfileError where a key of the file was never asked for."""
        for key in self._left:
            near = get_close_matches(key, self._known, 1)
            fr = f" Vouliez-vous dire « {near[0]} » ?" if near else " Retirez-la."
            en = f" Did you mean “{near[0]}”?" if near else " Remove it."
            raise self.fault(f"la clé « {key} » n'existe pas.{fr}", f"there is no key “{key}”.{en}")

    def one_of(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """A text out of a list."""
        found = self.text(key, default)
        if found not in choices:
            listed = ", ".join(sorted(choices))
            raise self.fault(
                f"« {key} » vaut « {found} ». Écrivez l'un de : {listed}.",
                f"“{key}” is “{found}”. Write one of: {listed}.",
            )
        return found

    def fault(self, fr: str, en: str) -> ProfileError:
        """A sentence under the name of this place, ready to raise."""
        place = f"[{self.place}] " if self.place else ""
        return ProfileError(f"profile.toml, {place}{fr}", f"profile.toml, {place}{en}")

    def _value(self, key: str, kind: type, default: Any) -> Any:
        self._known.add(key)
        value = self._left.pop(key, default)
        if value is None:
            raise self.fault(
                f"la clé « {key} » manque. Ajoutez-la.", f"the key “{key}” is missing. Add it."
            )
        wanted = (int, float) if kind is float else kind
        if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
            fr, en = _KINDS[kind]
            raise self.fault(f"« {key} » doit être {fr}.", f"“{key}” must be {en}.")
        return value
