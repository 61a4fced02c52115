"""The page of one application, the same for its customer and for the desk."""

from typing import Any

import reflex as rx

from mykyivstar.components import card, loading, page_title, skeleton, text_link
from mykyivstar.i18n import t
from mykyivstar.pages.applications.words import wish_name
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for


def one_application(state: Any, content: rx.Component, nothing: rx.Component, *, back: str) -> rx.Component:
    """What there is of it, or that there is nothing; `state` has `application`, `standing` and `load`."""
    one, standing = state.application, standing_at(state)
    return rx.el.div(
        page_title(
            rx.cond(standing == "ready", wish_name(one.kind), t("Application")),
            back=text_link(t("Applications"), href=back),
        ),
        rx.el.div(
            rx.match(
                standing,
                ("ready", content),
                ("nothing", nothing),
                waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), state.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )
