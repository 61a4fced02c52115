"""What stands around the content of a page: landmarks, bars, the skip link, the things that watch."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from mykyivstar import routes
from mykyivstar.components import button, icon, link, notice
from mykyivstar.components.client import Arrival, BrandMark, WhenOffline
from mykyivstar.components.session_gate import SessionGate
from mykyivstar.i18n import t
from mykyivstar.pages.layout.bars import (
    bare_top_bar,
    bottom_bar,
    customer_top_bar,
    menu_sheet,
    public_top_bar,
    side_menu,
)
from mykyivstar.pages.layout.footer import footer
from mykyivstar.pages.layout.proof_dialog import proof_dialog
from mykyivstar.state.failure import FailureState
from mykyivstar.state.session import SessionState
from mykyivstar.state.shell import ShellState

_MAIN = "main"


def public_frame(content: rx.Component) -> rx.Component:
    """For everybody: top bar, content, foot."""
    return _page(public_chrome(), page_main(content), footer_memo(), kind="public")


def bare_frame(content: rx.Component) -> rx.Component:
    """For steps: brand and language only, the content in the middle."""
    return _page(bare_chrome(), page_main(content), kind="bare")


def customer_frame(content: rx.Component) -> rx.Component:
    """For a signed-in person: top bar, side menu or bottom bar."""
    return _page(customer_chrome(), page_main(content), customer_foot(), kind="customer")


def anybody_frame(content: rx.Component) -> rx.Component:
    """For whoever may see this page, signed in or not: the bars of the one or the other."""
    return rx.el.div(
        rx.cond(ShellState.is_nobody, bare_chrome(), customer_chrome()),
        page_main(content),
        rx.cond(ShellState.is_nobody, rx.fragment(), customer_foot()),
        Arrival.create(),
        class_name=rx.cond(ShellState.is_nobody, "frame frame-bare", "frame frame-customer"),
    )


def open_frame(content: rx.Component) -> rx.Component:
    """For what is public, within the bars of whoever is signed in."""
    is_somebody = ShellState.ready & ~ShellState.is_nobody
    return rx.el.div(
        rx.cond(is_somebody, customer_chrome(), public_chrome()),
        page_main(content),
        rx.cond(is_somebody, customer_foot(), footer_memo()),
        Arrival.create(),
        class_name=rx.cond(is_somebody, "frame frame-customer", "frame frame-public"),
    )


def offline_bar() -> rx.Component:
    """Says that the connection is gone; stands in for the framework's own English toast."""
    return WhenOffline.create(
        rx.el.div(
            icon("wifi-off", size=18),
            rx.el.span(t("No connection. What you see may be out of date; we keep trying.")),
            role="status",
            class_name="offline",
        ),
        lost=has_connection_errors,
    )


@rx.memo
def public_chrome() -> rx.Component:
    """The bars of public pages, one file for all of them."""
    return rx.fragment(skip_link(), session_gate(), public_top_bar(), menu_sheet(customer=False))


@rx.memo
def bare_chrome() -> rx.Component:
    """The bar of steps."""
    return rx.fragment(skip_link(), session_gate(), bare_top_bar())


@rx.memo
def customer_chrome() -> rx.Component:
    """The bars of a signed-in person's pages."""
    return rx.fragment(
        skip_link(),
        session_gate(),
        BrandMark.create(brand=rx.cond(ShellState.ready, ShellState.brand, "")),
        customer_top_bar(),
        menu_sheet(customer=True),
        side_menu(),
        proof_dialog(),
    )


@rx.memo
def customer_foot() -> rx.Component:
    """What follows the content for a signed-in person."""
    return bottom_bar()


@rx.memo
def footer_memo() -> rx.Component:
    """The foot of public pages."""
    return footer()


def session_gate() -> rx.Component:
    """Signs in and out when the session's state says so."""
    return SessionGate.create(
        ticket=SessionState.ticket,
        next=SessionState.next_path,
        leave_to=SessionState.leave_to,
        closing=SessionState.closing,
        remembering=SessionState.remembering,
        door="/api/session",
        home=routes.HOME,
        login=routes.LOGIN,
        out=routes.LANDING,
    )


@rx.memo
def failure_notice() -> rx.Component:
    """That something went wrong on our side, on whichever page it happened."""
    return rx.cond(
        FailureState.incident != "",
        notice(
            t("Incident number: {incident}", incident=FailureState.incident),
            kind="danger",
            title=t("Something went wrong on our side"),
            action=button(t("Close"), variant="quiet", size="small", on_click=FailureState.dismiss),
            role="alert",
        ),
    )


@rx.memo
def without_scripts() -> rx.Component:
    """For browsers without JavaScript, on every page: what can be done here, and what else helps."""
    return rx.el.noscript(
        notice(
            t(
                "Without it you can read the help, the rules and the list of stores, but neither sign in nor send "
                "anything. Allow JavaScript for this site, use another browser, or call us: 466 or 0 800 300 466."
            ),
            kind="warning",
            title=t("JavaScript is switched off"),
        )
    )


def _page(*parts: rx.Component, kind: str) -> rx.Component:
    return rx.el.div(*parts, Arrival.create(), class_name=f"frame frame-{kind}")


def page_main(content: rx.Component) -> rx.Component:
    """The content, where the skip link leads."""
    return rx.el.main(without_scripts(), failure_notice(), content, id=_MAIN, tab_index=-1, class_name="content")


def skip_link() -> rx.Component:
    """The first thing a keyboard finds."""
    return link(t("Skip to the content"), href=f"#{_MAIN}", class_name="skip-link")
