"""Screens of the contact form."""
