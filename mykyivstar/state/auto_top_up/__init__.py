"""Auto top-up on the screen: the rules, and making one."""
