"""The people of the desk."""

from tests.domain.support.conftest import hall

__all__ = ["hall"]
