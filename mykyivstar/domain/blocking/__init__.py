"""Blocking a SIM for a time, and unblocking it (G1)."""
