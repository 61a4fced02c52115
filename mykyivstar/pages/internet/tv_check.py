"""What connecting or disconnecting a service means, and what follows it (H2, O4)."""

import reflex as rx

from mykyivstar.components import button, card, fact, form, form_actions, notice, refusal, section
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.pages.internet.words import per
from mykyivstar.state.internet.tv import TvState as State

_CHECKED = State.checked


def checking() -> rx.Component:
    """What it is, what is taken now and then."""
    return rx.el.div(
        card(
            section(
                rx.cond(_CHECKED.kind == "connect", _connecting(), _disconnecting()),
                title=t("Check it"),
            ),
            data_testid="service-check",
        ),
        class_name="stack",
    )


def done() -> rx.Component:
    """It is done."""
    return rx.el.div(
        card(
            rx.cond(
                _CHECKED.kind == "connect",
                notice(
                    t("It works from now on. You can undo it for ten minutes, and the money comes back."),
                    kind="good",
                    title=t("Connected: {name}", name=pick(_CHECKED.name)),
                    role="status",
                ),
                notice(
                    rx.cond(
                        _CHECKED.last_day,
                        t(
                            "It works until {day} inclusive, and no further fee is taken.",
                            day=date(_CHECKED.last_day, "day"),
                        ),
                        t("No further fee is taken."),
                    ),
                    kind="good",
                    title=t("Disconnected: {name}", name=pick(_CHECKED.name)),
                    role="status",
                ),
            ),
            rx.el.div(button(t("All packages"), variant="quiet", on_click=State.load), class_name="form-actions mt-4"),
            data_testid="service-done",
        ),
        class_name="stack",
    )


def _connecting() -> rx.Component:
    return rx.fragment(
        rx.el.dl(
            fact(t("Service"), pick(_CHECKED.name)),
            fact(t("Taken now"), money(_CHECKED.now), data_testid="now"),
            rx.cond(
                _CHECKED.last_day,
                fact(
                    t("For the days"),
                    t("{first} – {last}", first=date(_CHECKED.first_day), last=date(_CHECKED.last_day)),
                ),
            ),
            rx.cond(
                _CHECKED.balance_after.is_none(),
                rx.fragment(),
                fact(t("Left on the account"), money(_CHECKED.balance_after)),
            ),
            rx.cond(
                _CHECKED.next_day,
                rx.fragment(
                    fact(t("Then from {day}", day=date(_CHECKED.next_day, "day")), per(_CHECKED.fee, _CHECKED.period)),
                    fact(
                        t("Next payment of the account"),
                        t(
                            "{after} instead of {before}",
                            after=money(_CHECKED.next_after),
                            before=money(_CHECKED.next_before),
                        ),
                        data_testid="next-payment",
                    ),
                ),
            ),
            class_name="facts",
        ),
        rx.el.p(
            rx.cond(
                _CHECKED.days < _CHECKED.of_days,
                t(
                    "The part for {days} of {whole} days, to the end of the running month; all prices with VAT.",
                    days=_CHECKED.days,
                    whole=_CHECKED.of_days,
                ),
                t("All prices with VAT."),
            ),
            " ",
            t("You can undo it for ten minutes, and disconnect at any time."),
            class_name="muted",
        ),
        _confirm(
            State.connect,
            rx.cond(_CHECKED.now == 0, t("Connect"), t("Connect for {price}", price=money(_CHECKED.now))),
            "check",
        ),
    )


def _disconnecting() -> rx.Component:
    return rx.fragment(
        rx.el.dl(
            fact(t("Service"), pick(_CHECKED.name)),
            fact(
                t("Works until"),
                rx.cond(_CHECKED.last_day, t("{day} inclusive", day=date(_CHECKED.last_day)), t("at once")),
            ),
            fact(t("No longer taken"), per(_CHECKED.fee, _CHECKED.period)),
            class_name="facts",
        ),
        rx.el.p(
            t("What is paid already does not come back: it works until then. It can be connected again at any time."),
            class_name="muted",
        ),
        _confirm(State.disconnect, t("Disconnect"), "x"),
    )


def _confirm(handler: rx.EventHandler, words: rx.Var, icon_name: str) -> rx.Component:
    return form(
        *[
            rx.el.input(type="hidden", name=name, value=value)
            for name, value in (("key", State.form_key), ("account", State.account), ("code", _CHECKED.code))
        ],
        refusal(pick(State.refusal), class_name="refusal-late"),
        form_actions(
            button(words, type="submit", size="large", icon=icon_name, busy=State.busy, data_testid="confirm"),
            button(t("Back"), variant="quiet", on_click=State.back),
        ),
        on_submit=handler,
        busy=State.busy,
        id="confirm",
    )
