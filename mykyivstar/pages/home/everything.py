"""Everything the person has at once; one click takes another in hand (B2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import card, icon, link_button, section
from mykyivstar.i18n import date, money, t
from mykyivstar.pages.layout.line_words import dot, is_in_hand, name_of, second_line
from mykyivstar.state.home.rows import Tile
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.shell import ShellState


def everything() -> rx.Component:
    """One line for each, and the way to the list where they are named and ordered; not for those who have one."""
    return rx.cond(
        HomeState.tiles.length() > 1,
        card(
            section(
                rx.el.ul(rx.foreach(HomeState.tiles, _tile), class_name="tiles"),
                title=t("All my numbers"),
                action=link_button(t("Arrange"), href=routes.LINES, variant="plain", size="small"),
            )
        ),
    )


def _tile(tile: rx.Var[Tile]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            dot(tile),
            rx.el.span(
                rx.el.span(name_of(tile), class_name="line-name"),
                rx.el.span(second_line(tile), class_name="line-number tabular"),
                rx.cond(
                    tile.charge_at,
                    rx.el.span(t("charge on {day}", day=date(tile.charge_at, "day")), class_name="tile-about"),
                ),
                class_name="line-words",
            ),
            rx.el.span(
                _sign(tile),
                rx.cond(tile.balance.is_none(), t("not known yet"), money(tile.balance)),
                class_name="tile-balance",
            ),
            type="button",
            on_click=ShellState.choose(tile.key),
            aria_pressed=rx.cond(is_in_hand(tile.key), "true", "false"),
            class_name="tile",
        ),
        custom_attrs={"data-testid": "tile", "data-key": tile.key},
    )


def _sign(tile: rx.Var[Tile]) -> rx.Component:
    """That something needs doing there, for eyes and ears."""
    return rx.match(
        tile.weight,
        ("", rx.fragment()),
        ("info", rx.fragment()),
        rx.el.span(
            icon("triangle-alert", size=18),
            rx.el.span(t("needs attention"), class_name="sr-only"),
            class_name="tile-sign",
            custom_attrs={"data-weight": tile.weight},
        ),
    )
