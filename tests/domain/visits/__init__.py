"""Visits to service centres."""
