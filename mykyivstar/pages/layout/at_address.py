"""A page draws only what its state has read for the address that the browser is at (see `state.at_address`)."""

from typing import Any

import reflex as rx

from mykyivstar.components.address import is_at


def standing_at(state: Any) -> rx.Var[str]:
    """`state.standing`; "loading" while the state is still about another address."""
    return rx.cond(is_at(state.shown_for), state.standing, "loading")


def shown_for(state: Any) -> rx.Component:
    """In a form: which address it was drawn for; its handler demands that it is this one."""
    return rx.el.input(type="hidden", name="shown_for", value=state.shown_for)


def ready_at(state: Any) -> rx.Var[bool]:
    """`state.ready`, and about this address."""
    return is_at(state.shown_for) & state.ready
