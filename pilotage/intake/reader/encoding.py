"""Bytes to text: which encoding, how sure, and which lines are not in it."""

import codecs
import re
from dataclasses import dataclass

from pilotage.intake.problem import Problem
from pilotage.intake.reader.told import Told

_ENOUGH = 1 << 16
"""Bytes of lines that are no UTF-8 from which their encoding is told."""
_SINGLE = ("cp1252", "mac_roman", "cp850")
_HEAD = 1 << 16
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_USUAL = frozenset("éèêëàâäùûüôöîïçœæÉÈÊËÀÂÙÛÔÎÏÇŒ’‘“”«»–—…°€£¤\u00a0²³½")
_POSSIBLE = frozenset("áíóúñãõåøÄÖÜßÁÍÓÚÑÅØìòýÿºª®©±·×•™µ¼¾¹§")
_LINE_END = re.compile("(\r\n|\r|\n)")
# A byte that is no UTF-8, as « surrogateescape » keeps it.
_STRAY = re.compile("[\udc80-\udcff]")
_JOINING = frozenset("’–—\u00a0")
# A euro or an œ of ISO 8859-15, which windows-1252 would make ¤ and ½.
_OF_LATIN_9 = re.compile(rb"\xa4|[A-Za-z]\xbd|(?<![0-9])\xbd[a-z]|\xbc[A-Zu]")
_OF_CP1252 = re.compile(rb"[\x80-\x9f]")
# What UTF-8 looks like once it has been read as windows-1252 and written again.
_MOJIBAKE = re.compile(
    "[ÃÂ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|â€[\u0080-\u00a6\u0153\u02dc\u2013-\u2122]|ï»¿"
)


@dataclass(frozen=True)
class Decoded:
    """A file's text without its byte order marks; ``confidence`` is in 0–1."""

    text: str
    encoding: str
    confidence: float


def decoded(data: bytes, told: Told, declared: str | None = None) -> Decoded:
    """The text of a file. Lines that are in another encoding are read in it, and told."""
    if declared:
        text = _bare(data.decode(declared, errors="replace"))
        _lost(text, told)
        _mangled(text, told)
        return Decoded(text, declared, 1.0)
    wide = _wide(data)
    if wide:
        name, sure = wide
        data = _without_marks(data) if name.startswith("utf-16") else data
        text = _bare(data.decode(name, errors="replace"))
        _lost(text, told)
        return Decoded(text, name, sure)
    marked = data.startswith(codecs.BOM_UTF8)
    data = _without_marks(data)
    try:
        text = _bare(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _other(data, marked, told)
    name = "utf-8-sig" if marked else "ascii" if text.isascii() else "utf-8"
    _lost(text, told)
    _mangled(text, told)
    return Decoded(text, name, 1.0)


def _without_marks(data: bytes) -> bytes:
    """The bytes after every leading mark; cut once, for a file may be made of nothing else."""
    start = 0
    while data.startswith(codecs.BOM_UTF8, start):
        start += len(codecs.BOM_UTF8)
    return data[start:]


def _bare(text: str) -> str:
    return text.lstrip("\ufeff")


def _wide(data: bytes) -> tuple[str, float] | None:
    bare = _without_marks(data)
    for mark, name in _WIDE:
        if data.startswith(mark) or (bare is not data and bare.startswith(mark)):
            return name, 1.0
    head = data[:_HEAD]
    if len(head) < 4 or b"\0" not in head:
        return None
    half = len(head) // 2
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return "utf-16-le", 0.95
    if even > 0.4 and odd < 0.1:
        return "utf-16-be", 0.95
    return None


def _lost(text: str, told: Told) -> None:
    """Lines where characters are already lost (U+FFFD): nobody can bring them back."""
    if "\ufffd" not in text:
        return
    lines = re.split("\r\n|\r|\n", text)
    at = [(n, line) for n, line in enumerate(lines, 1) if "\ufffd" in line]
    told.add_all("encoding-error", at, _unreadable)


def _unreadable(place: tuple[int, str]) -> Problem:
    return Problem("encoding-error", line=place[0], found=place[1][:80])


def _mangled(text: str, told: Told) -> None:
    if not _MOJIBAKE.search(text):
        return
    lines = re.split("\r\n|\r|\n", text)
    high = ((n, line) for n, line in enumerate(lines, 1) if not line.isascii())
    found = ((n, _MOJIBAKE.search(line)) for n, line in high)
    told.add_all("mojibake", [(n, hit) for n, hit in found if hit], _mangled_at)


def _mangled_at(place: tuple[int, re.Match[str]]) -> Problem:
    line, hit = place
    around = hit.string[max(0, hit.start() - 15) : hit.start() + 15]
    return Problem("mojibake", line=line, found=around)


def _other(data: bytes, marked: bool, told: Told) -> Decoded:
    """Not UTF-8 throughout: UTF-8 with stray lines, or a single-byte encoding."""
    pieces = _LINE_END.split(data.decode("utf-8", errors="surrogateescape"))
    high = [n for n in range(0, len(pieces), 2) if not pieces[n].isascii()]
    stray = [n for n in high if _STRAY.search(pieces[n])]
    odd = set(stray)
    sound = sum(_accents(pieces[n]) for n in high if n not in odd)
    name, sure = _single(b"\n".join(_bytes(pieces[n]) for n in stray[:5000])[:_ENOUGH])
    if not marked and sound <= len(stray):
        text = data.decode(name, errors="replace")
        _lost(text, told)
        _mangled(text, told)
        return Decoded(_bare(text), name, sure)
    for n in stray:
        pieces[n] = _bytes(pieces[n]).decode(name, errors="replace")
    text = "".join(pieces)
    told.add_all("encoding-error", [(n // 2 + 1, pieces[n]) for n in stray], _unreadable)
    _mangled(text, told)
    return Decoded(_bare(text), "utf-8", 0.9)


def _bytes(piece: str) -> bytes:
    return piece.encode("utf-8", errors="surrogateescape")


def _accents(piece: str) -> int:
    return len(piece) - len(piece.encode("ascii", errors="ignore"))


def _single(sample: bytes) -> tuple[str, float]:
    """The single-byte encoding under which the sample reads as French or English."""
    scores = {name: _likeness(sample, name) for name in _SINGLE}
    best = max(scores, key=lambda name: scores[name])
    others = sorted(scores.values(), reverse=True)
    lead = others[0] - others[1]
    if best == "cp1252" and _OF_LATIN_9.search(sample) and not _OF_CP1252.search(sample):
        best = "iso8859-15"
    return best, round(min(0.99, 0.6 + 0.4 * max(0.0, lead)), 2)


def _likeness(sample: bytes, name: str) -> float:
    text = sample.decode(name, errors="replace")
    high = [c for c in text if ord(c) > 0x7F]
    if not high:
        return 0.0
    score = 0.0
    for before, here, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if ord(here) <= 0x7F:
            continue
        score += 1.0 if here in _USUAL else 0.3 if here in _POSSIBLE else -1.0
        score -= _oddness(before, here, after)
    return score / len(high)


def _oddness(before: str, here: str, after: str) -> float:
    """How unlikely a character is inside a word: « rÈgion », « No‘l », « QUéBEC »."""
    if here in _JOINING or not (before.isalpha() and after.isalpha()):
        return 0.0
    if not here.isalpha():
        return 1.0
    odd = here.isupper() if before.islower() and after.islower() else here.islower()
    return 1.0 if odd and before.islower() == after.islower() else 0.0
