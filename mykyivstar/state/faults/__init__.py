"""Home internet that does not work, on the screen: the check, requests, visits."""
