"""Home internet and television."""
