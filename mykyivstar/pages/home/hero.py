"""The one big number of the screen, and the one thing to do about it."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, card, link, money_text
from mykyivstar.i18n import money, number, pick, t
from mykyivstar.pages.layout.line_words import INTERNET
from mykyivstar.pages.layout.top_up import top_up_button
from mykyivstar.state.home.state import HomeState

_HERO = HomeState.hero


def hero() -> rx.Component:
    """Balance, top up; below them the tariff, bonuses, and what this month has cost."""
    return card(
        rx.el.div(
            rx.el.h2(
                rx.cond(_HERO.kind == INTERNET, t("On the internet account"), t("On the account")),
                class_name="hero-label",
            ),
            rx.cond(_HERO.is_blocked, badge(t("Blocked"), tone="danger", icon_name="lock")),
            class_name="hero-head",
        ),
        rx.el.p(
            rx.cond(
                _HERO.balance.is_none(),
                rx.el.span(t("The balance is not known yet"), class_name="hero-unknown"),
                money_text(_HERO.balance, big=True),
            ),
            # Another line's balance is another number: it does not count up from this one's.
            key=_HERO.key,
            data_testid="balance",
        ),
        rx.cond(
            _HERO.to_pay.is_none(),
            rx.fragment(),
            rx.el.p(t("To be paid by contract: {amount}", amount=money(_HERO.to_pay)), class_name="hero-note"),
        ),
        rx.el.div(top_up_button(), class_name="hero-action"),
        rx.el.dl(
            _fact(t("Tariff"), rx.cond(_HERO.tariff, pick(_HERO.tariff), t("not known yet")), "tariff"),
            rx.cond(
                _HERO.bonus.is_none(),
                rx.fragment(),
                _fact(t("Bonuses"), number(_HERO.bonus.to(int) / 100), "bonus"),
            ),
            rx.cond(
                _HERO.sees_usage,
                _fact(
                    t("Spent this month"),
                    rx.cond(
                        _HERO.month_cost.is_none(),
                        t("nothing yet"),
                        link(money(_HERO.month_cost), href=routes.EXPENSES, class_name="underline"),
                    ),
                    "month-cost",
                ),
            ),
            class_name="hero-facts",
        ),
        tone="hero",
        class_name="home-hero",
    )


def _fact(name: rx.Var, value: rx.Var | rx.Component, test_id: str) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value, data_testid=test_id))
