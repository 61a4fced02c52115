"""Limits of a line and its paused data."""
