"""Forms that are sent twice at the same moment."""
