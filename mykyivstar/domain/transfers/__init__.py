"""Transfers: money from one's own line to another line or internet account (D5, D6)."""
