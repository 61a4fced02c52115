"""The guided check: what stands in the way first, then the equipment step by step (H4)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import button, card, form_actions, link_button, notice, refusal, section
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.pages.faults.form import request_form
from mykyivstar.pages.faults.network import until_words, watch_button
from mykyivstar.state.faults.check import FaultState as State


def check() -> rx.Component:
    """The step one is at."""
    return rx.match(State.stage, ("steps", _steps()), ("form", request_form()), ("works", _works()), _result())


def _result() -> rx.Component:
    return card(
        section(
            rx.match(
                State.verdict, ("debt", _debt()), ("suspended", _suspended()), ("outage", _outage()), _equipment()
            ),
            refusal(pick(State.refusal), class_name="refusal-late"),
            title=t("What we see"),
        ),
        data_testid="verdict",
    )


def _debt() -> rx.Component:
    return rx.fragment(
        notice(
            rx.cond(
                State.missing.is_none(),
                t("It switches on by itself within a minute when there is enough on the account."),
                t(
                    "Pay in {amount}, and it switches on by itself within a minute. A technician is not needed.",
                    amount=money(State.missing),
                ),
            ),
            kind="warning",
            title=t("The internet is off because of a debt"),
        ),
        form_actions(
            link_button(t("Top up"), href=f"{routes.TOP_UP}?to=" + State.key, icon="wallet"),
            link_button(t("Open the account"), href=f"{routes.INTERNET}?line=" + State.key, variant="quiet"),
        ),
    )


def _suspended() -> rx.Component:
    return rx.fragment(
        notice(
            rx.cond(
                State.suspended_until == "",
                t("You can resume it on the account page."),
                t(
                    "Until {day}. You can resume it earlier on the account page.",
                    day=date(State.suspended_until),
                ),
            ),
            kind="info",
            title=t("The internet is suspended at your request"),
        ),
        form_actions(link_button(t("Open the account"), href=f"{routes.INTERNET}?line=" + State.key, icon="play")),
    )


def _outage() -> rx.Component:
    event = State.here[0]
    return rx.fragment(
        notice(
            rx.el.p(until_words(event), class_name="row-title"),
            rx.el.p(t("You need not do anything: we are on it, and longer outages are credited by themselves.")),
            kind="warning",
            title=rx.cond(
                event.kind == "works",
                t("Works are going on at your address"),
                t("There is an outage at your address"),
            ),
        ),
        form_actions(
            watch_button(event),
            button(t("Check my equipment all the same"), variant="quiet", on_click=State.begin_steps),
        ),
    )


def _equipment() -> rx.Component:
    return rx.fragment(
        notice(
            t("The account is in order and there is no outage. Let us look at the equipment: it takes five minutes."),
            kind="good",
            title=t("On our side all is well"),
        ),
        form_actions(
            button(t("Begin the check"), on_click=State.begin_steps, icon="arrow-right", data_testid="begin"),
            rx.cond(
                State.is_owner,
                button(t("I have done that: ask for a technician"), variant="quiet", on_click=State.ask_at_once),
            ),
        ),
    )


def _steps() -> rx.Component:
    return card(
        section(
            rx.el.p(t("Step {step} of {steps}", step=State.step_number, steps=State.steps_count), class_name="muted"),
            rx.el.div(_words(), aria_live="polite", class_name="stack-tight"),
            form_actions(
                button(t("It works now"), on_click=State.it_works, icon="check", variant="quiet"),
                rx.cond(
                    State.is_owner | (State.step_number < State.steps_count),
                    button(t("It did not help"), on_click=State.next_step, icon="arrow-right", data_testid="next-step"),
                ),
                button(t("Back"), on_click=State.step_back, variant="quiet"),
            ),
            rx.cond(
                ~State.is_owner & (State.step_number == State.steps_count),
                rx.el.p(t("Only the owner of the account can ask for a technician."), class_name="muted"),
            ),
            title=t("Let us look at the equipment"),
        ),
        data_testid="step",
    )


def _words() -> rx.Component:
    return rx.match(
        State.step,
        ("power", _step(t("Is there power?"), t("A lamp should shine on the router. Check the plug and the socket."))),
        (
            "cable",
            _step(
                t("Is the cable in its place?"),
                t("Our cable goes into the internet socket of the router. Pull it out and put it in until it clicks."),
            ),
        ),
        (
            "restart",
            _step(
                t("Restart the router"),
                t("Take the plug out for thirty seconds, put it back, and wait three minutes."),
            ),
        ),
        _step(
            t("Try another device, and without Wi-Fi"),
            t("If another phone or a computer on a cable works, the trouble is in the first device or in Wi-Fi."),
        ),
    )


def _step(title: rx.Var, text: rx.Var) -> rx.Component:
    return rx.fragment(rx.el.h3(title), rx.el.p(text))


def _works() -> rx.Component:
    return card(
        notice(t("If it stops again, come back here."), kind="good", title=t("Glad that it works"), role="status"),
        form_actions(
            link_button(t("Home internet"), href=routes.INTERNET, icon="wifi"),
            button(t("Check again"), variant="quiet", on_click=State.start_again),
        ),
        data_testid="works",
    )
