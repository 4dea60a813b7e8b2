"""Who looks, and the frozen scope through which everything is read."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from pilotage.domain.indicator import Level, Visibility


class Role(StrEnum):
    """What a person is allowed to be in one organisation and below it."""

    PUBLIC = "public"
    TEAM_MEMBER = "team_member"
    MANAGER = "manager"
    DEPUTY_MINISTER = "deputy_minister"
    STEWARD = "steward"
    CENTRAL = "central"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Viewer:
    """A person, the role in which she looks and the organisation it holds for."""

    viewer_id: str
    name: str
    role: Role
    organisation_id: str | None


@dataclass(frozen=True)
class Scope:
    """What one viewer may read: organisations, levels and visibilities, computed on the server.

    ``everything`` means every organisation; then ``organisation_ids`` is empty and unused.
    ``loadable`` are the organisations she may load for (``everything`` does not imply it).
    """

    viewer_id: str
    role: Role
    everything: bool
    organisation_ids: frozenset[str]
    levels: frozenset[Level]
    visibilities: frozenset[Visibility]
    published_only: bool
    loads_everything: bool
    loadable: frozenset[str]

    @property
    def digest(self) -> str:
        """A short stable name of this scope, for cache keys: equal scopes, equal digests."""
        parts = (
            str(self.everything),
            *sorted(self.organisation_ids),
            "|",
            *sorted(self.levels),
            "|",
            *sorted(self.visibilities),
            str(self.published_only),
            str(self.role),
        )
        return sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    def may_see(self, organisation_id: str) -> bool:
        """True when the organisation itself is inside the scope."""
        return self.everything or organisation_id in self.organisation_ids

    def may_load(self, organisation_id: str) -> bool:
        """True when a file for this organisation may be loaded."""
        return self.loads_everything or organisation_id in self.loadable
