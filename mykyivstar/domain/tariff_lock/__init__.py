"""Money of a line that is set aside for its next tariff fee, by its owner's wish (O2)."""
