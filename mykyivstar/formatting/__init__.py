"""Values to text, once for the whole server: money, dates, phone numbers, volumes."""
