"""Papers: what a receipt says, and how anybody can tell a genuine paper from another one (D2, O6)."""
