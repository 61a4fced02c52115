"""Promised payments on the screen: asking for one, and what is owed."""
