"""Amounts and quantities: big money, gauges, meters, badges, countdowns."""

from typing import Literal

import reflex as rx

from mykyivstar.components.client import Countdown, MoneyText
from mykyivstar.components.feedback import skeleton
from mykyivstar.components.foundations import Event, Node, Text, attributes, classes
from mykyivstar.components.icons import icon

Tone = Literal["neutral", "brand", "good", "warning", "danger"]

_RING_RADIUS = 42


def money_text(kopiykas: rx.Var | int, *, big: bool = False, class_name: str | None = None) -> rx.Component:
    """An amount that may change while it is looked at: counts up gently, then is said once to screen readers.

    Whole kopiykas; None shows a skeleton of the amount, never 0.
    """
    shown = MoneyText.create(value=kopiykas, class_name=classes("money", "money-big" if big else None, class_name))
    if isinstance(kopiykas, int):
        return shown
    return rx.cond(kopiykas.is_none(), skeleton("amount"), shown)


def gauge(
    label: Text,
    *,
    value: rx.Var | float,
    total: rx.Var | float,
    text: Text,
    caption: Node | None = None,
    tone: Tone = "brand",
) -> rx.Component:
    """What is left of an allowance as a ring: `text` says it in words, `caption` until when."""
    share = _share(value, total)
    about = [rx.el.p(caption, class_name="gauge-caption")] if caption is not None else []
    return rx.el.div(
        rx.el.div(
            rx.el.svg(
                rx.el.circle(cx="50", cy="50", r=str(_RING_RADIUS), class_name="gauge-track", path_length=100),
                rx.el.circle(
                    cx="50",
                    cy="50",
                    r=str(_RING_RADIUS),
                    class_name="gauge-value",
                    path_length=100,
                    custom_attrs={"strokeDasharray": _dashes(share)},
                ),
                view_box="0 0 100 100",
                aria_hidden="true",
            ),
            class_name="gauge-ring",
            custom_attrs={"role": "meter"},
            aria_label=label,
            aria_valuenow=share,
            aria_valuemin="0",
            aria_valuemax="100",
            aria_valuetext=text,
        ),
        rx.el.div(
            rx.el.p(label, class_name="gauge-label"),
            rx.el.p(text, class_name="gauge-text"),
            *about,
            class_name="gauge-words",
        ),
        class_name=classes("gauge", f"tone-{tone}"),
    )


def meter(
    label: Text,
    *,
    value: rx.Var | float,
    total: rx.Var | float,
    text: Text,
    caption: Node | None = None,
    tone: Tone = "brand",
) -> rx.Component:
    """The same as `gauge` as a bar: for lists and narrow places."""
    share = _share(value, total)
    about = [rx.el.p(caption, class_name="gauge-caption")] if caption is not None else []
    return rx.el.div(
        rx.el.div(
            rx.el.span(label, class_name="gauge-label"),
            rx.el.span(text, class_name="meter-text"),
            class_name="meter-head",
        ),
        rx.el.svg(
            rx.el.rect(x="0", y="0", width="100", height="8", class_name="meter-track"),
            rx.el.rect(x="0", y="0", width=share, height="8", class_name="meter-value"),
            view_box="0 0 100 8",
            preserve_aspect_ratio="none",
            class_name="meter-bar",
            custom_attrs={"role": "meter"},
            aria_label=label,
            aria_valuenow=share,
            aria_valuemin="0",
            aria_valuemax="100",
            aria_valuetext=text,
        ),
        *about,
        class_name=classes("meter", f"tone-{tone}"),
    )


def badge(*children: Node, tone: Tone = "neutral", icon_name: str | None = None) -> rx.Component:
    """A short state in a word or two."""
    drawn = [icon(icon_name, size=14)] if icon_name else []
    return rx.el.span(*drawn, *children, class_name=classes("badge", f"tone-{tone}"))


def stat(label: Text, value: Node, *, caption: Node | None = None, class_name: str | None = None) -> rx.Component:
    """One figure with its name above and what it means below."""
    about = [rx.el.p(caption, class_name="stat-caption")] if caption is not None else []
    return rx.el.div(
        rx.el.p(label, class_name="stat-label"),
        rx.el.p(value, class_name="stat-value"),
        *about,
        class_name=classes("stat", class_name),
    )


def countdown(
    until: Text, *, done: Text, label: Node | None = None, on_done: Event = None, class_name: str | None = None
) -> rx.Component:
    """Time left until an ISO moment, live in the browser; then `done` instead, and `on_done` once."""
    return Countdown.create(
        *([label] if label is not None else []),
        until=until,
        done=done,
        **attributes(on_done=on_done, class_name=class_name),
    )


def _share(value: rx.Var | float, total: rx.Var | float) -> rx.Var:
    """Whole percents between 0 and 100; nothing of nothing is 0."""
    amount, whole = rx.Var.create(value), rx.Var.create(total)
    expression = f"Math.max(0, Math.min(100, Math.round(({amount!s} ?? 0) / ({whole!s} || 1) * 100)))"
    return rx.Var(expression, _var_type=int, _var_data=_both(amount, whole)).guess_type()


def _dashes(share: rx.Var) -> rx.Var:
    return rx.Var(f"`${{{share!s}}} 100`", _var_type=str, _var_data=_both(share)).guess_type()


def _both(*parts: rx.Var) -> rx.vars.VarData | None:
    return rx.vars.VarData.merge(*(part._get_all_var_data() for part in parts))  # noqa: SLF001  no public name
