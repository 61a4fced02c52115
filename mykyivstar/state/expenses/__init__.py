"""Expenses on the screen."""
