"""Balance and top-up in place, the next payment, the threshold and how far away it is, what the month has cost."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    facts,
    form,
    form_actions,
    link_button,
    meter,
    money_text,
    row,
    rows,
    section,
    text_field,
    text_link,
)
from mykyivstar.i18n import date, money, number, pick, t
from mykyivstar.pages.internet.words import state_badge
from mykyivstar.pages.layout.top_up import top_up_address
from mykyivstar.state.internet.account import InternetPageState as State
from mykyivstar.state.internet.rows import FeeRow

_VIEW = State.view


def balance() -> rx.Component:
    """The big number, and topping up right here."""
    return card(
        rx.el.div(
            rx.el.h2(t("On the internet account"), class_name="hero-label"),
            state_badge(_VIEW.state),
            class_name="hero-head",
        ),
        rx.el.p(
            rx.cond(
                _VIEW.balance.is_none(),
                rx.el.span(t("The balance is not known yet"), class_name="hero-unknown"),
                money_text(_VIEW.balance, big=True),
            ),
            data_testid="balance",
        ),
        rx.el.div(
            link_button(
                rx.cond(_VIEW.to_pay.to(int) > 0, t("Top up {amount}", amount=money(_VIEW.to_pay)), t("Top up")),
                href=top_up_address(_VIEW.key, rx.cond(_VIEW.to_pay.to(int) > 0, _VIEW.to_pay, None)),
                variant="accent",
                size="large",
                icon="wallet",
                data_testid="top-up",
            ),
            class_name="hero-action",
        ),
        rx.el.dl(
            _fact(t("Switches off below"), money(_VIEW.threshold), "threshold"),
            # Below the threshold nothing is left.
            rx.cond(
                _VIEW.room.to(int) < 0,
                rx.fragment(),
                _fact(
                    t("Left until then"), rx.cond(_VIEW.room.is_none(), t("not known yet"), money(_VIEW.room)), "room"
                ),
            ),
            rx.cond(
                _VIEW.bonus.is_none(),
                rx.fragment(),
                _fact(t("Bonuses"), number(_VIEW.bonus.to(int) / 100), "bonus"),
            ),
            class_name="hero-facts",
        ),
        tone="hero",
        class_name="home-hero",
    )


def to_pay() -> rx.Component:
    """The next payment: how much, by when, what for; and another sum."""
    return card(
        section(
            rx.el.p(_sentence(), class_name="row-title", custom_attrs={"data-testid": "next-payment"}),
            rx.cond(
                (_VIEW.room.is_not_none()) & (_VIEW.charge.to(int) > 0) & (_VIEW.state == "active"),
                meter(
                    t("Ready for the next charge"),
                    value=rx.cond(_VIEW.room.to(int) > 0, _VIEW.room.to(int), 0),
                    total=_VIEW.charge.to(int),
                    text=rx.cond(
                        _VIEW.to_pay == 0,
                        t("enough"),
                        t("{amount} missing", amount=money(_VIEW.to_pay)),
                    ),
                    tone=rx.cond(_VIEW.to_pay == 0, "good", "warning"),
                ),
            ),
            rx.cond(
                _VIEW.fees.length() > 0,
                rows(rx.foreach(_VIEW.fees, _fee), label=t("What is taken regularly")),
            ),
            rx.cond(
                _VIEW.rest > 0,
                rx.el.p(
                    t(
                        "{amount} of it are for the days of the running month that are left: while the internet was "
                        "off nothing was taken.",
                        amount=money(_VIEW.rest),
                    ),
                    class_name="muted",
                ),
            ),
            form(
                text_field(
                    "amount",
                    t("Another sum, UAH"),
                    input_mode="decimal",
                    error=pick(State.field_refusals["amount"]),
                    max_length=12,
                ),
                form_actions(button(t("Top up"), type="submit", variant="quiet", icon="wallet", busy=State.busy)),
                on_submit=State.top_up,
                busy=State.busy,
                id="internet-top-up",
            ),
            title=t("Next payment"),
        )
    )


def spending() -> rx.Component:
    """What this month has cost; not for those who only pay."""
    return rx.cond(
        _VIEW.sees_usage,
        card(
            section(
                facts(
                    [
                        (
                            t("Spent this month"),
                            rx.el.span(
                                rx.cond(_VIEW.month_cost.is_none(), t("nothing yet"), money(_VIEW.month_cost)),
                                data_testid="month-cost",
                            ),
                        )
                    ]
                ),
                title=t("Expenses"),
                action=text_link(t("All expenses"), href=f"{routes.EXPENSES}?line=" + _VIEW.key.to(str)),
            )
        ),
    )


def _sentence() -> rx.Var:
    amount = money(_VIEW.to_pay)
    return rx.match(
        _VIEW.state,
        ("suspended", t("Nothing is taken while the internet is suspended.")),
        ("off_for_debt", t("Pay in {amount}, and the internet is switched on at once.", amount=amount)),
        rx.cond(
            _VIEW.to_pay.is_none(),
            t("The sum is not known yet."),
            rx.cond(
                _VIEW.to_pay == 0,
                rx.cond(
                    _VIEW.charge_at,
                    t("Nothing: there is enough for {day}.", day=date(_VIEW.charge_at, "day")),
                    t("Nothing: there is enough."),
                ),
                rx.cond(
                    _VIEW.pay_by,
                    t("Pay in {amount} by {day}.", amount=amount, day=date(_VIEW.pay_by, "day")),
                    t("Pay in {amount} today, or the internet is off.", amount=amount),
                ),
            ),
        ),
    )


def _fee(fee: rx.Var[FeeRow]) -> rx.Component:
    return row(
        pick(fee.name),
        about=t("next on {day}", day=date(fee.at, "day")),
        value=money(fee.fee),
        icon_name=None,
        custom_attrs={"data-testid": "fee"},
    )


def _fact(name: rx.Var, value: rx.Var, test_id: str) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value, data_testid=test_id))
