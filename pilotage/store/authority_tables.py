"""Tables of who may send and until when figures may move: tokens, closed periods.

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
