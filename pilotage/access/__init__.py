"""Who sees what: people, grants and scopes."""
