"""The dashboard, section by section."""
