"""Partners: banks, terminals and payment sites that take top-ups for us (D7)."""
