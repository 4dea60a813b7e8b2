"""Physical lines: where they end, and with what."""

import re
from dataclasses import dataclass

_END = re.compile("(\r\n|\r|\n)")
_NAMES = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}


@dataclass(frozen=True)
class Lines:
    """Each physical line's text, and what ends it (empty for a last line left open)."""

    texts: list[str]
    ends: list[str]
    kind: str

    def __len__(self) -> int:
        return len(self.texts)

    def head(self, count: int, characters: int) -> "Lines":
        """The first ``count`` lines or less: none after so many characters."""
        last, size = 0, 0
        while last < min(count, len(self.texts)) and size < characters:
            size += len(self.texts[last])
            last += 1
        return Lines(self.texts[:last], self.ends[:last], self.kind)

    def joined(self, first: int, last: int) -> str:
        """Lines ``first`` to ``last`` included, with the line ends between them."""
        if first == last:
            return self.texts[first]
        inner = (self.texts[n] + self.ends[n] for n in range(first, last))
        return "".join(inner) + self.texts[last]


def lines_of(text: str) -> Lines:
    """The lines of a text whose line ends may be CR, LF, CRLF or mixed."""
    if "\r" in text:
        pieces = _END.split(text)
        texts, ends = pieces[0::2], [*pieces[1::2], ""]
    else:
        texts = text.split("\n")
        ends = [*["\n"] * (len(texts) - 1), ""]
    if texts and not texts[-1]:
        texts.pop()
        ends.pop()
    kinds = set(ends) - {""}
    kind = "none" if not kinds else _NAMES[next(iter(kinds))] if len(kinds) == 1 else "mixed"
    return Lines(texts, ends, kind)
