"""What can go wrong, said to a person.

    PilotageError          anything below; carries one sentence in each language
    ├── Refused            asked for something the rules do not allow (a setting, a file, an action)
    │   ├── AlreadyOpen    the warehouse is held by another process
    │   └── InvalidSetting a setting that cannot be used
    ├── Forbidden          outside the viewer's scope, or forged
    ├── NotFound           no such thing, or not one this viewer may know of
    ├── TooLarge           a body past the size limit
    └── Unavailable        cannot be done now: the disk fails, out of memory, stopping
        └── DiskFull       no room is left to keep anything

A sentence says where, what, and what to do. It never carries a path of the server, SQL or a
traceback: those go to the log, under the identifier the page shows.
"""
# ruff: noqa: N818 -- these are answers given to people (« refusé », « introuvable »), not faults

from typing import ClassVar


class PilotageError(Exception):
    """A fault with a sentence for the person who met it.

    ``fr`` and ``en`` are whole sentences. ``status`` is the HTTP answer, ``exit_code`` the one of
    the command line.
    """

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, fr: str, en: str) -> None:
        """Keep the sentence in both languages."""
        super().__init__(fr)
        self.fr = fr
        self.en = en

    def sentence(self, lang: str) -> str:
        """The sentence in that language; French for any language but English."""
        return self.en if lang == "en" else self.fr


class Refused(PilotageError):
    """The rules do not allow what was asked."""

    status = 409
    exit_code = 2


class AlreadyOpen(Refused):
    """Another process holds the warehouse."""

    status = 503

    def __init__(self, place: str) -> None:
        """``place`` is the home, as the person wrote it."""
        super().__init__(
            f"L'entrepôt de « {place} » est déjà ouvert par un autre processus. "
            "Arrêtez-le, ou passez par lui : les commandes parlent au serveur qui tourne.",
            f"The warehouse in “{place}” is already open in another process. "
            "Stop it, or go through it: commands talk to the running server.",
        )


class InvalidSetting(Refused):
    """A setting that cannot be used."""


class Forbidden(PilotageError):
    """Outside what this viewer may see or do."""

    status = 403

    def __init__(self, fr: str | None = None, en: str | None = None) -> None:
        """The usual sentence, or a better one."""
        super().__init__(
            fr
            or "Cette page ne fait pas partie de ce que vous pouvez voir. Revenez à votre salle.",
            en or "This page is not among those you may see. Go back to your room.",
        )


class NotFound(PilotageError):
    """No such thing here; said in the same words as « not yours » so that nothing is learnt."""

    status = 404

    def __init__(self, fr: str | None = None, en: str | None = None) -> None:
        """The usual sentence, or a better one."""
        super().__init__(
            fr or "Rien de ce nom ici. Vérifiez l'adresse ou revenez à votre salle.",
            en or "Nothing of that name here. Check the address or go back to your room.",
        )


class TooLarge(PilotageError):
    """A body past the size limit."""

    status = 413

    def __init__(self, limit_bytes: int) -> None:
        """``limit_bytes`` is the limit, not the size found."""
        mebibytes = limit_bytes // 2**20
        fr, en = (
            (f"{mebibytes} Mio", f"{mebibytes} MiB")
            if mebibytes
            else (f"{limit_bytes} octets", f"{limit_bytes} bytes")
        )
        super().__init__(
            f"Le fichier dépasse la limite de {fr}. Séparez-le en plusieurs fichiers.",
            f"The file is larger than the limit of {en}. Split it into several files.",
        )


class Unavailable(PilotageError):
    """Cannot be done now; nothing was kept of the attempt."""

    status = 503


class DiskFull(Unavailable):
    """No room is left to keep anything; reading goes on."""

    status = 507

    def __init__(self) -> None:
        """The one sentence."""
        super().__init__(
            "Le disque du serveur est plein : rien n'a été gardé de cette demande. "
            "Prévenez l'administration, puis recommencez.",
            "The server's disk is full: nothing was kept of this request. "
            "Tell the administrators, then try again.",
        )
