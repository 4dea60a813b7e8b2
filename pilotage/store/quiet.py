"""What people do and write about figures changes none of them."""

QUIET = frozenset({"blocker", "post", "follow", "publication"})
"""Kinds of events that leave every value, target, name, plan, action and right as they were."""
