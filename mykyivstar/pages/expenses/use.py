"""The use behind a charge: when, with whom, how much, times which price."""

import reflex as rx

from mykyivstar.components import button, card, section
from mykyivstar.i18n import moment, money, phone, t
from mykyivstar.state.expenses.entry import EntryState as State

_USE = State.view.use
_CALLS = ("call_on_net", "call_off_net", "call_abroad", "call_in", "roaming_call")
_DATA = ("data", "roaming_data")


def use() -> rx.Component:
    """Facts of the record."""
    return card(
        section(
            rx.el.dl(
                _fact(t("When it was used"), moment(_USE.started_at)),
                rx.cond(_USE.party, _fact(t("Other number"), phone(_USE.party))),
                rx.cond(_USE.price, _fact(t("Price of a unit"), _price())),
                class_name="facts",
            ),
            rx.cond(
                _USE.is_masked,
                rx.el.div(
                    button(t("Show the whole number"), variant="quiet", size="small", on_click=State.show_number)
                ),
            ),
            title=t("What was used"),
        ),
        data_testid="use",
    )


def _fact(name: rx.Var, value: rx.Var) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def _price() -> rx.Var:
    values = {"amount": money(_USE.price), "count": _USE.units}
    calls = [(each, t("{amount} for a begun minute, {count} in all", **values)) for each in _CALLS]
    data = [(each, t("{amount} for a begun megabyte, {count} in all", **values)) for each in _DATA]
    return rx.match(_USE.category, *calls, *data, t("{amount} each, {count} in all", **values))
