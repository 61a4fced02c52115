"""Talking to a specialist, as a customer sees it."""
