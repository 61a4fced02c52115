"""The short menu that a phone dials: balances and the main actions without internet (I5, O7)."""
