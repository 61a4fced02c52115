"""The bars around a page: top bar, side menu, bottom bar of a phone, the sheet behind the menu button."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    icon,
    icon_button,
    link,
    link_button,
    menu,
    menu_item,
    menu_separator,
    open_dialog,
    sheet,
)
from mykyivstar.i18n import t
from mykyivstar.pages.layout.brand import brand_link
from mykyivstar.pages.layout.entries import BOTTOM_BAR, CUSTOMER_MENU, PUBLIC_MENU, TOP_UP, Entry
from mykyivstar.pages.layout.line_switcher import line_switcher
from mykyivstar.pages.layout.news import bell, menu_dot, menu_mark, tab_dot
from mykyivstar.pages.layout.preferences import language_menu, language_switch, theme_menu
from mykyivstar.pages.layout.slots import demo_mark
from mykyivstar.pages.layout.top_up import top_up_button
from mykyivstar.state.session import SessionState
from mykyivstar.state.shell import ShellState

_MENU = "menu"


def public_top_bar() -> rx.Component:
    """Menu, brand, language, appearance, the way in."""
    return _bar(
        _menu_button(),
        brand_link(href=routes.LANDING),
        demo_mark(),
        rx.el.span(class_name="bar-space"),
        _preferences(),
        link_button(t("Sign in"), href=routes.LOGIN, size="small", class_name="bar-sign-in"),
    )


def customer_top_bar() -> rx.Component:
    """Menu, brand, the line in hand, top-up, notices, language, appearance, profile."""
    return _bar(
        rx.el.div(_menu_button(), menu_dot(), class_name="has-news"),
        brand_link(href=routes.HOME),
        demo_mark(),
        rx.el.div(line_switcher(), class_name="bar-switcher"),
        rx.el.span(class_name="bar-space"),
        top_up_button(size="small", class_name="bar-top-up"),
        rx.el.div(bell(), class_name="wide-only"),
        _preferences(),
        _profile_menu(),
    )


def bare_top_bar() -> rx.Component:
    """Only brand and language: for steps that lead somewhere."""
    return _bar(brand_link(href=routes.LANDING), demo_mark(), rx.el.span(class_name="bar-space"), _preferences())


def side_menu() -> rx.Component:
    """The menu of a signed-in person on a wide screen."""
    return rx.el.nav(*_groups(), _sign_out_line(), aria_label=t("Main menu"), class_name="side-menu")


def menu_sheet(*, customer: bool) -> rx.Component:
    """The same menu behind the button at the upper left, with language and appearance."""
    lines = [*_groups(), _sign_out_line()] if customer else [_group(PUBLIC_MENU)]
    return sheet(
        _MENU,
        t("Menu"),
        rx.el.nav(*lines, aria_label=t("Main menu"), class_name="sheet-menu"),
        rx.el.div(language_switch(), theme_menu(), class_name="sheet-preferences"),
        side="left",
    )


def bottom_bar() -> rx.Component:
    """Four destinations within reach of a thumb, and the raised one in the middle."""
    half = len(BOTTOM_BAR) // 2
    return rx.el.nav(
        *[_tab(entry) for entry in BOTTOM_BAR[:half]],
        _raised(TOP_UP),
        *[_tab(entry) for entry in BOTTOM_BAR[half:]],
        aria_label=t("Quick menu"),
        class_name="bottom-bar",
    )


def _bar(*parts: rx.Component) -> rx.Component:
    return rx.el.header(rx.el.div(*parts, class_name="bar-inner"), class_name="bar")


def _menu_button() -> rx.Component:
    return icon_button(
        "menu", t("Menu"), size=24, on_click=open_dialog(_MENU), class_name="bar-menu", aria_haspopup="dialog"
    )


def _preferences() -> rx.Component:
    return rx.el.div(
        rx.el.div(language_switch(), class_name="wide-only"),
        rx.el.div(language_menu(), class_name="narrow-only"),
        rx.el.div(theme_menu(), class_name="wide-only"),
        class_name="bar-preferences",
    )


def _profile_menu() -> rx.Component:
    name = rx.el.span(ShellState.name, class_name="profile-name", custom_attrs={"data-testid": "profile-name"})
    return rx.el.div(
        menu(
            icon("circle-user-round", size=24),
            t("Profile"),
            rx.el.div(name, class_name="profile-head", role="presentation"),
            menu_item(t("Profile"), icon_name="user-round", href=routes.PROFILE),
            menu_item(t("Security"), icon_name="shield-check", href=routes.PROFILE_SECURITY),
            menu_separator(),
            menu_item(t("Log out"), icon_name="log-out", on_click=SessionState.sign_out),
        ),
        class_name="wide-only",
    )


def _groups() -> list[rx.Component]:
    return [_group(entries) for entries in CUSTOMER_MENU]


def _group(entries: tuple[Entry, ...]) -> rx.Component:
    return rx.el.ul(*[rx.el.li(_line(entry)) for entry in entries], class_name="menu-group")


def _line(entry: Entry) -> rx.Component:
    return link(
        icon(entry.icon, size=22),
        rx.el.span(entry.label),
        *menu_mark(entry.route),
        href=entry.route,
        class_name="menu-line",
        **_here(entry),
    )


def _sign_out_line() -> rx.Component:
    return rx.el.button(
        icon("log-out", size=22),
        rx.el.span(t("Log out")),
        type="button",
        on_click=SessionState.sign_out,
        class_name="menu-line menu-sign-out",
    )


def _tab(entry: Entry) -> rx.Component:
    return link(
        icon(entry.icon, size=24),
        rx.el.span(entry.label),
        *tab_dot(entry.route),
        href=entry.route,
        class_name="tab-line",
        **_here(entry),
    )


def _raised(entry: Entry) -> rx.Component:
    return link(
        rx.el.span(icon(entry.icon, size=26), class_name="raised-disc"),
        rx.el.span(entry.label),
        href=entry.route,
        class_name="tab-line tab-raised",
        **_here(entry),
    )


def _here(entry: Entry) -> dict[str, rx.Var]:
    """Marks the line that leads to where one is."""
    return {"aria_current": rx.cond(rx.State.router.url.path == entry.route, "page", "false")}
