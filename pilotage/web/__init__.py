"""The FastAPI application around the rooms."""
