"""Reports that subscribers order: call details, statements, invoices."""
