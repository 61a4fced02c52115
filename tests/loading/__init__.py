"""How a page gets its state."""
