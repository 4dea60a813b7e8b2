"""The only SQL of the project: archive, journal and the DuckDB projection."""
