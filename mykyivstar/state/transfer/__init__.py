"""Transferring from a balance, as the browser sees it."""
