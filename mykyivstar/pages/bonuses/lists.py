"""Where bonuses are and what became of them: at own numbers with their ends, and the history of the account."""

import reflex as rx

from mykyivstar.components import card, empty_state, row, rows, section
from mykyivstar.i18n import date, moment, number, phone, t
from mykyivstar.pages.layout.line_words import name_of
from mykyivstar.state.bonuses.form import BonusesState as State
from mykyivstar.state.bonuses.rows import ArrivedRow, EventRow


def at_numbers() -> rx.Component:
    """What own numbers have of them, the soonest to end first."""
    return rx.cond(
        State.arrived.length() > 0,
        card(
            section(
                rows(rx.foreach(State.arrived, _arrived), label=t("At your numbers")),
                rx.el.p(
                    t("They pay before money, and after other bonuses. What is left on the last day is written off."),
                    class_name="muted mt-2",
                ),
                title=t("At your numbers"),
            )
        ),
    )


def _arrived(arrived: rx.Var[ArrivedRow]) -> rx.Component:
    return row(
        name_of(arrived),
        about=rx.cond(
            arrived.state == "on_the_way", t("on the way"), t("until {moment}", moment=moment(arrived.expires_at))
        ),
        value=rx.cond(
            arrived.state == "on_the_way",
            number(arrived.bonuses),
            t("{left} of {all}", left=number(arrived.left), all=number(arrived.bonuses)),
        ),
        icon_name="gift",
        custom_attrs={"data-testid": "arrived", "data-state": arrived.state},
    )


def history() -> rx.Component:
    """Earned and given, the newest first."""
    return card(
        section(
            rx.cond(
                State.events.length() > 0,
                rows(rx.foreach(State.events, _event), label=t("History of bonuses")),
                empty_state(
                    t("No bonuses yet"),
                    text=t("The first ones come on the 4th after a month whose fee was paid."),
                    icon_name="gift",
                ),
            ),
            title=t("History of bonuses"),
        )
    )


def _event(event: rx.Var[EventRow]) -> rx.Component:
    return row(
        rx.cond(
            event.kind == "earned",
            t("Earned for {month}", month=date(event.month, "month")),
            t("To {number}", number=rx.cond(event.is_masked, event.number, phone(event.number))),
        ),
        about=rx.cond(
            event.kind == "earned", moment(event.at), rx.fragment(moment(event.at), " · ", _state(event.state))
        ),
        value=rx.cond(event.kind == "earned", "+" + number(event.bonuses).to(str), "−" + number(event.bonuses).to(str)),
        custom_attrs={"data-testid": "event", "data-kind": event.kind, "data-state": event.state},
    )


def _state(state: rx.Var) -> rx.Var:
    return rx.match(
        state,
        ("on_the_way", t("on the way")),
        ("arrived", t("arrived")),
        ("returned", t("came back: the number is not in use")),
        t("their 20 days are over"),
    )
