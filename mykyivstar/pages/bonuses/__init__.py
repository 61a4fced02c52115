"""Bonuses of home internet."""
