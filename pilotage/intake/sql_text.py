"""Names and texts written into SQL, where parameters cannot go."""


def quoted_name(name: str) -> str:
    """An identifier, safe inside double quotes."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text: str) -> str:
    """A text, safe inside single quotes."""
    return "'" + text.replace("'", "''") + "'"


def quoted_texts(texts: tuple[str, ...]) -> str:
    """Texts between commas."""
    return ", ".join(map(quoted_text, texts))
