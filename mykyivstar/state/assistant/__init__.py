"""The online assistant of the support page (K4)."""
