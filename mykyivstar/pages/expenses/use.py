"""The use behind a charge: when, with whom, how much, times which price."""

import reflex as rx

from mykyivstar.components import button, card, facts, section
from mykyivstar.i18n import minutes, moment, money, phone, t, volume
from mykyivstar.state.expenses.entry import EntryState as State

_USE = State.view.use
_CALLS = ("call_on_net", "call_off_net", "call_abroad", "call_in", "roaming_call")
_DATA = ("data", "roaming_data")


def use() -> rx.Component:
    """Facts of the record."""
    return card(
        section(
            facts([(t("When it was used"), moment(_USE.started_at)), (t("How much was used"), _quantity())]),
            rx.cond(_USE.party, _party()),
            rx.cond(_USE.price, facts([(t("Price of a unit"), _price())])),
            title=t("What was used"),
        ),
        data_testid="use",
    )


def _party() -> rx.Component:
    return rx.fragment(
        facts([(t("Other number"), phone(_USE.party))]),
        rx.cond(
            _USE.is_masked,
            rx.el.div(button(t("Show the whole number"), variant="quiet", size="small", on_click=State.show_number)),
        ),
    )


def _quantity() -> rx.Var:
    calls = [(each, minutes(_USE.quantity)) for each in _CALLS]
    data = [(each, volume(_USE.quantity)) for each in _DATA]
    return rx.match(_USE.category, *calls, *data, t("{number} pcs.", number=_USE.quantity))


def _price() -> rx.Var:
    values = {"amount": money(_USE.price), "count": _USE.units}
    calls = [(each, t("{amount} for a begun minute, {count} in all", **values)) for each in _CALLS]
    data = [(each, t("{amount} for a begun megabyte, {count} in all", **values)) for each in _DATA]
    return rx.match(_USE.category, *calls, *data, t("{amount} each, {count} in all", **values))
