"""Auto top-up (N1): rules by which a saved card tops up a line or internet account, and what each of them did."""
