"""Who must approve a value before it shows, and who may sign in whose place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SignOffRule:
    """What an organisation asks for its values and those below it, or for one indicator's.

    ``approver``: a person's identifier; None says that no approval is asked.
    """

    organisation_id: str
    indicator_id: str | None
    approver: str | None


@dataclass(frozen=True)
class Delegation:
    """``delegate`` signs in the place of ``approver`` between two days, both included."""

    approver: str
    delegate: str
    starts_on: date
    ends_on: date

    def holds(self, on: date) -> bool:
        """True on the days it covers."""
        return self.starts_on <= on <= self.ends_on


def approver_of(
    rules: Iterable[SignOffRule], places: Sequence[str], indicator_id: str
) -> str | None:
    """Who approves a value of that indicator; None where nobody has to.

    ``places``: the organisation measured, then those above it, nearest first. A rule on the
    indicator comes before one on all of them; then the nearest organisation decides.
    """
    said = {(rule.organisation_id, rule.indicator_id): rule for rule in rules}
    for asked in (indicator_id, None):
        for place in places:
            if rule := said.get((place, asked)):
                return rule.approver
    return None


def signs_for(person: str, delegations: Iterable[Delegation], on: date) -> frozenset[str]:
    """The approvers in whose name a person signs on that day: her own, and those who delegated.

    A delegation is not passed on.
    """
    return frozenset(
        {person, *(one.approver for one in delegations if one.delegate == person and one.holds(on))}
    )
