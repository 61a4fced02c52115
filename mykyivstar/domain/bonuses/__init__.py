"""Bonuses of home internet: earned on the fourth, moved to mobile numbers, spent first, gone after twenty days."""
