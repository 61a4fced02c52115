"""Bounded paging by key: stable while rows are being added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page, newest first; `after` is the key to ask the next one with, None when this was the last."""

    rows: Sequence[T]
    after: str | None
