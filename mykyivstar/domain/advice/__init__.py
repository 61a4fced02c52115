"""Which tariff would have been cheapest for what a line really used (F6, O3)."""
