"""A publication: a dated snapshot that never changes, and where it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

LONGEST_NOTE = 2000
"""Characters of a note at most, in each language."""


class PublicationState(StrEnum):
    """From a draft to the archive; no way back."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Note:
    """A note in plain language, in both languages or not at all."""

    fr: str
    en: str

    @property
    def is_empty(self) -> bool:
        """True where nothing is said."""
        return not (self.fr or self.en)


@dataclass(frozen=True)
class Publication:
    """One snapshot; moments naive UTC. ``drafted_by`` is none where the reader is the public.

    ``published_at`` is none for a draft, and for one set aside without having been published.
    """

    publication_id: str
    as_of: date
    state: PublicationState
    note: Note
    drafted_at: datetime
    drafted_by: str | None
    published_at: datetime | None
    archived_at: datetime | None

    @property
    def was_public(self) -> bool:
        """True where the public could read it, and still can."""
        return self.published_at is not None
