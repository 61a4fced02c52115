"""Bonuses of home internet: earned on the fourth, moved to mobile numbers, spent before money, gone after twenty days."""
