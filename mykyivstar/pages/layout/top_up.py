"""The way to put money on the account, on every signed-in page (C4)."""

from typing import Literal

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import link_button, text_link
from mykyivstar.components.foundations import Text
from mykyivstar.i18n import t


def top_up_button(*, size: Literal["small", "large"] = "large", class_name: str | None = None) -> rx.Component:
    """The yellow button."""
    return link_button(
        t("Top up"), href=routes.TOP_UP, variant="accent", size=size, icon="wallet", class_name=class_name
    )


def top_up_link(href: Text = routes.TOP_UP) -> rx.Component:
    """The same as a quiet word at the end of a sentence."""
    return text_link(t("Top up"), href=href)


def top_up_address(key: rx.Var, kopiykas: rx.Var) -> rx.Var:
    """The form filled in for one of the own, with this sum where there is one."""
    to = f"{routes.TOP_UP}?to=" + key.to(str)
    return rx.cond(kopiykas.is_none(), to, to + "&amount=" + (kopiykas.to(int) / 100).to_string())
