"""The charge calendar page."""
