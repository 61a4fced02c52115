"""Papers as people get them: words in three languages, PDF, QR, letters and the page that proves them."""
