"""Tables of who may send, who must approve, and until when figures may move.

In the same projection as the facts, and made again with it; moments in UTC, without a zone.
"""

import sqlalchemy as sa

from pilotage.store.tables import metadata

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("token_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),  # SHA-256 of the secret, never the secret
    sa.Column("issued_at", sa.DateTime, nullable=False),
    sa.Column("issued_by", sa.Text, nullable=False),
    sa.Column("expires_at", sa.DateTime, nullable=False),
    sa.Column("revoked_at", sa.DateTime),
)

closings = sa.Table(
    "closings",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("through", sa.Date),  # last day closed; null: opened again
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
)

sign_off_rules = sa.Table(
    "sign_off_rules",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("indicator_id", sa.Text),  # null: every indicator of the organisation and below
    sa.Column("approver", sa.Text),  # null: shown without approval
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
)

delegations = sa.Table(
    "delegations",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("approver", sa.Text, nullable=False),
    sa.Column("delegate", sa.Text, nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),  # that day included
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
)

awaited = sa.Table(
    "awaited",
    metadata,
    sa.Column("load_seq", sa.Integer, nullable=False),
    sa.Column("approver", sa.Text, nullable=False),
)

sign_offs = sa.Table(
    "sign_offs",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("load_seq", sa.Integer, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),  # approved, returned
    sa.Column("approver", sa.Text),  # in whose name; null: taken back by its sender
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("note", sa.Text),
)

held_values = sa.Table(
    "held_values",
    metadata,
    sa.Column("load_seq", sa.Integer, nullable=False),
    sa.Column("load_line", sa.Integer, nullable=False),
    sa.Column("indicator_key", sa.Integer, nullable=False),
    sa.Column("organisation_key", sa.Integer, nullable=False),
    sa.Column("period_kind", sa.SmallInteger, nullable=False),
    sa.Column("period_start", sa.DateTime, nullable=False),
    sa.Column("period_end", sa.DateTime, nullable=False),
    sa.Column("value", sa.Double),
)
