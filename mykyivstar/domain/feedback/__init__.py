"""What anybody may write to us without signing in, kept from robots without any outside service (K3)."""
