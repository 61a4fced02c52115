"""How a page gets its state when a browser connects: only what it needs, all at once."""
