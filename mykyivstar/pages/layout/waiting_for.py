"""What stands where a page's content will be: its shape, or that it could not be read and how to try again."""

from typing import Any

import reflex as rx

from mykyivstar.components import card, failed_state
from mykyivstar.state.failure import FailureState


def waiting_for(shape: rx.Component, *again: Any) -> rx.Component:
    """`shape` until the page is read; after a failure its incident, and a button that runs `again` (event handlers)."""
    retry = [FailureState.dismiss(), *[handler() for handler in again]]
    return rx.cond(FailureState.incident, card(failed_state(FailureState.incident, on_retry=retry)), shape)
