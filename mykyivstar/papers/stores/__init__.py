"""Stores as files to take away, and as a list that needs no scripts (J2)."""
