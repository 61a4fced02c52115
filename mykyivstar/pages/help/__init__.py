"""Help that needs no sign-in: the search, the articles, the SMS that did not come."""
