"""Receipts on the screen."""
