"""Links to pay by: making them, and paying by one without signing in."""
