"""What stands around the pages of the desk: bars of its own, and the gate of its own session."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import icon, icon_button, link, menu, menu_item, menu_separator, open_dialog, sheet
from mykyivstar.components.client import Arrival
from mykyivstar.components.session_gate import SessionGate
from mykyivstar.i18n import t
from mykyivstar.pages.layout.brand import mark
from mykyivstar.pages.layout.entries import DESK_MENU
from mykyivstar.pages.layout.frames import page_main, skip_link
from mykyivstar.pages.layout.preferences import language_menu, language_switch, theme_menu
from mykyivstar.pages.layout.slots import demo_mark
from mykyivstar.state.desk.session import DeskState
from mykyivstar.state.session import SessionState

_MENU = "desk-menu"
# Pages that belong to a line of the menu without being below it.
_BESIDE = {
    routes.DESK_STORES: [routes.DESK_NEW_STORE],
    routes.DESK_VISITS: [routes.DESK_RESTORING, routes.DESK_UNBLOCKING],
}


def desk_frame(content: rx.Component) -> rx.Component:
    """For a member of the staff: top bar and side menu."""
    return rx.el.div(desk_chrome(), page_main(content), Arrival.create(), class_name="frame frame-customer")


@rx.memo
def desk_chrome() -> rx.Component:
    """The bars of the desk, one file for all of its pages."""
    return rx.fragment(
        skip_link(),
        desk_gate(),
        _bar(),
        sheet(
            _MENU,
            t("Menu"),
            rx.el.nav(_lines(), aria_label=t("Desk menu"), class_name="sheet-menu"),
            rx.el.div(language_switch(), theme_menu(), class_name="sheet-preferences"),
            side="left",
        ),
        rx.el.nav(_lines(), aria_label=t("Desk menu"), class_name="side-menu"),
    )


def desk_gate() -> rx.Component:
    """Signs in to the desk and out of it when its state says so."""
    return SessionGate.create(
        ticket=DeskState.ticket,
        next=DeskState.next_path,
        leave_to=SessionState.leave_to,
        closing=DeskState.closing,
        door="/api/desk/session",
        home=routes.DESK,
        login=routes.DESK_LOGIN,
        out=routes.DESK_LOGIN,
    )


def _bar() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            icon_button(
                "menu", t("Menu"), size=24, on_click=open_dialog(_MENU), class_name="bar-menu", aria_haspopup="dialog"
            ),
            link(mark(), rx.el.span(t("Desk"), class_name="brand-name"), href=routes.DESK, class_name="brand"),
            demo_mark(),
            rx.el.span(class_name="bar-space"),
            rx.el.div(
                rx.el.div(language_switch(), class_name="wide-only"),
                rx.el.div(language_menu(), class_name="narrow-only"),
                rx.el.div(theme_menu(), class_name="wide-only"),
                class_name="bar-preferences",
            ),
            menu(
                icon("circle-user-round", size=24),
                t("Profile"),
                rx.el.div(
                    rx.el.span(DeskState.name, class_name="profile-name"),
                    rx.el.span(_role(), class_name="muted"),
                    class_name="profile-head",
                    role="presentation",
                ),
                menu_separator(),
                menu_item(t("My way in"), icon_name="key-round", href=routes.DESK_ACCOUNT),
                menu_item(t("Log out"), icon_name="log-out", on_click=DeskState.sign_out),
            ),
            class_name="bar-inner",
        ),
        class_name="bar",
    )


def _role() -> rx.Component:
    return rx.match(
        DeskState.role,
        ("administrator", t("Administrator")),
        ("lead", t("Shift lead")),
        t("Consultant"),
    )


def _is_here(route: str) -> rx.Var[bool]:
    """Whether this line's page is shown, or one that belongs to it."""
    path = rx.State.router.url.path
    if route == routes.DESK:
        return path == route
    here = (path == route) | path.startswith(f"{route}/")
    for beside in _BESIDE.get(route, ()):
        here |= path == beside
    return here


def _lines() -> rx.Component:
    lines = [
        rx.el.li(
            link(
                icon(entry.icon, size=22),
                rx.el.span(entry.label),
                href=entry.route,
                class_name="menu-line",
                aria_current=rx.cond(_is_here(entry.route), "page", "false"),
            )
        )
        for entry in DESK_MENU
    ]
    return rx.el.ul(*lines, class_name="menu-group")
