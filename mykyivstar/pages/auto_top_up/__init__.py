"""The auto top-up page."""
