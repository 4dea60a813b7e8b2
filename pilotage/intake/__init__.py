"""A CSV as received, turned into staged rows or into every problem it has."""
