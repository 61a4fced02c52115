"""Screens of visits."""
