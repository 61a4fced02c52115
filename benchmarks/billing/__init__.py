"""Charging runs and bonuses of many accounts."""
