"""Text that a spreadsheet would run is shown as text in every export; what is kept stays."""

import re

_NUMBER = re.compile(r"[+-]?\d[\d\s\u00a0\u202f]*([.,]\d+)?\s*%?")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def neutral(text: str) -> str:
    """The text with an apostrophe before it where it would start a formula; numbers are left alone.

    >>> neutral("=1+1"), neutral("-12,5 %"), neutral("Urgences")
    ("'=1+1", '-12,5 %', 'Urgences')
    """
    starts = text.lstrip(" \u00a0\u202f\ufeff")
    return f"'{text}" if starts.startswith(_RUNS) and not _NUMBER.fullmatch(starts) else text
