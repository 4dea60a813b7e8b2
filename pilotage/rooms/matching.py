"""Words typed in haste, matched to names: accents, case, plurals and punctuation do not count.

Pure. A name is put in a ``Lexicon`` once; a query is then a few look-ups in its vocabulary.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import combining, normalize

LONGEST_QUERY = 120
MOST_WORDS = 8

EXACT, BEGINS, INSIDE = 4, 3, 1
"""How well a typed word fits one of a name: the same, its beginning, somewhere in it."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
_SHORTEST_INSIDE = 3
_EMPTY_WORDS = frozenset(
    {
        *("a", "an", "and", "at", "by", "for", "in", "of", "on", "s", "the", "to", "with"),
        *("au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par"),
        *("pour", "sur", "un", "une"),
    }
)


def folded(text: str) -> str:
    """Lower case, without accents; anything but letters and figures becomes one space."""
    # Unicode's compatibility caseless matching: what folding brings up is folded again.
    plain = text
    for _ in range(2):
        plain = normalize("NFKD", plain.translate(_LIGATURES)).casefold()
    kept = "".join(one for one in normalize("NFKD", plain) if not combining(one))
    return re.sub(r"[\W_]+", " ", kept.translate(_LIGATURES)).strip()


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, without the mark of the plural."""
    return tuple(_singular(one) for one in folded(text).split())


def squashed(text: str) -> str:
    """An identifier as one word, however its parts are joined: ``MSSS-04`` is ``msss04``."""
    return folded(text).replace(" ", "")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word.isalpha() else word


@dataclass(frozen=True)
class Query:
    """What was typed: ``words`` that each must be found, the whole phrase, and as an identifier."""

    words: tuple[str, ...]
    phrase: str
    squashed: str


def query(text: str) -> Query:
    """What is asked for; words that say nothing count only where there is no other."""
    short = text[:LONGEST_QUERY]
    typed = words(short)
    telling = tuple(dict.fromkeys(one for one in typed if one not in _EMPTY_WORDS))
    return Query((telling or typed)[:MOST_WORDS], folded(short), squashed(short))


def fit(typed: str, word: str) -> int:
    """How well a typed word fits a word of a name; 0 where it does not."""
    if word == typed:
        return EXACT
    if word.startswith(typed):
        return BEGINS
    return INSIDE if len(typed) >= _SHORTEST_INSIDE and typed in word else 0


@dataclass
class Lexicon:
    """Names by their words; a name is known by its number or its identifier."""

    _holders: dict[str, set[int | str]] = field(default_factory=dict)

    def add(self, holder: int | str, texts: Iterable[str | None]) -> None:
        """Remember the words of these texts for that name."""
        for text in texts:
            for word in words(text or ""):
                self._holders.setdefault(word, set()).add(holder)

    def fits(self, typed: str) -> Mapping[int | str, int]:
        """For each name that has a word that fits, how well the best one does."""
        found: dict[int | str, int] = {}
        for word, holders in self._holders.items():
            how_well = fit(typed, word)
            if how_well:
                for one in holders:
                    found[one] = max(how_well, found.get(one, 0))
        return found
