"""Home internet that does not work: the check, requests with visits, outages by address, credit (H4, H6, N7)."""
