"""Call details and ordered reports."""
