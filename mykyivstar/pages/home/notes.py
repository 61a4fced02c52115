"""Open promised payments (N2) and auto top-ups in trouble (N1), small and with their way out."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import link_button, notice
from mykyivstar.i18n import date, money, t
from mykyivstar.pages.auto_top_up.words import trouble_words
from mykyivstar.pages.layout.line_words import number_of
from mykyivstar.state.auto_top_up.rows import RuleRow
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.promises.rows import PromiseRow


def notes() -> rx.Component:
    """One notice for each; nothing when there is none."""
    return rx.fragment(rx.foreach(HomeState.troubled, _trouble), rx.foreach(HomeState.promises, _promise))


def _promise(promise: rx.Var[PromiseRow]) -> rx.Component:
    return notice(
        t(
            "{owed} for {number} go back from the next top-up, at the latest after {day}.",
            owed=money(promise.owed),
            number=number_of(promise),
            day=date(promise.last_day, "day"),
        ),
        kind="info",
        title=t("Promised payment"),
        action=link_button(t("More about it"), href=routes.PROMISED_PAYMENT, variant="quiet", size="small"),
        data_testid="open-promise",
    )


def _trouble(rule: rx.Var[RuleRow]) -> rx.Component:
    return notice(
        trouble_words(rule),
        kind="warning",
        title=rx.cond(
            rule.paused,
            t("The auto top-up of {number} is paused", number=number_of(rule)),
            t("The auto top-up of {number} did not succeed", number=number_of(rule)),
        ),
        action=link_button(t("Mend it"), href=routes.AUTO_TOP_UP, variant="quiet", size="small"),
        data_testid="auto-top-up-trouble",
    )
