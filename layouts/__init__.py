"""Rooms drawn as Dash components; pure."""
