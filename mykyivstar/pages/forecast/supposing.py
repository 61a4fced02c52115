"""The simulator: a top-up on a day, a service less or more (O2)."""

import reflex as rx

from mykyivstar.components import Choice, button, card, form, form_actions, icon, refusal, section, select, text_field
from mykyivstar.components.fields import field_frame
from mykyivstar.i18n import money, pick, t
from mykyivstar.state.forecast.rows import ServiceRow
from mykyivstar.state.forecast.state import CalendarState as State

_VIEW = State.view
_WAS = State.supposed


def supposing() -> rx.Component:
    """The form; it begins anew with each line and with "as it is"."""
    return card(
        section(
            form(
                rx.el.input(type="hidden", name="key", value=_VIEW.key),
                rx.el.div(
                    text_field(
                        "amount",
                        t("A top-up of, in hryvnias"),
                        value=_WAS.amount,
                        error=pick(State.field_refusals["amount"]),
                        placeholder="100",
                        input_mode="decimal",
                        autocomplete="off",
                        max_length=20,
                        required=False,
                        suffix=rx.el.span("₴", class_name="pe-4 text-muted"),
                    ),
                    text_field(
                        "day",
                        t("On which day"),
                        type="date",
                        value=rx.cond(_WAS.day, _WAS.day, _VIEW.first_day),
                        error=pick(State.field_refusals["day"]),
                        min=_VIEW.first_day,
                        max=_VIEW.last_day,
                    ),
                    rx.cond(_VIEW.services.length() > 0, _services("without", t("Without the service"), "services")),
                    rx.cond(_VIEW.addable.length() > 0, _services("added", t("With one more service"), "addable")),
                    rx.cond(_VIEW.lock, _lock()),
                    class_name="stack-fields",
                ),
                refusal(pick(State.refusal), class_name="refusal-late"),
                form_actions(
                    button(t("Show what would be"), type="submit", variant="quiet", busy=State.busy, icon="calculator")
                ),
                rx.el.p(t("Nothing is paid, connected or stored by this."), class_name="muted"),
                on_submit=State.suppose,
                busy=State.busy,
                id="suppose",
            ),
            title=t("What if"),
        ),
        key=State.opened,
    )


def _lock() -> rx.Component:
    return select(
        "lock",
        t("The tariff’s money"),
        [
            Choice("", rx.cond(_VIEW.lock.is_on, t("locked, as now"), t("not locked, as now"))),
            Choice("on", t("if it were locked")),
            Choice("off", t("if it were not locked")),
        ],
        chosen=_WAS.lock,
        required=False,
    )


def _services(name: str, label: rx.Var, of: str) -> rx.Component:
    chosen = getattr(_WAS, name)
    control = rx.el.select(
        rx.el.option(t("no service"), value=""),
        rx.foreach(getattr(_VIEW, of), _service),
        id=name,
        name=name,
        default_value=chosen,
        class_name="field-input field-select",
    )
    arrow = icon("chevron-down", class_name="field-arrow")
    return field_frame(control, label=label, field_id=name, optional=True, suffix=arrow)


def _service(service: rx.Var[ServiceRow]) -> rx.Component:
    price = rx.match(
        service.period,
        ("day", t("{amount} a day", amount=money(service.fee))),
        ("four_weeks", t("{amount} in four weeks", amount=money(service.fee))),
        ("month", t("{amount} a month", amount=money(service.fee))),
        t("{amount} once", amount=money(service.fee)),
    )
    return rx.el.option(pick(service.name), ": ", price, value=service.code)
