"""The form of an application: what shall be instead (G3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    form,
    form_actions,
    link_button,
    loading,
    notice,
    page_title,
    phone_field,
    refusal,
    select,
    skeleton,
    text_area,
    text_field,
    text_link,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.applications.words import DOCUMENTS, wish_name
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.applications.change import DataChangeState as State

_ERRORS = State.field_refusals


@app_page(routes.PROFILE_DATA_CHANGE, title=t("Change personal data"), on_load=[State.load])
def change() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(
            rx.cond((standing == "ready") | (standing == "open"), wish_name(State.what), t("Change personal data")),
            back=text_link(t("Personal data in the contract"), href=routes.PROFILE_DATA),
        ),
        rx.el.div(
            rx.match(
                standing,
                ("ready", _form()),
                ("open", _open()),
                ("lost", _lost()),
                waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("button"))), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _form() -> rx.Component:
    return card(
        form(
            rx.el.input(type="hidden", name="form_key", value=State.form_key),
            rx.el.input(type="hidden", name="what", value=State.what),
            rx.match(
                State.what,
                ("name", _name()),
                ("document", _document()),
                ("address", _address()),
                ("email", _email()),
                _phone(),
            ),
            text_area(
                "words",
                t("A few words for whoever checks it"),
                value=State.words,
                rows=2,
                max_length=1000,
                required=False,
                error=pick(_ERRORS["words"]),
            ),
            refusal(pick(State.refusal)),
            form_actions(button(t("Next"), type="submit", icon="arrow-right", busy=State.busy)),
            on_submit=State.check,
            busy=State.busy,
            id="change-form",
        ),
        rx.el.p(_what_for(), class_name="quiet"),
        key=State.opened,
    )


def _name() -> rx.Component:
    return text_field(
        "full_name",
        t("Surname, first name, patronymic"),
        value=State.full_name,
        autocomplete="name",
        max_length=120,
        hint=t("As in the new document"),
        error=pick(_ERRORS["full_name"]),
    )


def _document() -> rx.Component:
    return rx.fragment(
        select("document_kind", t("Which document"), DOCUMENTS, chosen=State.document_kind),
        text_field(
            "document_number",
            t("Number of the document"),
            max_length=20,
            autocomplete="off",
            error=pick(_ERRORS["document_number"]),
        ),
    )


def _address() -> rx.Component:
    return text_field(
        "address",
        t("Address"),
        value=State.address,
        autocomplete="street-address",
        max_length=200,
        hint=t("City, street, house, flat"),
        error=pick(_ERRORS["address"]),
    )


def _email() -> rx.Component:
    return text_field(
        "email",
        t("New e-mail"),
        value=State.email,
        type="email",
        input_mode="email",
        autocomplete="email",
        max_length=254,
        error=pick(_ERRORS["email"]),
    )


def _phone() -> rx.Component:
    return phone_field("phone", t("New contact phone"), value=State.phone, error=pick(_ERRORS["number"]))


def _what_for() -> rx.Component:
    return rx.cond(
        (State.what == "email") | (State.what == "phone"),
        t("Next you confirm the new contact by a code. Nothing is sent to us yet."),
        t("Next you attach the documents and check everything. Nothing is sent to us yet."),
    )


def _open() -> rx.Component:
    return notice(
        t("You have an open application for this already. Wait for its decision, or withdraw it to file another one."),
        action=link_button(t("Application {number}", number=State.open_number), href=State.open_href, variant="quiet"),
    )


def _lost() -> rx.Component:
    return card(
        empty_state(
            t("There is no such form"),
            text=t("Choose what to change among your personal data."),
            icon_name="file-pen",
            action=link_button(t("Personal data in the contract"), href=routes.PROFILE_DATA),
        )
    )
