"""Alembic's door: the journal hands its open connection over."""

from alembic import context

from pilotage.store.journal import journal_metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=journal_metadata
)
with context.begin_transaction():
    context.run_migrations()
