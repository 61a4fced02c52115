"""Who is there: known to the server and to what fuzzes it."""

PARTNER = "fuzz"
LINE = "0671000001"
ACCOUNT = "0004477622"
