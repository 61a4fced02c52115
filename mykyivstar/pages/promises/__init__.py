"""The promised payment page."""
