"""What an installation may choose, read once from ``PILOTAGE_*`` variables.

| variable | default | meaning |
|---|---|---|
| PILOTAGE_HOME | ``var`` | archive, journal, projection, logs |
| PILOTAGE_HOST, PILOTAGE_PORT | ``127.0.0.1``, ``8050`` | where the server listens |
| PILOTAGE_UPLOAD_LIMIT | 536870912 | largest file received, in bytes |
| PILOTAGE_FISCAL_MONTH | 4 | first month of the fiscal year |
| PILOTAGE_DEMO | on for a loopback address | sample people and the « voir comme » switch |
| PILOTAGE_INCOMING | none | watched folder, ``<organisation>/*.csv`` or ``*.csv`` |
| PILOTAGE_AS_OF | today | judging date, ``YYYY-MM-DD`` |
| PILOTAGE_RULES | ``reference`` | whose rules tell signal from noise: ``nhs-excel``, ``abspc`` |
| PILOTAGE_SOURCE, PILOTAGE_SOURCE_EN | none | the name of the data, on the band of every page |
| PILOTAGE_FICTITIOUS | off | says on every page that the figures are made up |
| PILOTAGE_SMTP | none | mail server of the reminders, ``host:port`` |
| PILOTAGE_MAIL_FROM | ``pilotage@localhost`` | whom the reminders come from |
| PILOTAGE_SECRET | made in the home, in demonstration | ≥ 32 characters; signs, never shown |
"""

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pilotage.errors import InvalidSetting

_MEBIBYTE = 2**20
_SHORTEST_SECRET = 32
_FEWEST_LETTERS = 8
RULES = ("reference", "nhs-excel", "abspc")
"""Whose rules say what is more than chance; ``assessment/xmr.py`` holds them."""
_YES, _NO = {"1", "true", "yes", "oui", "on"}, {"0", "false", "no", "non", "off", ""}


@dataclass(frozen=True)
class Settings:
    """One installation's choices; build it with ``from_environment``."""

    home: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8050
    upload_limit_bytes: int = 512 * _MEBIBYTE
    fiscal_month: int = 4
    demo: bool = True
    incoming: Path | None = None
    as_of: date | None = None
    rules: str = "reference"
    source_fr: str | None = None
    source_en: str | None = None
    is_fictitious: bool = False
    secret: str | None = field(default=None, repr=False)
    smtp: str | None = None
    mail_from: str | None = None

    def __post_init__(self) -> None:
        """Refuse what would be unsafe. Raises InvalidSetting."""
        if self.demo and not is_loopback(self.host):
            raise InvalidSetting(
                f"Le mode démonstration n'écoute que cette machine, pas « {self.host} ». "
                "Retirez PILOTAGE_HOST ou réglez PILOTAGE_DEMO=0.",
                f"Demonstration mode only listens to this machine, not to “{self.host}”. "
                "Unset PILOTAGE_HOST or set PILOTAGE_DEMO=0.",
            )
        if self.secret is not None and _is_weak(self.secret):
            raise _weak_secret()
        if self.secret is None and not self.demo:
            raise _weak_secret()

    @property
    def address(self) -> str:
        """The address to print and to open."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def source_name(self, lang: str) -> str | None:
        """The name of the data in that language; None where nobody named it."""
        return (self.source_en or self.source_fr) if lang == "en" else self.source_fr


def is_loopback(host: str) -> bool:
    """True for this machine only; a name other than ``localhost`` is not trusted to be it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises InvalidSetting with a sentence naming the variable."""
    given = os.environ if environment is None else environment
    host = given.get("PILOTAGE_HOST", "127.0.0.1")
    incoming, as_of = given.get("PILOTAGE_INCOMING"), given.get("PILOTAGE_AS_OF")
    return Settings(
        home=Path(given.get("PILOTAGE_HOME", "var")),
        host=host,
        port=_whole(given, "PILOTAGE_PORT", 8050, 0, 65535),
        upload_limit_bytes=_whole(given, "PILOTAGE_UPLOAD_LIMIT", 512 * _MEBIBYTE, 1, 2**50),
        fiscal_month=_whole(given, "PILOTAGE_FISCAL_MONTH", 4, 1, 12),
        demo=_switch(given, "PILOTAGE_DEMO", is_loopback(host)),
        incoming=Path(incoming) if incoming else None,
        as_of=_day(as_of) if as_of else None,
        rules=_rules(given.get("PILOTAGE_RULES") or "reference"),
        source_fr=given.get("PILOTAGE_SOURCE") or None,
        source_en=given.get("PILOTAGE_SOURCE_EN") or None,
        is_fictitious=_switch(given, "PILOTAGE_FICTITIOUS", False),
        secret=given.get("PILOTAGE_SECRET"),
        smtp=_host_and_port(given.get("PILOTAGE_SMTP")),
        mail_from=given.get("PILOTAGE_MAIL_FROM") or None,
    )


def secret_of(settings: Settings) -> str:
    """The secret given, or one made once for this home and kept there, readable by its owner."""
    if settings.secret is not None:
        return settings.secret
    kept = settings.home / "secret"
    if kept.is_file():
        return kept.read_text(encoding="ascii").strip()
    made = secrets.token_urlsafe(48)
    kept.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made)
    return made


def _is_weak(secret: str) -> bool:
    return len(secret) < _SHORTEST_SECRET or len(set(secret)) < _FEWEST_LETTERS


def _weak_secret() -> InvalidSetting:
    return InvalidSetting(
        "PILOTAGE_SECRET manque ou se devine. Donnez au moins 32 caractères tirés au hasard.",
        "PILOTAGE_SECRET is missing or easy to guess. Give at least 32 random characters.",
    )


def _whole(given: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = given.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise InvalidSetting(
            f"{name} : « {text} » n'est pas un nombre entier de {low} à {high}.",
            f"{name}: “{text}” is not a whole number from {low} to {high}.",
        )
    return int(text)


def _host_and_port(text: str | None) -> str | None:
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise InvalidSetting(
            f"PILOTAGE_SMTP : « {text} » ne s'écrit pas comme courriel.exemple.ca:587.",
            f"PILOTAGE_SMTP: “{text}” is not written like mail.example.ca:587.",
        )
    return text


def _switch(given: Mapping[str, str], name: str, default: bool) -> bool:
    if name not in given:
        return default
    text = given[name].strip().lower()
    if text not in _YES | _NO:
        raise InvalidSetting(
            f"{name} : « {text} » n'est ni 1 (oui) ni 0 (non).",
            f"{name}: “{text}” is neither 1 (yes) nor 0 (no).",
        )
    return text in _YES


def _rules(text: str) -> str:
    if text not in RULES:
        names = ", ".join(RULES)
        raise InvalidSetting(
            f"PILOTAGE_RULES : « {text} » n'est pas l'une de {names}.",
            f"PILOTAGE_RULES: “{text}” is not one of {names}.",
        )
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidSetting(
            f"PILOTAGE_AS_OF : « {text} » n'est pas une date. Écrivez par exemple 2026-03-31.",
            f"PILOTAGE_AS_OF: “{text}” is not a date. Write for example 2026-03-31.",
        ) from None
