"""The history of the database's shape. One revision serves SQLite and PostgreSQL alike."""
