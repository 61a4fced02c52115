"""Where the money of a line or an internet account went."""
