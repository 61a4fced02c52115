"""What pages of the desk have in common: a narrow column, and how what they are about is called."""

import reflex as rx

from mykyivstar.components import Choice
from mykyivstar.components.foundations import Node
from mykyivstar.i18n import t

TOPICS = (
    Choice("mobile", t("Mobile")),
    Choice("internet", t("Home internet")),
    Choice("corporate", t("Companies")),
)


def column(head: Node, *content: Node, is_wide: rx.Var | bool = False) -> rx.Component:
    """A page to be read from top to bottom: its title, and what stands below; wide for fields beside each other."""
    shape = rx.cond(is_wide, "stack", "narrow")
    return rx.el.div(head, rx.el.div(*content, class_name="stack"), class_name=shape)


def topic(specialism: rx.Var) -> rx.Var:
    """What somebody asks about, in a word or two."""
    first, *others = TOPICS
    return rx.match(specialism, *[(each.value, each.label) for each in others], first.label)
