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
    icon,
    loading,
    notice,
    page_title,
    phone_field,
    refusal,
    skeleton,
)
from mykyivstar.components.fields import field_frame
from mykyivstar.components.pulse import pulse
from mykyivstar.i18n import moment, phone, pick, t
from mykyivstar.pages.demo_phone_dialler import dialler
from mykyivstar.pages.layout import app_page
from mykyivstar.state.demo_phone import DemoPhoneState as State
from mykyivstar.state.demo_phone import MessageRow, PhoneRow

# New messages are to be seen within a second.
BEAT_MS = 700


@app_page(routes.DEMO_PHONE, title=t("Demo phone"), shell="open", on_load=[State.load])
def demo_phone() -> rx.Component:
    """Contents of the page."""
    return rx.el.div(
        page_title(t("Demo phone"), lead=t("SMS of My Kyivstar arrive here, so that you can try everything out.")),
        notice(
            t("In a real installation they go to the subscriber's phone and nobody else can read them."),
            kind="warning",
            title=t("This is a demo device, not a real phone"),
        ),
        rx.match(
            State.standing,
            (
                "ready",
                rx.el.div(
                    choice(), dialler(), device(), pulse(every_ms=BEAT_MS, on_beat=State.refresh), class_name="stack"
                ),
            ),
            ("nothing", card(refusal(pick(State.refusal)))),
            loading(skeleton("card"), skeleton("card")),
        ),
        class_name="stack",
    )


def choice() -> rx.Component:
    """Which phone to look at: one that somebody has, or any other."""
    return card(
        known_phones(),
        form(
            phone_field(label=t("Another number"), error=pick(State.field_refusals["number"])),
            form_actions(button(t("Look"), type="submit", variant="quiet")),
            on_submit=State.type_number,
            id="other-phone",
        ),
        class_name="grid items-start gap-x-6 gap-y-4 md:grid-cols-2",
    )


def known_phones() -> rx.Component:
    """Phones that rang, and those of the people whom the register knows."""

    def option(row: rx.vars.ObjectVar[PhoneRow]) -> rx.Component:
        name = rx.cond(row.name != "", f" · {row.name}", "")
        return rx.el.option(phone(row.number), name, value=row.number)

    control = rx.el.select(
        rx.foreach(State.phones, option),
        id="phone",
        value=State.number,
        on_change=State.choose,
        class_name="field-input field-select",
    )
    arrow = icon("chevron-down", class_name="field-arrow")
    return field_frame(control, label=t("Whose phone?"), field_id="phone", suffix=arrow)


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
            rx.el.div(
                rx.el.ol(rx.foreach(State.messages, message), class_name="rows"),
                role="log",
                aria_label=t("Messages, the newest first"),
            ),
            empty_state(
                t("No messages yet"),
                text=t("Ask for a code on the sign-in page: it will be here within a second."),
                icon_name="message-square",
            ),
        ),
        class_name="grid gap-2",
    )


def message(row: rx.vars.ObjectVar[MessageRow]) -> rx.Component:
    """One SMS; its code is large and can be copied."""
    code = rx.el.div(
        rx.el.span(row.code, class_name="text-3xl font-semibold tracking-widest", data_testid="code"),
        copy_button(row.code, label=t("Copy the code")),
        class_name="flex flex-wrap items-center justify-between gap-3",
    )
    return rx.el.li(
        rx.el.div(
            rx.cond(row.code != "", code, rx.fragment()),
            rx.el.p(row.text, data_testid="sms", class_name="whitespace-pre-line break-words"),
            rx.el.time(moment(row.sent_at), date_time=row.sent_at, class_name="row-about"),
            class_name="grid w-full gap-1 py-4",
        ),
        key=row.id,
        class_name="row",
    )
