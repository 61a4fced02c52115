"""The tariff's money: locked or not, how much of it is there, what is free to spend (O2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import card, facts, refusal, section, switch, text_link
from mykyivstar.i18n import money, pick, t
from mykyivstar.state.forecast.state import CalendarState as State

_LOCK = State.view.lock


def lock() -> rx.Component:
    """For a number that has a tariff fee ahead; others have nothing to lock."""
    return rx.cond(
        _LOCK,
        card(
            section(
                _sums(),
                _switch(),
                title=t("Tariff money"),
                action=text_link(t("Compare tariffs"), href=routes.TARIFF_ADVICE),
            ),
            data_testid="lock",
        ),
    )


def _sums() -> rx.Component:
    return rx.cond(
        _LOCK.is_on,
        facts(
            [
                (
                    t("Locked for the tariff"),
                    rx.el.span(
                        t("{amount} of {fee}", amount=money(_LOCK.locked), fee=money(_LOCK.fee)),
                        data_testid="locked",
                    ),
                ),
                (
                    rx.cond(_LOCK.free < 0, t("Owed beside it"), t("Free to spend")),
                    rx.el.strong(money(rx.cond(_LOCK.free < 0, _LOCK.owed, _LOCK.free)), data_testid="free"),
                ),
            ]
        ),
    )


def _switch() -> rx.Component:
    return rx.el.div(
        switch(
            "tariff-lock",
            t("Keep money for the tariff"),
            checked=_LOCK.is_on,
            description=t(
                "Of the balance {fee} are kept for the next fee. Transfers, payments and orders leave them alone, and "
                "other services are paid from the rest. Calls beyond the package are charged in any case.",
                fee=money(_LOCK.fee),
            ),
            on_change=lambda is_on: State.set_lock(State.view.key, is_on),
            disabled=~_LOCK.is_mine.bool(),
        ),
        rx.cond(
            _LOCK.is_mine,
            refusal(pick(State.field_refusals["lock"]), class_name="refusal-late"),
            rx.el.p(t("Only the owner of this number can lock the tariff’s money or unlock it."), class_name="muted"),
        ),
    )
