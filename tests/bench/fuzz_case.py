"""Hostile files for the reader: real ones broken at random, and shapes that cost the most."""

from collections.abc import Iterator
from random import Random

from tests.bench.pollution_case import Writing, table, written

MEGABYTE = 1_000_000
_PIECES = (b'"', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\\", b"\0", b"=1+1")
_ODD = (b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\x80", "\u200b".encode(), "Ã©".encode(), b"#REF!")
_STARTS = (
    b"",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"%PDF",
    b"sep=;\n",
    b"<html",
)


def shapes() -> Iterator[tuple[str, bytes]]:
    """Shapes of one megabyte that make a reader slow: short lines, one line, quotes, no end."""
    rows = {
        "short lines": b"a\n",
        "short rows": b"1;2\n",
        "blank rows": b" ,\t\n",
        "quotes alone on lines": b'"\n',
        "quotes alone": b'"',
        "stray quotes": b'a"b,c\n',
        "escaped quotes": b'"a\\"b",c\n',
        "every delimiter": b",;|\t",
        "mixed delimiters": b"a,b;c|d\te\n",
        "mixed line ends": b"a,b\r\nc,d\re,f\n",
        "formulas": b"=1+1,@x\n",
        "mojibake": "été,hôpital\n".encode().decode("cp1252").encode(),
        "invisible": "a\u200b,b\u00ad\n".encode(),
        "one row said again": b"a,a,a\n",
        "spreadsheet errors": b"#REF!,#N/A\n",
        "one cell": b"x",
        "one row": b"abc,",
        "nothing": b"\0",
    }
    for name, row in rows.items():
        yield name, (row * (MEGABYTE // len(row) + 1))[:MEGABYTE]
    yield "a quote never closed", b'a,b\n"x,1\n' + (b"y,2\n" * MEGABYTE)[: MEGABYTE - 10]
    header = ",".join(f"c{n}" for n in range(5_000)).encode() + b"\n"
    yield "5,000 columns", (header + (b"1," * 4_999 + b"1\n") * 100)[:MEGABYTE]


def broken(chance: Random) -> bytes:
    """A table written in some way, then cut, repeated, and broken at a few places or at many."""
    how = Writing(chance.choice([",", ";", "\t", "|"]), end=chance.choice(["\n", "\r\n", "\r"]))
    data = bytearray(written(table(), how).encode(chance.choice(["utf-8", "cp1252", "utf-16"])))
    data *= chance.choice([1, 1, 1, 20])
    for _ in range(chance.choice([1, 5, 50, 500])):
        at = chance.randrange(len(data) + 1)
        piece = chance.choice([*_PIECES, *_ODD, chance.randbytes(chance.randint(1, 40))])
        match chance.randrange(3):
            case 0:
                data[at:at] = piece
            case 1:
                data[at : at + len(piece)] = piece
            case _:
                del data[at : at + chance.randint(1, 200)]
    return chance.choice(_STARTS) * (chance.random() < 0.2) + bytes(data[:MEGABYTE])
