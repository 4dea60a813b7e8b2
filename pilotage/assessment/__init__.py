"""Pure functions from numbers to judgement: no I/O, no SQL."""
