"""Paying: top-up, its check page, the universal account, payments."""
