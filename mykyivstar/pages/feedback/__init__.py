"""Pages of the contact form."""
