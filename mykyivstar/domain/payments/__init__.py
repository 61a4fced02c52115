"""Payments: money on its way to lines and internet accounts, wherever it comes from."""
