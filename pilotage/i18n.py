"""The two languages: French in the code, English in ``locales/en/LC_MESSAGES/pilotage.po``.

A sentence without a translation is shown in French; ``tests/test_i18n_catalogue.py`` fails first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

Lang = Literal["fr", "en"]
CATALOGUE = Path(__file__).parent / "locales" / "en" / "LC_MESSAGES" / "pilotage.po"


def N_(message: str) -> str:  # noqa: N802  (gettext's own name)
    """Mark a constant for the catalogue; it is translated where it is shown."""
    return message


def language(text: str | None) -> Lang:
    """The language an address asks for; anything unknown means French."""
    return "en" if text == "en" else "fr"


def other(lang: Lang) -> Lang:
    """The language one is not reading."""
    return "fr" if lang == "en" else "en"


@dataclass(frozen=True)
class Translator:
    """Turns a French source sentence into the reader's language."""

    lang: Lang
    messages: Mapping[str, tuple[str, ...]]

    def __call__(self, message: str) -> str:
        """The sentence, or the French one where no translation exists."""
        return self.messages.get(message, (message,))[0]

    def plural(self, singular: str, plural: str, n: float) -> str:
        """The form the number asks for: French counts 0 and 1 as singular, English only 1."""
        forms = self.messages.get(singular, (singular, plural))
        is_singular = abs(n) == 1 if self.lang == "en" else abs(n) < 2
        return forms[0] if is_singular else forms[-1]


@cache
def translator(lang: Lang) -> Translator:
    """The translator of a language, read once."""
    return Translator(lang, _english() if lang == "en" else {})


def _english() -> dict[str, tuple[str, ...]]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    entries: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        source = str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if source and all(forms):
            entries[source] = tuple(str(form) for form in forms)
    return entries


_SMALL_WORDS: Mapping[Lang, str] = {
    "fr": "à au aux avec ce ces cette dans de des du elle elles en est et il ils la le les leur "
    "mais nos nous ou où par pas plus pour que qui sa se ses son sont sur un une vos vous",
    "en": "all and are at be but by for from had has have in is it its no not of our than that the "
    "their there they this to was we were which will with you your",
}


def tongue(text: str) -> Lang:
    """The language people wrote a text in, by its small words: a screen reader must know which.

    Nothing records it, and somebody may write English on a French page. French where nothing tells.
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    french, english = (
        sum(word in known.split() for word in words) for known in _SMALL_WORDS.values()
    )
    return "en" if english > french else "fr"


def label(fr: str, en: str | None, lang: Lang) -> str:
    """A name that is data, in the reader's language, else in French."""
    return en if lang == "en" and en else fr
