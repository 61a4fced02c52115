"""Limits of a line and its paused data, as the browser sees them."""
