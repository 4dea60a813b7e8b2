"""What moves while the server runs: version, hub, watched folder."""
