"""Something that appears when its time has come."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, Node, Text


class After(rx.Component):
    """Children from `moment` (ISO, "" for now) on; `before` until then."""

    library = f"{KIT_FOLDER}/after"
    tag = "After"
    moment: rx.Var[str]
    before: rx.Var[rx.Component]


def after(moment: Text, *children: Node, before: rx.Component) -> rx.Component:
    """Show `children` once `moment` has come by this browser's clock, `before` until then."""
    return After.create(*children, moment=moment, before=before)
