"""Transferring from a balance."""
