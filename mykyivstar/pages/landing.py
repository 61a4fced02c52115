"""The public start: what this is, the way in, what one can do here, how to reach us."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import card, icon, link_button, notice, section, steps, text_link
from mykyivstar.i18n import t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.slots import demo_hint
from mykyivstar.state.session import SessionState


@app_page(
    routes.LANDING,
    title=t("My Kyivstar"),
    shell="public",
    description=t("Balance, tariff and what is left on all your Kyivstar numbers and home internet, in one place."),
    on_load=[SessionState.go_in],
)
def landing() -> rx.Component:
    """Contents of the page."""
    return rx.el.div(
        opening(),
        demo_hint(),
        abilities(),
        beginning(),
        caution(),
        class_name="landing",
    )


def opening() -> rx.Component:
    """The promise and the way in."""
    return rx.el.section(
        rx.el.div(
            rx.el.h1(t("Everything from Kyivstar, in one place"), class_name="landing-title"),
            rx.el.p(
                t(
                    "All your numbers and your home internet: how much is left, what comes next, and the means to "
                    "change it."
                ),
                class_name="landing-lead",
            ),
            rx.el.div(
                link_button(t("Sign in"), href=routes.LOGIN, size="large"),
                link_button(t("Register"), href=routes.REGISTER, size="large", variant="quiet"),
                class_name="landing-actions",
            ),
            rx.el.p(
                icon("message-square-lock", size=18),
                t("All you need is your number: a code comes by SMS."),
                class_name="landing-hint",
            ),
            class_name="landing-words",
        ),
        picture(),
        class_name="landing-opening",
    )


def picture() -> rx.Component:
    """The dashboard in a few strokes; decoration only."""
    return rx.el.div(
        rx.el.div(class_name="picture-sun"),
        rx.el.div(
            rx.el.div(rx.el.i(class_name="picture-dot"), rx.el.i(class_name="picture-line"), class_name="picture-row"),
            rx.el.i(class_name="picture-amount"),
            rx.el.i(class_name="picture-pill"),
            class_name="card card-hero picture-hero",
        ),
        rx.el.div(
            *[
                rx.el.div(
                    icon(name, size=22),
                    rx.el.i(rx.el.i(class_name=f"picture-fill fill-{share}"), class_name="picture-bar"),
                )
                for name, share in (("phone", "long"), ("message-circle", "half"), ("globe", "short"))
            ],
            class_name="card picture-meters",
        ),
        class_name="picture",
        aria_hidden="true",
    )


def abilities() -> rx.Component:
    """What one can do here."""
    return section(
        rx.el.ul(
            ability(
                "layers",
                t("All your numbers together"),
                t("Your own, your family’s, your home internet: one sign-in, one click from one to another."),
            ),
            ability(
                "gauge", t("What is left"), t("Minutes, SMS and gigabytes of every package, and until when they last.")
            ),
            ability(
                "calendar-clock",
                t("What comes next"),
                t("The day and the sum of the next charge, and how much is missing for it."),
            ),
            ability(
                "refresh-cw",
                t("Always up to date"),
                t("A payment arrives or a package shrinks: you see it at once, without reloading."),
            ),
            ability(
                "key-round",
                t("Sign in your way"),
                t("With a code from an SMS, a password or a passkey: your fingerprint or face."),
            ),
            ability(
                "shield-check",
                t("You hold the keys"),
                t("See every device that is signed in, end any of them, hear of every new one."),
            ),
            class_name="abilities",
        ),
        title=t("What you can do here"),
    )


def ability(icon_name: str, title: rx.Var, text: rx.Var) -> rx.Component:
    """One thing."""
    return rx.el.li(
        rx.el.span(icon(icon_name, size=24), class_name="row-icon"),
        rx.el.h3(title, class_name="ability-title"),
        rx.el.p(text, class_name="muted"),
        class_name="card ability",
    )


def beginning() -> rx.Component:
    """How to start."""
    return section(
        card(
            steps(
                t("Enter your Kyivstar number, or the account number of your home internet."),
                t("Type the code that comes by SMS."),
                t("That is all: your balance, tariff and packages are on the screen."),
            )
        ),
        title=t("How to begin"),
    )


def caution() -> rx.Component:
    """The one rule that protects best."""
    return notice(
        t("Nobody from Kyivstar will ever ask you for it, on the phone or in a message."),
        kind="warning",
        title=t("Never tell a code from an SMS to anyone"),
        action=text_link(t("All safety rules"), href=routes.SAFETY),
    )
