"""Limits of money and data per line and month, their alerts, and data that is paused (N5)."""
