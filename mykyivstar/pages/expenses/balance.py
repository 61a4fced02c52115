"""How the balance went through the month: it adds up to the kopiyka."""

import reflex as rx

from mykyivstar.components import card, facts, section
from mykyivstar.i18n import money, t
from mykyivstar.pages.expenses.words import signed
from mykyivstar.state.expenses.month import MonthState as State

_VIEW = State.view


def balance() -> rx.Component:
    """At the start, what came, what was spent, what went elsewhere, at the end."""
    return card(
        section(
            rx.cond(
                _VIEW.sees_usage,
                facts(
                    [
                        (t("At the start"), money(_VIEW.opening)),
                        (t("Came in"), signed(_VIEW.came)),
                        (t("Spent"), money(-_VIEW.spent)),
                        (t("Went elsewhere"), money(_VIEW.went)),
                        (rx.cond(_VIEW.is_running, t("Now"), t("At the end")), rx.el.strong(money(_VIEW.closing))),
                    ]
                ),
                facts(
                    [
                        (t("At the start"), money(_VIEW.opening)),
                        (t("Paid in"), signed(_VIEW.came)),
                        (rx.cond(_VIEW.is_running, t("Now"), t("At the end")), rx.el.strong(money(_VIEW.closing))),
                    ]
                ),
            ),
            title=t("Balance"),
        ),
        data_testid="balance",
    )
