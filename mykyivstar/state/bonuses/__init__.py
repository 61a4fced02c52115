"""Bonuses of home internet, as the browser sees them."""
