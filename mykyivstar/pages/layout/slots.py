"""Places in the pages that are filled only in some installations."""

from collections.abc import Callable

import reflex as rx

_demo_hints: list[Callable[[], rx.Component]] = []


def demo_hint() -> rx.Component:
    """Where the demo says that it is one, and where its SMS can be read; nothing elsewhere."""
    return rx.fragment(*[make() for make in _demo_hints])


def fill_demo_hint(make: Callable[[], rx.Component]) -> None:
    """Called before the pages are made, in installations with a demo world."""
    _demo_hints.append(make)
