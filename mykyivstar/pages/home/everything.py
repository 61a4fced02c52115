"""Everything the person has at once; one click takes another in hand (B2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import icon, link_button, section
from mykyivstar.i18n import date, money, t
from mykyivstar.pages.layout.line_words import dot, name_of, second_line
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.home.views import Tile
from mykyivstar.state.shell import ShellState


def everything() -> rx.Component:
    """A tile for each, and the way to the list where they are named and ordered."""
    return section(
        rx.el.ul(rx.foreach(HomeState.tiles, _tile), class_name="tiles"),
        title=t("All my numbers"),
        action=link_button(t("Add or arrange"), href=routes.LINES, variant="plain", size="small"),
    )


def _tile(tile: rx.Var[Tile]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(dot(tile), _words(tile), class_name="tile-head"),
            rx.el.span(
                rx.cond(tile.balance.is_none(), t("not known yet"), money(tile.balance)),
                class_name="tile-balance tabular",
            ),
            rx.el.span(
                rx.cond(tile.charge_at, t("next charge on {day}", day=date(tile.charge_at, "day")), ""),
                class_name="tile-about",
            ),
            _sign(tile),
            type="button",
            on_click=ShellState.choose(tile.key),
            aria_pressed=rx.cond(tile.chosen, "true", "false"),
            class_name="tile",
        ),
        custom_attrs={"data-testid": "tile", "data-key": tile.key},
    )


def _words(tile: rx.Var[Tile]) -> rx.Component:
    return rx.el.span(
        rx.el.span(name_of(tile), class_name="line-name"),
        rx.el.span(second_line(tile), class_name="line-number tabular"),
        class_name="line-words",
    )


def _sign(tile: rx.Var[Tile]) -> rx.Component:
    """That something needs doing there, for eyes and ears."""
    return rx.match(
        tile.weight,
        ("", rx.fragment()),
        ("info", rx.fragment()),
        rx.el.span(
            icon("triangle-alert", size=16),
            rx.el.span(t("needs attention"), class_name="sr-only"),
            class_name="tile-sign",
            custom_attrs={"data-weight": tile.weight},
        ),
    )
