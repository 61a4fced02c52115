"""Whether money survives: processes and databases are killed amid transfers, and then everything is counted."""
