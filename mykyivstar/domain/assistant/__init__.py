"""The online assistant: what a customer asks, answered from their own data and from the help articles (K4)."""
