"""Charging runs: subscription fees in set-based batches, once per account and period."""
