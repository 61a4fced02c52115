"""My links to pay by: each with its QR, what has come by it, and making one (D8, O7)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    card,
    empty_state,
    icon,
    link_button,
    loading,
    menu,
    menu_item,
    page_title,
    row,
    rows,
    section,
    skeleton,
)
from mykyivstar.i18n import date, money, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.line_words import number_of
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.pay_links.dialogs import end_dialog, qr_dialog
from mykyivstar.pages.pay_links.making import making
from mykyivstar.state.pay_links.mine import LinkRow
from mykyivstar.state.pay_links.mine import LinksState as State


@app_page(routes.PAY_LINKS, title=t("Let somebody else pay"), on_load=[State.load])
def pay_links() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Let somebody else pay"),
            lead=t("Make a link or a QR: whoever opens it tops up your number by card, without signing in."),
        ),
        rx.cond(
            ready_at(State),
            rx.el.div(rx.cond(State.whom.length() > 0, making(), nobody()), own(), class_name="home-columns"),
            waiting_for(on_its_way(), State.load),
        ),
        rx.cond(ready_at(State), rx.fragment(qr_dialog(), end_dialog())),
        class_name="stack",
    )


def own() -> rx.Component:
    """The links, or what would be here."""
    return card(
        section(
            rx.cond(
                State.rows.length() > 0,
                rows(rx.foreach(State.rows, _link), label=t("My links")),
                empty_state(
                    t("No links yet"),
                    text=t("Your links will be here: what came by each, and until when it can be paid."),
                    icon_name="qr-code",
                ),
            ),
            title=t("My links"),
        )
    )


def _link(link: rx.Var[LinkRow]) -> rx.Component:
    return row(
        rx.cond(link.note, link.note, rx.el.span(number_of(link), class_name="tabular")),
        about=rx.fragment(
            rx.cond(link.note, rx.fragment(rx.el.span(number_of(link), class_name="tabular"), " · ")),
            rx.match(
                link.standing,
                ("live", t("until {day}", day=date(link.expires_at, "day"))),
                ("paid", t("paid")),
                ("ended", t("ended")),
                t("its time is over"),
            ),
            " · ",
            rx.cond(link.once, t("once"), t("many times")),
            rx.cond(link.payments > 0, rx.fragment(" · ", t("came: {amount}", amount=money(link.paid)))),
        ),
        value=rx.cond(link.amount.is_none(), t("any sum"), money(link.amount)),
        icon_name="qr-code",
        action=rx.cond(link.standing == "live", _actions(link), rx.fragment()),
        custom_attrs={"data-testid": "pay-link", "data-standing": link.standing},
    )


def _actions(link: rx.Var[LinkRow]) -> rx.Component:
    return menu(
        icon("ellipsis-vertical"),
        t("Link for {amount}", amount=rx.cond(link.amount.is_none(), t("any sum"), money(link.amount))),
        menu_item(t("QR and address"), icon_name="qr-code", on_click=State.show_qr(link.id)),
        menu_item(t("End the link"), icon_name="link-2-off", on_click=State.ask_end(link.id)),
    )


def nobody() -> rx.Component:
    """Somebody without a number."""
    return card(
        empty_state(
            t("No numbers here yet"),
            text=t("A link is for your own number or home internet. Add it first with a code."),
            icon_name="smartphone",
            action=link_button(t("Add a number"), href=routes.LINES, icon="plus"),
        )
    )


def on_its_way() -> rx.Component:
    """The same shape without its values."""
    return loading(
        rx.el.div(
            card(skeleton("line"), *[skeleton("block") for _ in range(4)], skeleton("button")),
            card(skeleton("line"), *[skeleton("block") for _ in range(3)]),
            class_name="home-columns",
        )
    )
