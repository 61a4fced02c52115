"""Telling the other processes of this installation something that need not be kept."""

from collections.abc import AsyncIterator
from typing import Protocol


class Bell(Protocol):
    """Rings in every process but the one that rang. May fail silently: whatever matters is in the database."""

    async def ring(self, message: str) -> None:
        """Have the others hear this, now or never. Does not raise when nobody can be reached."""
        ...

    async def can_ring(self) -> bool:
        """Whether the others could be reached just now."""
        ...

    def rings(self) -> AsyncIterator[str]:
        """What the others ring from now on; comes back by itself after an interruption."""
        ...
