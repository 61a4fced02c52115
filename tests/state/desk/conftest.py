"""The people who talk, before their screens."""

from tests.state.rooms import rooms

__all__ = ["rooms"]
