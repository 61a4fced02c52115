"""How the demo says that it is one: a word beside the name on every page, and on the start the way to its phones."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, link_button, notice
from mykyivstar.i18n import t
from mykyivstar.pages.layout.slots import fill_demo_hint, fill_demo_mark


def demo_mark() -> rx.Component:
    """The word beside the name."""
    return badge(t("Demo"), tone="warning")


def demo_hint() -> rx.Component:
    """Whom to sign in as, and where the code comes."""
    return notice(
        t("Sign in as Olena with the number 067 100 00 01. The code comes to the demo phone: open it in another tab."),
        title=t("This is a demo: people, numbers and money are made up"),
        action=link_button(
            t("Demo phone"), href=routes.DEMO_PHONE, size="small", variant="quiet", icon="smartphone", target="_blank"
        ),
    )


fill_demo_mark(demo_mark)
fill_demo_hint(demo_hint)
