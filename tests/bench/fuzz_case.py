"""Hostile files: shapes of one size that cost a reader most, and real files damaged at random."""

import random
from collections.abc import Callable, Iterator

SIZE = 1 << 20
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2064\ufeff"
_MARKS = ";,\t|¦§^~: \x1f"
_TOKENS = (
    b'"', b'""', b"'", b";", b",", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"\\", b'\\"', b"=1",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xe9", b"\xc3\x83\xc2\xa9", b"#REF!", b"1.234,5",
    b"01/02/2026", b"\xe2\x80\x8b", b"sep=;\n", b"Total;", b"\n\n\n", b" ", b"9" * 500, b"<html>",
)  # fmt: skip


def _repeated(piece: str | bytes) -> Callable[[random.Random], bytes]:
    data = piece.encode() if isinstance(piece, str) else piece
    return lambda _: (data * (SIZE // len(data) + 1))[:SIZE]


def _after(head: str, piece: str) -> Callable[[random.Random], bytes]:
    return lambda chance: (head.encode() + _repeated(piece)(chance))[:SIZE]


def _jumbled(pieces: list[str]) -> Callable[[random.Random], bytes]:
    def made(chance: random.Random) -> bytes:
        some = [chance.choice(pieces) for _ in range(10_000)]
        text = "".join(some)
        return (text * (SIZE // len(text) + 1)).encode()[:SIZE]

    return made


def _distinct(row: Callable[[int], str]) -> Callable[[random.Random], bytes]:
    """Rows that all differ, so that nothing can be looked at once for all."""

    def made(_: random.Random) -> bytes:
        rows, size, number = [], 0, 0
        while size < SIZE:
            rows.append(row(number).encode())
            size += len(rows[-1])
            number += 1
        return b"".join(rows)[:SIZE]

    return made


def _random_bytes(chance: random.Random) -> bytes:
    return chance.randbytes(SIZE)


def _text_bytes(chance: random.Random) -> bytes:
    return bytes(chance.choices(b"abcdefghij0123456789;,\t\"\n\r' .-\xe9\xc3", k=SIZE))


def _wide_garbage(chance: random.Random) -> bytes:
    return b"\xff\xfe" + chance.randbytes(SIZE - 2)


def _wide_table(_: random.Random) -> bytes:
    text = "code;valeur;texte\n" + "".join(f"A{n};{n},5;é\n" for n in range(40_000))
    return text.encode("utf-16-le")[:SIZE]


def _columns(count: int) -> Callable[[random.Random], bytes]:
    def made(_: random.Random) -> bytes:
        row = ";".join(f"c{n}" for n in range(count)) + "\n"
        return (row * (SIZE // len(row) + 1)).encode()[:SIZE]

    return made


def _open_at_start(_: random.Random) -> bytes:
    return ('"code;valeur\n' + "".join(f"A-{n};{n},5\n" for n in range(90_000))).encode()[:SIZE]


SHAPES: dict[str, Callable[[random.Random], bytes]] = {
    "a LF": _repeated("a\n"),
    "1 LF": _repeated("1\n"),
    "semicolon LF": _repeated(";\n"),
    "quote LF": _repeated('"\n'),
    "apostrophe LF": _repeated("'\n"),
    "commas LF": _repeated(",,\n"),
    "LF only": _after("a", "\n"),
    "CR only": _after("a", "\r"),
    "CR LF CR": _after("a", "\r\n\r"),
    "a;b LF": _repeated("a;b\n"),
    "1;2 LF": _after("a;b\n", "1;2\n"),
    "empty quotes": _repeated('""\n'),
    "empty quotes, commas": _repeated('"","";""\n'),
    "quotes in one line": _repeated('"'),
    "three quotes a line": _repeated('"""\n'),
    "quote in cell": _repeated('a"b;"c"d"\n'),
    "quoted odd cells": _repeated('"a"b";"c"d";e"\n'),
    "open quote each line": _repeated('a;"b\n'),
    "open quote one line": _after('"', "a;b,c "),
    "quote delimiter line": _repeated('";'),
    "quote comma line": _repeated('",'),
    "quote space line": _repeated('" '),
    "spaces in one line": _repeated(" "),
    "spaces after a letter": _after("a", " "),
    "spaces after a quote": _after('a;b\n"', " "),
    "long lines of quotes": _repeated('";' * 9_500 + "\n"),
    "long lines of bare quotes": _repeated('a"b";"' * 3_000 + "\n"),
    "lines of bare quotes": _repeated('a"b";' * 400 + "\n"),
    "lines of bare quotes, all marks": _repeated('a"b";"c",\'d"|"e\tf":g ' * 40 + "\n"),
    "spaces then quote": _after("a;b\n", " " * 60 + '"\n'),
    "spaces, delimiters": _after("a;b\n", ";" + " " * 20),
    "backslashes": _repeated("\\"),
    "backslash quotes": _after('"', '\\\\\\"'),
    "backslash quote lines": _after("a;b\n", '"x\\";y\n'),
    "one line of letters": _repeated("a"),
    "one line of digits": _repeated("1"),
    "one line of commas": _repeated(","),
    "long lines of commas": _repeated("," * 900 + "\n"),
    "long lines of digits": _repeated("1" * 390 + ";" + "2" * 390 + "\n"),
    "long decimals": _distinct(lambda n: f"{n};{'9' * 300}{n},{n}\n"),
    "huge exponents": _distinct(lambda n: f"{n};1e{n % 9999}\n"),
    "columns 5,000": _columns(5000),
    "columns 1,000": _columns(1000),
    "columns 999 empty": _after(";".join(f"c{n}" for n in range(999)) + "\n", ";" * 998 + "\n"),
    "columns 999, short rows": _after(";".join(f"c{n}" for n in range(999)) + "\n", "a\n"),
    "columns ragged": _distinct(lambda n: ";".join("x" * (1 + n % 40)) + "\n"),
    "columns ragged wide": _distinct(lambda n: ";".join("x" * (1 + n * 37 % 900)) + "\n"),
    "all marks": _repeated(_MARKS + "\n"),
    "alternating marks": _distinct(
        lambda n: f"a{n}{_MARKS[n % 11]}b{_MARKS[n % 11]}{n}{_MARKS[n % 11]}d\n"
    ),
    "jumble of marks": _jumbled([*';,\t|":^~ab1. \n', "\r\n", '""']),
    "jumble of quotes": _jumbled([*'""\';\nab', '";"', '"\n"']),
    "NUL": _repeated(b"\0"),
    "NUL in cells": _repeated(b"a\0b;c\0d;longer text here\n"),
    "NUL between": _repeated(b"a\0b\0"),
    "random bytes": _random_bytes,
    "random text": _text_bytes,
    "UTF-16 garbage": _wide_garbage,
    "UTF-16 table": _wide_table,
    "UTF-32 mark": _after("\ufeff", "\U0001f600;\n"),
    "marks of order": _repeated("\ufeff"),
    "invisible": _distinct(lambda n: f"a{n}{_INVISIBLE[n % 11]};{_INVISIBLE[n % 7]}{n}\n"),
    "invisible only": _repeated("\u200b\n"),
    "controls": _distinct(lambda n: f"abcdefghijk{n};lmnopqrst\x01{n};abcdefghi\n"),
    "mojibake": _distinct(lambda n: f"Ã©tÃ© {n};â€œ{n}â€\u0153;Ã‰\n"),
    "windows-1252": _repeated("é;à;1,5 €\n".encode("cp1252")),
    "UTF-8 and windows": _repeated("é;a\n".encode() + "é;b\n".encode("cp1252")),
    "high bytes": _repeated(bytes(range(128, 256)) + b"\n"),
    "lost characters": _repeated("\ufffd;a\n"),
    "formulas": _distinct(lambda n: f"=cmd{n};@a{n};+b{n}\n"),
    "errors": _after("a;b\n", "#REF!;#N/A\n"),
    "ambiguous numbers": _after("a;b\n", "1,234;1.234\n"),
    "ambiguous dates": _after("a;b\n", "01/02/2026;02/03/2026\n"),
    "bad dates": _distinct(lambda n: f"{n % 28 + 1}/{n % 12 + 1}/2026;{n}/13/20{n % 80}\n"),
    "bad numbers": _distinct(lambda n: f"{n};{n if n % 4 else 'x'}{n}\n"),
    "same key": _after("code;valeur\n", "A;1\n"),
    "headers repeated": _repeated("code;valeur\n"),
    "tables repeated": _distinct(lambda n: f"c{n}x;v{n}y\nA-1;1\n\n"),
    "totals": _after("code;valeur;note\n", "Total;;\n"),
    "totals at the end": _after("code;valeur;note\nA;1;b\n", "\nTotal général : 3\n"),
    "blank rows": _after("a;b\n1;2\n", ";\n"),
    "rows apart": _distinct(lambda n: f"A-{n};{n}\n\n"),
    "missing delimiters": _distinct(lambda n: f"A-{n:05};{n:05}{n:05};2026-01-{n % 28 + 1:02}\n"),
    "some missing delimiters": _distinct(
        lambda n: f"A-{n:05};{n:05}{';' if n % 4 else ''}{n:05};2026-01-{n % 28 + 1:02}\n"
    ),
    "open quote at start": _open_at_start,
    "open quotes now and then": _distinct(
        lambda n: f"{chr(34) if n % 9 == 0 else ''}A-{n};{n};texte\n"
    ),
    "cells of many lines": _distinct(lambda n: f'A-{n};"' + "x\n" * 150 + '";3\n'),
    "cells of many lines, open": _distinct(lambda n: f'A-{n};"' + "x\n" * 250 + "\n"),
    "sep= line": _after("sep=;\n", "a;b\n"),
    "sep= letter": _after("sep=a\n", "banana\n"),
    "object": _after('{"a":', "["),
    "page": _after("<html>", "<td>a</td>\n"),
    "figures with spaces": _distinct(lambda n: f"{n // 1000} {n % 1000:03};{n} $;({n})\n"),
    "sound": _distinct(lambda n: f"IND-{n % 50:03};ORG-{n % 7};2026-01-{n % 28 + 1:02};{n},25\n"),
}


def shapes(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Every shape once, by name, each of ``SIZE`` bytes."""
    for name, made in SHAPES.items():
        yield name, made(chance)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file with up to thirty pieces put in, taken out, repeated or written over."""
    damage = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(damage) + 1)
        length = min(chance.choice((1, 1, 3, 20, 400)), len(damage) - at)
        match chance.randrange(5):
            case 0:
                damage[at:at] = chance.choice(_TOKENS)
            case 1:
                del damage[at : at + length]
            case 2:
                damage[at:at] = damage[at : at + length]
            case 3:
                damage[at : at + length] = chance.randbytes(length)
            case _:
                damage[at : at + length] = chance.choice(_TOKENS) * chance.randint(1, 5)
    return bytes(damage)


def patched(chance: random.Random) -> bytes:
    """A shape of ``SIZE`` bytes made of slices of several others, with marks between them."""
    parts = []
    for name in chance.sample(sorted(SHAPES), chance.randint(2, 4)):
        data = SHAPES[name](chance)
        start = chance.randrange(len(data))
        parts.append(data[start : start + chance.randint(1, SIZE // 2)])
        parts.append(chance.choice(_TOKENS))
    joined = b"".join(parts)
    return (joined * (SIZE // len(joined) + 1))[:SIZE]
