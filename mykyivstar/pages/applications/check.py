"""Check and send an application: what changes, the documents, the code to a new contact (G3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    code_field,
    countdown,
    empty_state,
    form,
    form_actions,
    link,
    link_button,
    loading,
    page_title,
    refusal,
    section,
    skeleton,
)
from mykyivstar.components.after import after
from mykyivstar.components.attach import attach
from mykyivstar.i18n import phone, pick, t
from mykyivstar.pages.applications.parts import comparison, document_list
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.applications.check import DataCheckState as State


@app_page(routes.PROFILE_DATA_CHECK, title=t("Check and send the application"), on_load=[State.load])
def check() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(
            t("Check and send the application"),
            back=rx.cond(standing != "loading", link(t("Change"), href=State.back, class_name="back-link")),
        ),
        rx.el.div(
            rx.match(
                standing,
                ("ready", _content()),
                ("lost", _lost()),
                waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _content() -> rx.Component:
    return rx.fragment(
        card(
            comparison(State.values),
            rx.cond(State.words != "", rx.el.p(State.words, dir="auto", class_name="said-text")),
            class_name="stack",
        ),
        rx.cond(State.needs_documents, _documents()),
        rx.cond(State.is_contact, _contact()),
        card(
            form(
                rx.el.input(type="hidden", name="form_key", value=State.form_key),
                rx.el.p(
                    t("A specialist checks it within two days. You follow it under Applications and can withdraw it.")
                ),
                refusal(pick(State.refusal), class_name="refusal-late"),
                form_actions(
                    button(
                        t("Send the application"),
                        type="submit",
                        size="large",
                        icon="send",
                        busy=State.busy,
                        disabled=State.is_contact & ~State.is_confirmed,
                    )
                ),
                on_submit=State.send,
                busy=State.busy,
                id="send-form",
            ),
        ),
    )


def _documents() -> rx.Component:
    return card(
        section(
            rx.el.p(
                t("Pictures or PDF of the pages that prove the new data, up to 10 MB each."),
                class_name="quiet",
            ),
            rx.cond(State.files.length() > 0, document_list(State.files, on_take_away=State.take_away)),
            attach(State.takes_files, on_done=State.refresh),
            title=t("Documents"),
        )
    )


def _contact() -> rx.Component:
    return card(
        section(
            rx.cond(
                State.is_confirmed,
                rx.el.p(badge(t("Confirmed"), tone="good", icon_name="check"), " ", _where(), role="status"),
                rx.cond(State.expires_at != "", _code(), _send_code()),
            ),
            title=t("Is the new contact yours?"),
        )
    )


def _where() -> rx.Var:
    return rx.cond(State.kind == "phone", phone(State.contact), State.contact)


def _send_code() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("We send a code to it; enter the code here."), class_name="quiet"),
        refusal(pick(State.refusal), class_name="refusal-late"),
        button(t("Send the code"), icon="message-square", variant="quiet", on_click=State.send_code),
        class_name="stack justify-items-start",
    )


def _code() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("A code is on its way to {number}.", number=_where()), class_name="[overflow-wrap:anywhere]"),
        form(
            code_field(
                "contact_code", t("Code that came to the new contact"), error=pick(State.field_refusals["code"])
            ),
            rx.el.p(
                countdown(
                    State.expires_at,
                    label=t("The code works for another"),
                    done=t("The time of this code is over. Ask for a new one."),
                ),
                class_name="way-clock",
            ),
            form_actions(button(t("Confirm"), type="submit", busy=State.busy)),
            on_submit=State.enter_code,
            busy=State.busy,
            id="contact-code-form",
        ),
        after(
            State.resend_at,
            button(t("Send another code"), variant="plain", size="small", on_click=State.send_code),
            before=rx.fragment(),
        ),
        class_name="stack",
    )


def _lost() -> rx.Component:
    return card(
        empty_state(
            t("There is no such form"),
            text=t("What is not sent within a day is deleted. Choose anew what to change."),
            icon_name="file-pen",
            action=link_button(t("Personal data in the contract"), href=routes.PROFILE_DATA),
        )
    )
