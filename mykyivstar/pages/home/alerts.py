"""What needs doing, each in one sentence, the weightiest first (C3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import icon, text_link
from mykyivstar.i18n import date, money, number, t
from mykyivstar.pages.home.allowances import allowance_name
from mykyivstar.pages.layout.top_up import top_up_address, top_up_link
from mykyivstar.state.home.rows import AlertView
from mykyivstar.state.home.state import HomeState

#: Kinds that a payment mends.
_MENDED_BY_PAYING = (
    "receiving_only",
    "validity_short",
    "charge_unpaid",
    "balance_low",
    "internet_off",
    "threshold_crossed",
    "threshold_near",
)


def alerts() -> rx.Component:
    """The alerts of the line or account in hand; new ones are said aloud."""
    return rx.el.div(
        rx.cond(
            HomeState.alerts.length() > 0,
            rx.el.ul(
                rx.foreach(HomeState.alerts, lambda alert: alert_line(alert, mend=mend(alert, HomeState.hero.key))),
                class_name="alerts",
                aria_label=t("What needs doing"),
            ),
        ),
        role="status",
        class_name="alerts-frame",
    )


def alert_line(alert: rx.Var[AlertView], *, mend: rx.Component | None = None) -> rx.Component:
    """One of them: sign, sentence, and the way to mend it."""
    return rx.el.li(
        rx.match(
            alert.weight,
            ("danger", icon("octagon-alert", size=22, class_name="notice-icon")),
            ("warning", icon("triangle-alert", size=22, class_name="notice-icon")),
            icon("info", size=22, class_name="notice-icon"),
        ),
        rx.el.p(sentence(alert), *([" ", mend] if mend is not None else []), class_name="notice-text"),
        class_name=f"notice notice-{alert.weight}",
        custom_attrs={"data-testid": "alert", "data-kind": alert.kind},
    )


def sentence(alert: rx.Var[AlertView]) -> rx.Var:
    """The alert in words."""
    day, amount, what = date(alert.until, "day"), money(alert.amount), allowance_name(alert.allowance)
    return rx.match(
        alert.kind,
        ("line_blocked", t("This number is blocked.")),
        ("number_ended", t("This number is no longer valid. Call 466 to learn whether it can be restored.")),
        ("receiving_only", _receiving_only(alert, amount)),
        (
            "validity_short",
            t("The number is active until {day}. Top it up by {amount} or more to keep it.", day=day, amount=amount),
        ),
        ("charge_unpaid", t("The charge of {day} could not be taken: {amount} is missing.", day=day, amount=amount)),
        (
            "balance_low",
            rx.cond(
                alert.until,
                t("For the charge on {day}, {amount} is missing.", day=day, amount=amount),
                t("The account is {amount} in debt.", amount=amount),
            ),
        ),
        ("package_used", t("{what}: the package that lasts until {day} is used up.", what=what, day=day)),
        (
            "package_nearly_used",
            t(
                "{what}: {percent}% is used, and the rest has to last until {day}.",
                what=what,
                percent=number(alert.percent),
                day=day,
            ),
        ),
        ("internet_off", _internet_off(alert, amount)),
        ("internet_returning", t("The payment has arrived; the internet will be switched on again shortly.")),
        (
            "threshold_crossed",
            t("The balance is below the disconnect threshold. Pay in {amount} to keep the internet.", amount=amount),
        ),
        ("threshold_near", t("Pay in {amount} by {day}, or the internet switches off.", amount=amount, day=day)),
        "",
    )


def _receiving_only(alert: rx.Var[AlertView], amount: rx.Var) -> rx.Var:
    return rx.cond(
        alert.until,
        t(
            "Until {day} this number can only receive calls. Top it up by {amount} or more, and it works fully again.",
            day=date(alert.until, "long"),
            amount=amount,
        ),
        t(
            "This number can only receive calls. Top it up by {amount} or more, and it works fully again.",
            amount=amount,
        ),
    )


def _internet_off(alert: rx.Var[AlertView], amount: rx.Var) -> rx.Var:
    return rx.cond(
        alert.amount.is_none(),
        t("The internet is switched off for debt."),
        t("The internet is switched off for debt. Pay in {amount}, and it works again.", amount=amount),
    )


def mend(alert: rx.Var[AlertView], key: rx.Var) -> rx.Component:
    """The way to the form, filled in for this line or account, where a payment mends it, or to a blocked SIM."""
    is_mended = rx.Var.create(list(_MENDED_BY_PAYING)).contains(alert.kind)
    return rx.cond(
        is_mended,
        top_up_link(top_up_address(key, alert.amount)),
        rx.cond(alert.kind == "line_blocked", text_link(t("How to unblock it"), href=f"{routes.SIM}?line={key}")),
    )
