"""``pilotage remind``: the digest of what is late and due, to each address of ``reminders.csv``.

Each message is kept in ``outbox/`` of the home, under its day, organisation and address: the same
one is not sent twice. Without a mail server, keeping it there is all that is done.
"""

import csv
import hashlib
import importlib
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated, Any

import typer

from pilotage.access.operator import OPERATOR
from pilotage.cli.option import Home, Language, home_of, lang_of, opened
from pilotage.errors import Refused, Unavailable
from pilotage.i18n import N_, Lang, language, translator
from pilotage.settings import Settings, from_environment

ADDRESSES = "reminders.csv"
_TIMEOUT_S = 30


@dataclass(frozen=True)
class Addressee:
    """Who receives the digest of an organisation, in which language."""

    organisation_id: str
    address: str
    lang: Lang


def remind(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Montrer les messages sans les envoyer."))
    ] = False,
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Send each organisation what is late of it, once a day at most."""
    said, place, settings = lang_of(lang), home_of(home), from_environment()
    _ = translator(said)
    sent = 0
    addressees = addressees_of(place / ADDRESSES)
    for one, digest in _told(place, addressees):
        message = _message(one, digest, settings)
        kept = _kept_as(place, one, digest)
        if dry_run:
            print(f"{one.address}\n{digest['subject']}\n{digest['text']}")
        elif not kept.exists():
            _send(message, kept, settings)
            sent += 1
    if not dry_run:
        words = _.plural("{n} rappel envoyé.", "{n} rappels envoyés.", sent)
        if settings.smtp is None:
            words = _.plural(
                "{n} rappel gardé dans outbox.", "{n} rappels gardés dans outbox.", sent
            )
        print(words.format(n=sent))


def addressees_of(path: Path) -> list[Addressee]:
    """The lines of ``organisation_id,address,lang``. Raises Refused with what to correct."""
    if not path.is_file():
        raise Refused(
            f"Écrivez {ADDRESSES} dans l'installation : organisation_id,address,lang.",
            f"Write {ADDRESSES} in the home: organisation_id,address,lang.",
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for number, row in enumerate(rows, start=2):
        place, address = (row.get("organisation_id") or "").strip(), (row.get("address") or "")
        address = address.strip()
        if not place or address.count("@") != 1 or any(c.isspace() for c in address):
            raise Refused(
                f"{ADDRESSES}, ligne {number} : il faut une organisation et une adresse.",
                f"{ADDRESSES}, line {number}: an organisation and an address are needed.",
            )
        found.append(Addressee(place, address, language(row.get("lang"))))
    return found


def _told(home: Path, addressees: list[Addressee]) -> Iterator[tuple[Addressee, dict[str, Any]]]:
    """Each addressee who has something to read, with the digest."""
    asked = sorted({(one.organisation_id, one.lang) for one in addressees})
    for lang in ("fr", "en"):
        pairs = [pair for pair in asked if pair[1] == lang]
        if not pairs:
            continue
        by_place = {one["organisation_id"]: one for one in _digests(home, pairs)}
        for one in addressees:
            if one.lang == lang and one.organisation_id in by_place:
                yield one, by_place[one.organisation_id]


def _digests(home: Path, pairs: list[tuple[str, Lang]]) -> list[dict[str, Any]]:
    """From the running server where there is one."""
    remote = importlib.import_module("pilotage.web.remote")
    told = remote.ask_server(home, "/api/digests", {"asked": pairs})
    if told is not None:
        return list(told["digests"])
    room = importlib.import_module("pilotage.rooms.digest")
    said = importlib.import_module("pilotage.web.digests").said
    with opened(home) as warehouse:
        return [said(one) for one in room.digests(OPERATOR, warehouse, pairs)]


def _message(one: Addressee, digest: dict[str, Any], settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from or "pilotage@localhost"
    message["To"] = one.address
    message["Subject"] = digest["subject"]
    message.set_content(digest["text"])
    return message


def _kept_as(home: Path, one: Addressee, digest: dict[str, Any]) -> Path:
    """The file of that message; its name says the day, and no address in clear."""
    who = hashlib.sha256(f"{one.organisation_id}\x1f{one.address}".encode()).hexdigest()[:16]
    return home / "outbox" / f"{digest['on']}-{who}.eml"


def _send(message: EmailMessage, kept: Path, settings: Settings) -> None:
    """Send, then keep: a message that could not leave is tried again at the next run."""
    if settings.smtp is not None:
        host, _, port = settings.smtp.rpartition(":")
        try:
            with smtplib.SMTP(host, int(port), timeout=_TIMEOUT_S) as server:
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls()
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as fault:
            raise Unavailable(
                f"Le serveur de courriel {settings.smtp} n'a pas pris le message : {fault}.",
                f"The mail server {settings.smtp} did not take the message: {fault}.",
            ) from fault
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(bytes(message))
