"""Screens of visits to service centres."""
