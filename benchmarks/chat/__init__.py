"""Two hundred conversations at once: how soon a message is on the other side, and that none is lost or doubled."""
