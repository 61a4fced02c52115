"""Tariffs of home internet with their prices, and the change from the next fee on (H2, N3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    fact,
    form,
    form_actions,
    link_button,
    notice,
    refusal,
    section,
)
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.pages.internet.frame import in_steps
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.top_up import top_up_address
from mykyivstar.state.internet.rows import TariffRow
from mykyivstar.state.internet.tariffs import InternetTariffState as State

_CHECKED = State.checked


@app_page(routes.INTERNET_TARIFF, title=t("Tariffs of home internet"), on_load=[State.load])
def tariffs() -> rx.Component:
    return in_steps(
        State,
        t("Tariffs of home internet"),
        t("Another tariff begins with the next fee; until then you may think better of it."),
        first=_list(),
        check=_check(),
        done=_done(),
    )


def _list() -> rx.Component:
    return rx.el.div(
        rx.cond(
            State.ordered_for,
            notice(
                t(
                    "A change on {day} is ordered. Cancel it on the account page to choose another.",
                    day=date(State.ordered_for, "day"),
                ),
                kind="info",
            ),
        ),
        refusal(pick(State.refusal), class_name="refusal-late"),
        rx.foreach(State.tariffs, _tariff),
        class_name="stack",
    )


def _tariff(each: rx.Var[TariffRow]) -> rx.Component:
    return card(
        section(
            rx.el.p(pick(each.about), class_name="muted"),
            rx.el.p(t("{fee} a month", fee=money(each.fee)), class_name="row-title"),
            rx.cond(
                each.is_mine | (State.ordered_for != "") | ~State.is_own,
                rx.fragment(),
                button(
                    t("Change to it"),
                    variant="quiet",
                    full_width=True,
                    on_click=State.check(State.account, each.code),
                    busy=State.busy,
                    aria_label=t("Change to {name}", name=pick(each.name)),
                ),
            ),
            title=pick(each.name),
            action=rx.cond(each.is_mine, badge(t("yours"), tone="good", icon_name="check")),
        ),
        custom_attrs={"data-testid": "tariff", "data-code": each.code},
    )


def _check() -> rx.Component:
    return card(
        section(
            rx.el.dl(
                fact(t("New tariff"), pick(_CHECKED.name)),
                fact(t("Fee"), t("{fee} a month", fee=money(_CHECKED.fee))),
                rx.cond(
                    _CHECKED.old_name,
                    fact(t("Instead of"), rx.fragment(pick(_CHECKED.old_name), ", ", money(_CHECKED.old_fee))),
                ),
                fact(t("From"), rx.cond(_CHECKED.at_once, t("at once"), date(_CHECKED.from_day))),
                class_name="facts",
            ),
            rx.cond(
                _CHECKED.missing > 0,
                notice(
                    t(
                        "For the first fee {amount} are missing. Without them the internet is off for debt on {day}.",
                        amount=money(_CHECKED.missing),
                        day=date(_CHECKED.from_day, "day"),
                    ),
                    kind="warning",
                    action=link_button(
                        t("Top up {amount}", amount=money(_CHECKED.missing)),
                        href=top_up_address(State.account, _CHECKED.missing),
                        variant="accent",
                        size="small",
                    ),
                ),
            ),
            rx.el.ul(
                rx.el.li(t("The change costs nothing. Until its day the tariff of today works and is paid for.")),
                rx.el.li(t("Television and services stay as they are.")),
                class_name="list-disc ps-5 text-muted",
            ),
            form(
                *[
                    rx.el.input(type="hidden", name=name, value=value)
                    for name, value in (("key", State.form_key), ("account", State.account), ("code", _CHECKED.code))
                ],
                refusal(pick(State.refusal), class_name="refusal-late"),
                form_actions(
                    button(
                        t("Order the change"),
                        type="submit",
                        size="large",
                        icon="check",
                        busy=State.busy,
                        data_testid="order",
                    ),
                    button(t("Back"), variant="quiet", on_click=State.back),
                ),
                on_submit=State.order,
                busy=State.busy,
                id="order",
            ),
            title=t("Check it"),
        ),
        data_testid="tariff-check",
    )


def _done() -> rx.Component:
    return card(
        notice(
            rx.cond(
                _CHECKED.at_once,
                t("It works from now on."),
                t(
                    "From {day} on. Until then you can cancel it on the account page.",
                    day=date(_CHECKED.from_day, "day"),
                ),
            ),
            kind="good",
            title=t("Ordered: {name}", name=pick(_CHECKED.name)),
            role="status",
        ),
        rx.el.div(link_button(t("Home internet"), href=routes.INTERNET, icon="wifi"), class_name="form-actions mt-4"),
        data_testid="tariff-ordered",
    )
