"""The operator's people at the desk: their accounts, roles and sessions, apart from customers' (K6)."""
