"""Surfaces of the kit, as they are built."""

from typing import Any

import reflex as rx

from mykyivstar.components import link, steps


def tags(built: Any) -> list[str]:
    return [type(child).__name__ for child in built.children]


def test_what_stands_beside_the_number_of_a_step_is_one_thing() -> None:
    """Each step is a row of two columns: a link that were a thing of its own would be squeezed under the number."""
    listed = steps("Wait.", rx.fragment("Or", link("More help", href="/help")))
    in_words, with_link = listed.children
    assert tags(in_words) == ["Bare"]
    assert tags(with_link) == ["Div"]
