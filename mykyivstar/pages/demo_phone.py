"""A phone to try the app with: the SMS of any number, as they arrive (`/demo/phone`)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    copy_button,
    empty_state,
    form,
    form_actions,
    loading,
    notice,
    page_title,
    phone_field,
    refusal,
    skeleton,
)
from mykyivstar.components.pulse import pulse
from mykyivstar.i18n import moment, phone, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.state.demo_phone import DemoPhoneState as State
from mykyivstar.state.demo_phone import MessageRow, PhoneRow

# New messages are to be seen within a second.
BEAT_MS = 700


@app_page(routes.DEMO_PHONE, title=t("Demo phone"), shell="public", on_load=[State.load])
def demo_phone() -> rx.Component:
    """Contents of the page."""
    return rx.el.div(
        page_title(t("Demo phone"), lead=t("SMS of My Kyivstar arrive here, so that you can try everything out.")),
        notice(
            t("In a real installation they go to the subscriber's phone and nobody else can read them."),
            kind="warning",
            title=t("This is a demo device, not a real phone"),
        ),
        refusal(pick(State.refusal)),
        rx.cond(
            State.ready,
            rx.el.div(choice(), device(), class_name="grid items-start gap-4 lg:grid-cols-[20rem_1fr]"),
            loading(skeleton("card"), skeleton("card")),
        ),
        pulse(every_ms=BEAT_MS, on_beat=State.refresh),
        class_name="stack",
    )


def choice() -> rx.Component:
    """Which phone to look at."""
    return card(
        rx.el.h2(t("Whose phone?"), class_name="sr-only"),
        rx.el.ul(rx.foreach(State.phones, known_phone), aria_label=t("Phones"), class_name="grid gap-2"),
        form(
            phone_field(label=t("Another number"), error=pick(State.field_refusals["number"])),
            form_actions(button(t("Look"), type="submit", variant="quiet", full_width=True)),
            on_submit=State.type_number,
            id="other-phone",
        ),
        class_name="grid gap-4",
    )


def known_phone(row: rx.vars.ObjectVar[PhoneRow]) -> rx.Component:
    """A phone of somebody whom the register knows."""
    content = (
        rx.el.span(phone(row.number), class_name="tabular"),
        rx.cond(row.name != "", rx.el.span(row.name, class_name="row-about"), rx.fragment()),
    )
    look = {"icon": "smartphone", "full_width": True, "class_name": "justify-start"}
    return rx.el.li(
        rx.cond(
            row.number == State.number,
            button(rx.el.span(*content, class_name="grid text-start"), aria_current="true", **look),
            button(
                rx.el.span(*content, class_name="grid text-start"),
                variant="quiet",
                on_click=State.choose(row.number),
                **look,
            ),
        ),
        key=row.number,
    )


def device() -> rx.Component:
    """The phone in hand: its messages, the newest at the top."""
    return card(
        rx.cond(
            State.number != "",
            rx.el.h2(phone(State.number), class_name="tabular", data_testid="phone-in-hand"),
            rx.el.h2(t("No phone yet")),
        ),
        rx.cond(
            State.messages.length() > 0,
            rx.el.ol(
                rx.foreach(State.messages, message),
                role="log",
                aria_label=t("Messages, the newest first"),
                class_name="grid gap-3",
            ),
            empty_state(
                t("No messages yet"),
                text=t("Ask for a code on the sign-in page: it will be here within a second."),
                icon_name="message-square",
            ),
        ),
        class_name="grid gap-4",
    )


def message(row: rx.vars.ObjectVar[MessageRow]) -> rx.Component:
    """One SMS; its code is large and can be copied."""
    return rx.el.li(
        rx.cond(
            row.code != "",
            rx.el.div(
                rx.el.span(row.code, class_name="text-3xl font-semibold tracking-widest", data_testid="code"),
                copy_button(row.code, label=t("Copy the code")),
                class_name="flex flex-wrap items-center justify-between gap-3",
            ),
            rx.fragment(),
        ),
        rx.el.p(row.text, data_testid="sms", class_name="whitespace-pre-line break-words"),
        rx.el.time(moment(row.sent_at), date_time=row.sent_at, class_name="row-about"),
        key=row.id,
        class_name="phone-message grid gap-2",
    )
