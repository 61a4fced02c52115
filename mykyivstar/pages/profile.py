"""Profile: who you are to us."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    facts,
    flash,
    form,
    form_actions,
    loading,
    page_title,
    refusal,
    row,
    rows,
    section,
    skeleton,
    text_field,
)
from mykyivstar.i18n import phone, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.preferences import language_switch
from mykyivstar.state.profile import ProfileState
from mykyivstar.state.shell import ShellState


@app_page(routes.PROFILE, title=t("Profile"), on_load=[ShellState.load, ProfileState.load])
def profile() -> rx.Component:
    return rx.el.div(
        page_title(t("Profile")),
        flash(t("Your name is saved"), stamp=ProfileState.done_at),
        rx.cond(
            ProfileState.ready,
            rx.el.div(about_you(), contacts(), language(), further(), class_name="stack"),
            loading(skeleton("title"), skeleton("block"), skeleton("block")),
        ),
        class_name="narrow",
    )


def about_you() -> rx.Component:
    """The name, which is all that a person can change here at once."""
    return card(
        form(
            text_field(
                "name",
                t("Your name"),
                value=ProfileState.name,
                autocomplete="name",
                max_length=120,
                error=pick(ProfileState.field_refusals["name"]),
                hint=t("As we should call you in messages and in the chat"),
            ),
            refusal(pick(ProfileState.refusal)),
            form_actions(button(t("Save"), type="submit", busy=ProfileState.busy)),
            on_submit=ProfileState.save,
            busy=ProfileState.busy,
        ),
    )


def contacts() -> rx.Component:
    """What we know of how to reach this person."""
    none = rx.el.span(t("not given"), class_name="quiet")
    return section(
        card(
            facts(
                [
                    (t("Login"), ProfileState.login),
                    (t("Contact phone"), rx.cond(ProfileState.contact_phone, phone(ProfileState.contact_phone), none)),
                    (t("E-mail"), rx.cond(ProfileState.contact_email, ProfileState.contact_email, none)),
                ]
            ),
        ),
        title=t("Contacts"),
    )


def language() -> rx.Component:
    """The language of the screen and of messages."""
    return section(
        card(
            language_switch(),
            rx.el.p(t("SMS come in this language too."), class_name="quiet"),
        ),
        title=t("Language"),
    )


def further() -> rx.Component:
    """Where to go from here."""
    return rows(
        row(
            t("Personal data in the contract"),
            about=t("Name, document, address, contacts, and how to change them"),
            icon_name="file-pen",
            href=routes.PROFILE_DATA,
        ),
        row(
            t("Security"),
            about=t("Password, passkeys, devices, sessions"),
            icon_name="shield-check",
            href=routes.PROFILE_SECURITY,
        ),
        row(
            t("How we tell you"),
            about=t("SMS, e-mail or here, for each topic"),
            icon_name="bell",
            href=routes.PROFILE_NOTIFICATIONS,
        ),
        row(t("Safety rules"), about=t("How not to be fooled"), icon_name="siren", href=routes.SAFETY),
        label=t("More about your profile"),
    )
