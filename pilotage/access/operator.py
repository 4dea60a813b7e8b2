"""The person at the machine's own keyboard, who may read and load everything in its home."""

from pilotage.domain.indicator import Level, Visibility
from pilotage.domain.viewer import Role, Scope

OPERATOR = Scope(
    viewer_id="operator",
    role=Role.STEWARD,
    everything=True,
    organisation_ids=frozenset(),
    levels=frozenset(Level),
    visibilities=frozenset(Visibility),
    published_only=False,
    loads_everything=True,
    loadable=frozenset(),
)
"""What the command line works under: whoever can read the home's files can read what is in them."""
