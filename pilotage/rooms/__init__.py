"""One module per page: a frozen dataclass holding exactly what the page shows."""
