"""The page of a SIM."""
