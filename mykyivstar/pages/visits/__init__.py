"""Pages of visits to service centres."""
