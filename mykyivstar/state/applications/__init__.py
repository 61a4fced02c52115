"""Personal data and applications to change them."""
