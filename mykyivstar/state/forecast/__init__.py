"""The charge calendar on the screen."""
