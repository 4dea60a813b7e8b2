"""A fictitious government written as contract CSV files."""
