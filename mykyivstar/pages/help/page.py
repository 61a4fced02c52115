"""Help that needs no sign-in: a search, articles by topic, the SMS that did not come (A10), hotlines (K4, K5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import accordion, button, card, form, row, rows, text_field, text_link
from mykyivstar.components.surfaces import steps
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.footer import hotlines
from mykyivstar.pages.layout.texts import chapter, text_page
from mykyivstar.state.help.contents import HelpState as State
from mykyivstar.state.help.contents import listed_articles

_TOPICS = {
    "entry": t("Signing in and safety"),
    "money": t("Topping up and paying"),
    "charges": t("Charges, details, limits"),
    "internet": t("Home internet, TV, bonuses"),
    "support": t("Stores and support"),
}


@app_page(
    routes.HELP,
    title=t("Help"),
    shell="open",
    description=t("What to do when the SMS did not come, and answers to frequent questions."),
    on_load=[State.load],
)
def help_page() -> rx.Component:
    """What is looked for, then the most frequent trouble, then everything."""
    return text_page(
        t("Help"),
        t("What to do when the SMS did not come, and answers to frequent questions."),
        search(),
        no_sms(),
        articles(),
        questions(),
        card(
            rx.el.h2(t("Talk to a person"), class_name="section-title"),
            hotlines(),
            rx.el.p(
                t("No hurry? Write, and the answer comes within 24 hours."),
                " ",
                text_link(t("Write to us"), href=routes.CONTACT),
            ),
            class_name="grid grid-cols-1 gap-3",
        ),
    )


def search() -> rx.Component:
    """One field; what is found stands below it, the best first."""
    field = text_field(
        "q",
        t("What do you want to know?"),
        value=State.question,
        placeholder=t("For example: how to transfer money"),
        input_mode="search",
        autocomplete="off",
        max_length=500,
        required=False,
        class_name="grow",
    )
    return rx.el.div(
        form(
            rx.el.div(
                field,
                # As high as the field's own line, below its label.
                button(t("Find"), type="submit", icon="search", class_name="btn-short mt-[1.9rem]"),
                key=State.question,
                class_name="flex items-start gap-2",
            ),
            on_submit=State.search,
            id="find-help",
        ),
        rx.el.div(rx.cond(State.question != "", found()), role="status"),
        role="search",
    )


def found() -> rx.Component:
    """Articles with the lines that fit; without any, whom to ask."""
    return rx.cond(
        State.found.length() > 0,
        card(
            rows(
                rx.foreach(
                    State.found,
                    lambda each: row(pick(each.title), about=pick(each.about), href=each.href, key=each.href),
                ),
                label=t("Articles that were found"),
            ),
            data_testid="found",
        ),
        rx.el.p(
            t("No article fits these words. Try others, or ask a person:"),
            " ",
            text_link(t("Support"), href=routes.SUPPORT),
            class_name="muted",
        ),
    )


def articles() -> rx.Component:
    """Every article under its topic; part of the page, so that it can be read without JavaScript."""
    return rx.fragment(
        *[
            rx.el.section(
                rx.el.h2(_TOPICS[topic], class_name="section-title"),
                card(rows(rx.foreach(rx.Var.create(listed), lambda each: row(pick(each), href=each["href"])))),
                class_name="chapter",
            )
            for topic, listed in listed_articles()
        ]
    )


def no_sms() -> rx.Component:
    """A10, in the order in which it is worth trying."""
    return rx.el.section(
        rx.el.h2(t("The SMS with the code did not come"), class_name="section-title", id="sms"),
        steps(
            t("Look at the number you entered: one wrong digit, and the code goes to nobody or to a stranger."),
            t("Look whether the phone has a network and is not in flight mode. Abroad an SMS may take some minutes."),
            t("Make room: with a full memory for messages the phone takes no new ones. Delete some old SMS."),
            t("Look into the folder for spam and among blocked senders."),
            t("Wait until the countdown ends and ask for a new code. Only the newest one works."),
            rx.el.span(
                t(
                    "Still nothing: restart the phone, then call us or visit a service centre with an identity "
                    "document."
                ),
                " ",
                text_link(t("Find the nearest one"), href=f"{routes.STORES}?kind=service_centre"),
            ),
        ),
        class_name="chapter",
    )


def questions() -> rx.Component:
    """Frequent questions; they unfold without JavaScript too."""
    return chapter(
        t("Frequent questions"),
        accordion(
            (
                t("Which number can I sign in with?"),
                t(
                    "With any Kyivstar or DJUICE number that works, also one that was moved to us from another "
                    "operator, and with the account number of home internet. Its code goes to the phone named in the"
                    " contract."
                ),
            ),
            (
                t("Where do I find my home internet account number?"),
                t("On the contract card. It consists of digits and may begin with zeros: enter them too."),
            ),
            (
                t("I have forgotten my password"),
                rx.el.p(
                    t("You do not need it: sign in with a code from an SMS. To set a new one, go to"),
                    " ",
                    text_link(t("restoring access"), href=routes.RECOVER),
                    ".",
                ),
            ),
            (
                t("What does “Remember” on the code screen do?"),
                t(
                    "This browser will not ask for a code from an SMS again after your password. Use it on your own "
                    "devices only; in the profile you can forget any of them."
                ),
            ),
            (
                t("Can I see all my numbers at once?"),
                t(
                    "Yes. Add each number or internet account under “My numbers” with a code that comes to it, give "
                    "it a name and a colour, and switch between them at the top of every page."
                ),
            ),
            (
                t("My employer pays for my number"),
                t(
                    "Access to company numbers is given by the coordinator in your company. Ask them for it or for a"
                    " new password."
                ),
            ),
        ),
    )
