"""Leaving the app for a page that is no part of it: the bank's."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, Text


class Departure(rx.Component):
    """Goes to `to` whenever `stamp` is new in this tab."""

    library = f"{KIT_FOLDER}/departure"
    tag = "Departure"
    to: rx.Var[str]
    stamp: rx.Var[str]


def departure(to: Text, *, stamp: Text) -> rx.Component:
    """Load the page at `to`, another site's or our own, once for each `stamp`; shows nothing.

    The page one leaves stays in the browser's history, and coming back to it does not lead away again.
    """
    return Departure.create(to=to, stamp=stamp)
