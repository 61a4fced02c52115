"""Help articles: the list, the search, one article (K4)."""
