"""Stores: the map with its list, and one of them."""
