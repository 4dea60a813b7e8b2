"""Salle de pilotage virtuelle: the steering room without its screen."""
