"""Schema of the journal, moved forward by Alembic; the projection is rebuilt, never migrated."""
