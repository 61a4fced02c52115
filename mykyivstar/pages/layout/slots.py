"""Places in the pages that are filled only in some installations."""

from collections.abc import Callable

import reflex as rx

_Make = Callable[[], rx.Component]

_demo_hints: list[_Make] = []
_demo_marks: list[_Make] = []


def demo_hint() -> rx.Component:
    """Where the demo says how to try it; nothing elsewhere."""
    return rx.fragment(*[make() for make in _demo_hints])


def demo_mark() -> rx.Component:
    """Beside the name in the top bar: the word that this is a demo; nothing elsewhere."""
    return rx.fragment(*[make() for make in _demo_marks])


def fill_demo_hint(make: _Make) -> None:
    """Called before the pages are made, in installations with a demo world."""
    _demo_hints.append(make)


def fill_demo_mark(make: _Make) -> None:
    """Likewise for the mark."""
    _demo_marks.append(make)
