"""My links to pay by, and the page that a link opens."""
