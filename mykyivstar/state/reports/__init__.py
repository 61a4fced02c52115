"""Call details and the reports that were ordered, as the browser sees them."""
