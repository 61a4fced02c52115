"""The numbers and accounts of a person: their list, and adding one."""
