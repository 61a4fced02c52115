"""Help: articles about what this app does, in three languages, and the search among them (K4)."""
