"""Measurements whose results are ratios: they hold on any machine, busy or idle, where bare figures would not."""
