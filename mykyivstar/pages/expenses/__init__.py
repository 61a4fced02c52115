"""Expenses: months, history, entries."""
