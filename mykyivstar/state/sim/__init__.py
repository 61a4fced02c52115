"""The SIM of a line: blocked for a time and unblocked."""
