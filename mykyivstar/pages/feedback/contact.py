"""Writing to us, signed in or not (K3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    button,
    card,
    form_actions,
    page_title,
    puzzle_form,
    radio_cards,
    refusal,
    section,
    text_area,
    text_field,
    text_link,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.footer import hotlines
from mykyivstar.state.feedback.form import ContactState as State
from mykyivstar.state.shell import ShellState

_ABOUT = (
    Choice("mobile", t("Mobile number"), t("Tariffs, services, money, SIM and eSIM"), "smartphone"),
    Choice("internet", t("Home internet and TV"), t("Connection, speed, repairs"), "router"),
    Choice("corporate", t("For companies"), t("Contracts, invoices, numbers of employees"), "building-2"),
    Choice("other", t("Something else"), t("An idea, a complaint, thanks"), "message-circle"),
)
_IS_SOMEBODY = ShellState.ready & ~ShellState.is_nobody


@app_page(
    routes.CONTACT,
    title=t("Write to us"),
    shell="open",
    on_load=[State.load],
    description=t("Ask Kyivstar without signing in: the answer comes by e-mail or SMS."),
    in_sitemap=True,
)
def contact() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Write to us"),
            lead=rx.cond(
                _IS_SOMEBODY,
                t("A specialist answers within 24 hours."),
                t("You need not sign in. A specialist answers within 24 hours."),
            ),
        ),
        rx.el.div(card(writing()), quicker(), class_name="stack"),
        class_name="narrow",
    )


def writing() -> rx.Component:
    """What, where to, from whom."""
    return puzzle_form(
        radio_cards("about", t("What is it about?"), _ABOUT, chosen="mobile", class_name="mb-2"),
        text_area("words", t("Your message"), rows=6, error=pick(State.field_refusals["text"])),
        rx.cond(_IS_SOMEBODY, where_to(required=False), where_to(required=True)),
        text_field("name", t("How to address you"), required=False, autocomplete="name", max_length=80),
        refusal(pick(State.refusal)),
        form_actions(button(t("Send"), type="submit", icon="send")),
        rx.el.p(
            t("We use what you write here only to answer you."),
            " ",
            text_link(t("Personal data"), href=routes.PRIVACY),
            class_name="muted",
        ),
        challenge=State.challenge,
        tries=State.tries,
        on_submit=State.send,
        wait=t("Checking that you are not a robot. This takes a few seconds, then your message goes by itself."),
        id="contact-form",
    )


def where_to(*, required: bool) -> rx.Component:
    """One field for both ways; who is signed in need not say."""
    hint = (
        t("A letter to an address, an SMS to a number, and only when there is an answer.")
        if required
        else t("Left empty: the answer is in My Kyivstar, and an SMS to your own number tells you of it.")
    )
    return text_field(
        "contact",
        t("E-mail or mobile number for the answer"),
        required=required,
        hint=hint,
        error=pick(State.field_refusals["contact"]),
        autocomplete="email",
        input_mode="email",
        placeholder="olena@example.com",
        max_length=254,
        spell_check=False,
        auto_capitalize="none",
    )


def quicker() -> rx.Component:
    """For whom a day is too long."""
    return card(
        section(
            rx.el.p(
                t("A specialist answers in the chat within minutes, and on the phone at once."),
                " ",
                text_link(t("To the chat"), href=routes.SUPPORT),
            ),
            hotlines(),
            title=t("Is it urgent?"),
        ),
        tone="soft",
    )
