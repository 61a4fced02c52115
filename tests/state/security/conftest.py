"""These screens are about people who sign in: the world of the identity tests."""

from tests.state.small_world import world

__all__ = ["world"]
