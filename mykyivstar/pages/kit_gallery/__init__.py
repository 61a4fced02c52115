"""The page that shows the UI kit, in parts."""
