"""The lists of work at the desk: which ones are shown, and a line for each."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mykyivstar.components import Choice, card, loading, page_title, radio_cards, rows, skeleton
from mykyivstar.pages.layout.waiting_for import waiting_for


def work_list(
    state: Any, title: rx.Var, lines: rx.Component, *, count: rx.Var, which: rx.Var, shown: Sequence[Choice], empty: Any
) -> rx.Component:
    """The page of a list; `state` has `ready`, `shown`, `show_only` and `load`, `empty` stands there without lines."""
    return rx.el.div(
        page_title(title),
        radio_cards("shown", which, shown, chosen=state.shown, on_change=state.show_only, hide_legend=True),
        rx.cond(
            state.ready,
            card(rx.cond(count > 0, rows(lines, label=title), empty)),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), state.load),
        ),
        class_name="stack",
    )
