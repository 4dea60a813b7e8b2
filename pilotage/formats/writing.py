"""What both kinds of writing share: the languages, their locales and signs."""

from typing import Literal

from babel import Locale

Lang = Literal["fr", "en"]
NBSP = "\N{NO-BREAK SPACE}"
NO_VALUE = "—"
LOCALES: dict[Lang, Locale] = {"fr": Locale("fr", "CA"), "en": Locale("en", "CA")}
