"""Stores and service centres."""
