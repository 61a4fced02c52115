"""Agreeing to what costs money (O4)."""
