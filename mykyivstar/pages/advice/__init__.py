"""The page of advice about tariffs."""
