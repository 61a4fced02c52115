"""My numbers: the list, and adding one."""
