"""What the address remembers of a page."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER


class Remember(rx.Component):
    """Keeps a value in the query of the address."""

    library = f"{KIT_FOLDER}/remember"
    tag = "Remember"
    name: rx.Var[str]
    value: rx.Var[str]


def remember(name: str, value: rx.Var) -> rx.Component:
    """Keep `?name=value` in the address while this is on the page, nothing for ""; shows nothing.

    A reload, a server that begins anew and a link sent to a colleague find it there. It is no step of the history.
    """
    return Remember.create(name=name, value=value)
