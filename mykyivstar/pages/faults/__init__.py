"""The page of faults of home internet."""
