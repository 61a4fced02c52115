"""How fast money moves, beside what the databases can do at most."""
