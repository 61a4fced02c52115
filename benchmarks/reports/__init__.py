"""How fast call details become files, and what others feel of it."""
