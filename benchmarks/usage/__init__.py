"""How fast usage records are stored, paged through and summed when there are ten million of them."""
