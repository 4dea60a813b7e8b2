"""What the loading door gives back: a received file, a preview, how a load ended."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pilotage.access.person import person
from pilotage.i18n import Lang, translator


@dataclass(frozen=True)
class Received:
    """A file in the archive, under the name it came with; ``received_at`` in UTC."""

    sha256: str
    size_bytes: int
    stored_path: Path
    file_name: str
    received_at: datetime


@dataclass(frozen=True)
class Turned:
    """A verdict that a load would turn."""

    indicator_id: str
    organisation_id: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Revised:
    """A value that a load would revise."""

    indicator_id: str
    organisation_id: str
    period_start: datetime
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Preview:
    """What a load would change: whole counts, and the first revisions and turned verdicts."""

    new: int
    changed: int
    unchanged: int
    refused: int
    revised: tuple[Revised, ...]
    turned: tuple[Turned, ...]
    turned_total: int


@dataclass(frozen=True)
class LoadOutcome:
    """How a load ended; ``version`` is the sequence of its event, or of the load already made.

    ``awaited``: the persons whose approval it waits for.
    """

    state: Literal["loaded", "refused", "already_loaded", "held"]
    version: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    loaded_at: datetime | None = None
    awaited: tuple[str, ...] = ()

    def sentence(self, lang: Lang) -> str:
        """The outcome in one sentence."""
        _ = translator(lang)
        if self.state == "already_loaded":
            day = self.loaded_at.date().isoformat() if self.loaded_at else ""
            return _("Ce fichier est déjà chargé depuis le {day} ; rien n'a changé.").format(
                day=day
            )
        if self.state == "held":
            return _(
                "Reçu et vérifié : ce fichier attend l'approbation de {names}."
                " Ses valeurs ne paraîtront qu'ensuite."
            ).format(names=", ".join(person(one) or one for one in self.awaited))
        if self.state == "refused":
            return _.plural(
                "Le fichier est refusé : {n} ligne en erreur."
                " Il est gardé avec son rapport ; rien n'a changé.",
                "Le fichier est refusé : {n} lignes en erreur."
                " Il est gardé avec son rapport ; rien n'a changé.",
                self.refused,
            ).format(n=self.refused)
        counts = (
            _.plural("{n} nouvelle valeur", "{n} nouvelles valeurs", self.new).format(n=self.new),
            _.plural("{n} révisée", "{n} révisées", self.changed).format(n=self.changed),
            _.plural("{n} inchangée", "{n} inchangées", self.unchanged).format(n=self.unchanged),
            _.plural("{n} refusée", "{n} refusées", self.refused).format(n=self.refused),
        )
        return _("Chargé : {counts}.").format(counts=", ".join(counts))
