"""One limit: how much of it is used, and the form that sets it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from mykyivstar.components import badge, button, checkbox, form, form_actions, meter, section, text_field
from mykyivstar.i18n import date, moment, money, number, pick, t, volume
from mykyivstar.state.usage_limits.rows import LimitRow
from mykyivstar.state.usage_limits.state import LimitsState as State


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is limited, in words, and the handler that sets it."""

    name: str
    title: rx.Var
    words: Callable[[rx.Var], rx.Var]
    on_submit: Any


def data_limit() -> rx.Component:
    """Gigabytes."""
    limit = State.data.to(LimitRow)
    field = text_field(
        "data",
        t("Limit a month, GB"),
        value=limit.typed,
        error=pick(State.field_refusals["data"]),
        hint=t("For example 10 or 0,5. Data in roaming counts too."),
        input_mode="decimal",
        max_length=12,
    )
    return _limit(_Kind("data", t("Data of the month"), volume, State.set_data), limit, field)


def money_limit() -> rx.Component:
    """Hryvnias."""
    limit = State.money.to(LimitRow)
    field = text_field(
        "amount",
        t("Limit a month, ₴"),
        value=limit.typed,
        error=pick(State.field_refusals["amount"]),
        hint=t("Usage and fees. Top-ups and transfers do not count."),
        input_mode="decimal",
        max_length=12,
    )
    return _limit(_Kind("money", t("Money of the month"), money, State.set_money), limit, field)


def _limit(kind: _Kind, limit: Any, field: rx.Component) -> rx.Component:
    return section(
        rx.cond(limit.most > 0, _standing(kind, limit), _unlimited(kind, limit)),
        rx.cond(State.may_set, _form(kind, limit, field)),
        title=kind.title,
        action=rx.cond(limit.most > 0, _badge(limit)),
    )


def _badge(limit: Any) -> rx.Component:
    return rx.cond(
        limit.percent >= 100,
        badge(t("Limit reached"), tone="danger", icon_name="circle-alert"),
        rx.cond(
            limit.percent >= 80,
            badge(t("Nearly reached"), tone="warning", icon_name="triangle-alert"),
            badge(t("Within the limit"), tone="good", icon_name="circle-check"),
        ),
    )


def _standing(kind: _Kind, limit: Any) -> rx.Component:
    used, most = kind.words(limit.used), kind.words(limit.most)
    said = t("{used} of {limit}, {percent} %", used=used, limit=most, percent=number(limit.percent))
    shown = {"value": limit.used, "total": limit.most, "text": said}
    return rx.el.div(
        rx.cond(
            limit.percent >= 100,
            meter(kind.title, tone="danger", **shown),
            rx.cond(limit.percent >= 80, meter(kind.title, tone="warning", **shown), meter(kind.title, **shown)),
        ),
        rx.cond(
            limit.near_at != "",
            rx.el.p(t("80 % were reached on {moment}.", moment=moment(limit.near_at)), class_name="muted"),
        ),
        rx.cond(
            limit.reached_at != "",
            rx.el.p(t("The limit was reached on {moment}.", moment=moment(limit.reached_at)), class_name="muted"),
        ),
        class_name="stack",
    )


def _unlimited(kind: _Kind, limit: Any) -> rx.Component:
    said = t("No limit ({month}: {used})", month=date(State.month, "month"), used=kind.words(limit.used))
    return rx.el.p(said, class_name="muted")


def _form(kind: _Kind, limit: Any, field: rx.Component) -> rx.Component:
    remove = button(
        t("Remove the limit"),
        variant="quiet",
        on_click=State.remove(kind.name, State.key),
        data_testid=f"remove-{kind.name}",
    )
    return form(
        rx.el.input(type="hidden", name="line", value=State.key),
        rx.el.div(
            field,
            checkbox(
                f"{kind.name}_pauses",
                t("Pause mobile data until the month ends when it is reached"),
                checked=limit.pauses_data,
            ),
            # Another line, or another limit, has other first values of the fields.
            key=State.number + limit.typed + limit.pauses_data.to_string(),
            class_name="stack",
        ),
        form_actions(
            button(t("Save the limit"), type="submit", busy=State.busy, data_testid=f"save-{kind.name}"),
            rx.cond(limit.most > 0, remove),
        ),
        on_submit=kind.on_submit,
        busy=State.busy,
        id=f"limit-{kind.name}",
    )
