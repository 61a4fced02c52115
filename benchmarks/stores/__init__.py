"""How long two thousand stores take to be searched."""
