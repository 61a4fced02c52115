"""Requests that are answered in hours, not in seconds (K5)."""
