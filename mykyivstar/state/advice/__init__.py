"""Advice about tariffs on the screen."""
