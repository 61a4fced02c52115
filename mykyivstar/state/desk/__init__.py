"""The desk, as the staff see it."""
