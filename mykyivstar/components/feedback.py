"""What the app says back: notices, refusals, the four states of a screen, toasts."""

from typing import Any, Literal

import reflex as rx

from mykyivstar.components.buttons import button
from mykyivstar.components.client import Flash
from mykyivstar.components.foundations import Event, Node, Text, attributes, classes, is_set
from mykyivstar.components.icons import icon
from mykyivstar.i18n import t

NoticeKind = Literal["info", "good", "warning", "danger"]
SkeletonShape = Literal["line", "title", "block", "button", "card", "circle", "amount"]

_ICONS: dict[str, str] = {
    "info": "info",
    "good": "circle-check",
    "warning": "triangle-alert",
    "danger": "octagon-alert",
}


def notice(
    *children: Node,
    kind: NoticeKind = "info",
    title: Text | None = None,
    action: Node | None = None,
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """Something worth knowing, standing still in the page; the icon says the kind too, colour alone never does."""
    head = [rx.el.p(title, class_name="notice-title")] if title is not None else []
    foot = [rx.el.div(action, class_name="notice-action")] if action is not None else []
    return rx.el.div(
        icon(_ICONS[kind], size=22, class_name="notice-icon"),
        rx.el.div(*head, rx.el.div(*children, class_name="notice-text"), *foot, class_name="notice-body"),
        class_name=classes("notice", f"notice-{kind}", class_name),
        **extra,
    )


def refusal(text: rx.Var, *, class_name: str | None = None) -> rx.Component:
    """Why it was refused and how to mend it, read out at once. Its place is kept free, so the page never jumps."""
    return rx.el.div(
        rx.cond(is_set(text), rx.el.p(icon("circle-alert", size=20), rx.el.span(text), class_name="refusal-text")),
        role="alert",
        class_name=classes("refusal", class_name),
    )


def empty_state(
    title: Text, *, text: Node | None = None, icon_name: str = "inbox", action: Node | None = None
) -> rx.Component:
    """Nothing here yet: what would be here, and how to get it."""
    return rx.el.div(
        rx.el.span(icon(icon_name, size=28), class_name="empty-icon"),
        rx.el.p(title, class_name="empty-title"),
        *([rx.el.p(text, class_name="empty-text")] if text is not None else []),
        *([action] if action is not None else []),
        class_name="empty",
    )


def failed_state(incident: Text, *, on_retry: Event = None) -> rx.Component:
    """It broke on our side: sorry, the number of the incident, and another try."""
    retry = (
        [button(t("Try again"), variant="quiet", icon="rotate-cw", on_click=on_retry)] if on_retry is not None else []
    )
    return rx.el.div(
        rx.el.span(icon("cloud-off", size=28), class_name="empty-icon"),
        rx.el.p(t("Something went wrong on our side"), class_name="empty-title"),
        rx.el.p(t("We already know and are looking into it. Nothing you did is lost."), class_name="empty-text"),
        rx.el.p(t("Incident number: {incident}", incident=incident), class_name="empty-incident"),
        *retry,
        role="alert",
        class_name="empty",
    )


def skeleton(shape: SkeletonShape = "line", *, class_name: str | None = None) -> rx.Component:
    """The place of something that is on its way, in its own shape. Silent: the region around it says "loading"."""
    return rx.el.span(class_name=classes("skeleton", f"skeleton-{shape}", class_name), aria_hidden="true")


def loading(*shapes: Node, class_name: str | None = None) -> rx.Component:
    """A region of skeletons that tells screen readers that it is loading."""
    return rx.el.div(
        rx.el.span(t("Loading…"), class_name="sr-only"),
        *shapes,
        role="status",
        class_name=classes("loading", class_name),
    )


def flash(
    text: Text, *, stamp: rx.Var, kind: Literal["good", "info", "danger"] = "good", class_name: str | None = None
) -> rx.Component:
    """A passing word about something that just happened; nothing that must be read belongs here.

    It appears each time `stamp` (a counter or a moment, falsy at first) changes, and goes away after six seconds.
    """
    return Flash.create(
        icon(_ICONS[kind], size=20),
        text=text,
        kind=kind,
        stamp=stamp,
        close=t("Close"),
        **attributes(class_name=class_name),
    )
