"""Promised payments (N2): the operator lends a small sum and takes it back from the next money in."""
