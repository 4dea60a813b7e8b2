"""``pilotage remind``: a message to each address of ``reminders.csv``.

A line names an organisation, told what is late of it and due, or a person (``viewer_id``), told
what changed in what she follows since her last message. Each message is kept in ``outbox/`` of the
home, under its day, whom it speaks of and its address: the same one is not sent twice. Without a
mail server, keeping it there is all that is done.
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
    """Who receives the digest of an organisation or of a person (``is_person``), and in what."""

    of: str
    address: str
    lang: Lang
    is_person: bool = False


def remind(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Montrer les messages sans les envoyer."))
    ] = False,
    home: Home = None,
    lang: Language = "fr",
) -> None:
    """Send each organisation what is late of it, each person what changed, once a day at most."""
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
    """The lines of ``organisation_id,address,lang,viewer_id``; the last one may be missing.

    Raises Refused with what to correct.
    """
    if not path.is_file():
        raise Refused(
            f"Écrivez {ADDRESSES} dans l'installation : organisation_id,address,lang,viewer_id.",
            f"Write {ADDRESSES} in the home: organisation_id,address,lang,viewer_id.",
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for number, row in enumerate(rows, start=2):
        place, person = (_cell(row, name) for name in ("organisation_id", "viewer_id"))
        address = _cell(row, "address")
        if (
            bool(place) == bool(person)
            or address.count("@") != 1
            or any(c.isspace() for c in address)
        ):
            raise Refused(
                f"{ADDRESSES}, ligne {number} : il faut une adresse, et une organisation ou une"
                " personne.",
                f"{ADDRESSES}, line {number}: an address is needed, and an organisation or a"
                " person.",
            )
        lang = language(row.get("lang"))
        found.append(Addressee(place or person, address, lang, is_person=bool(person)))
    return found


def _cell(row: dict[str, str | None], name: str) -> str:
    return (row.get(name) or "").strip()


def _told(home: Path, addressees: list[Addressee]) -> Iterator[tuple[Addressee, dict[str, Any]]]:
    """Each addressee who has something to read, with the digest."""
    for lang in ("fr", "en"):
        ours = [one for one in addressees if one.lang == lang]
        places = sorted({(one.of, one.lang) for one in ours if not one.is_person})
        people = sorted({(one.of, one.lang, _since(home, one)) for one in ours if one.is_person})
        if not ours:
            continue
        found = {one["of"]: one for one in _digests(home, places, people)}
        yield from ((one, found[one.of]) for one in ours if one.of in found)


def _digests(
    home: Path, places: list[tuple[str, Lang]], people: list[tuple[str, Lang, str]]
) -> list[dict[str, Any]]:
    """From the running server where there is one."""
    remote = importlib.import_module("pilotage.web.remote")
    told = remote.ask_server(home, "/api/digests", {"asked": places, "people": people})
    if told is not None:
        return list(told["digests"])
    room = importlib.import_module("pilotage.rooms.digest")
    web = importlib.import_module("pilotage.web.digests")
    known = importlib.import_module("pilotage.web.application").identities_of
    with opened(home) as warehouse:
        identities, _ = known(from_environment(), warehouse)
        found = [
            *room.digests(OPERATOR, warehouse, places),
            *web.followers(warehouse, identities, people),
        ]
        return [web.said(one) for one in found]


def _since(home: Path, one: Addressee) -> str:
    """The day of her last message, kept in the outbox; empty where there was none."""
    kept = sorted((home / "outbox").glob(f"*-{_who(one)}.eml"))
    return kept[-1].name[: len("2026-11-30")] if kept else ""


def _message(one: Addressee, digest: dict[str, Any], settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from or "pilotage@localhost"
    message["To"] = one.address
    message["Subject"] = digest["subject"]
    message.set_content(digest["text"])
    return message


def _kept_as(home: Path, one: Addressee, digest: dict[str, Any]) -> Path:
    """The file of that message; its name says the day, and no address in clear."""
    return home / "outbox" / f"{digest['on']}-{_who(one)}.eml"


def _who(one: Addressee) -> str:
    return hashlib.sha256(f"{one.of}\x1f{one.address}".encode()).hexdigest()[:16]


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
