"""The tree of a government."""

from dataclasses import dataclass
from enum import StrEnum


class OrganisationKind(StrEnum):
    """The rungs of the tree, from the whole to the team."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    BODY = "body"
    SECTOR = "sector"
    DIRECTORATE = "directorate"
    TEAM = "team"


@dataclass(frozen=True)
class Organisation:
    """One node of the tree, under its name in both languages."""

    organisation_id: str
    parent_id: str | None
    kind: OrganisationKind
    label_fr: str
    label_en: str | None
    state_function: str | None
