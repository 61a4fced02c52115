"""Help that needs no sign-in: the SMS that did not come (A10), frequent questions, hotlines."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import accordion, card, text_link
from mykyivstar.components.surfaces import steps
from mykyivstar.i18n import t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.footer import hotlines
from mykyivstar.pages.layout.texts import chapter, text_page


@app_page(
    routes.HELP,
    title=t("Help"),
    shell="public",
    description=t("What to do when the SMS did not come, and answers to frequent questions."),
)
def help_page() -> rx.Component:
    """The most frequent trouble first."""
    return text_page(
        t("Help"),
        t("What to do when the SMS did not come, and answers to frequent questions."),
        card(
            rx.el.h2(t("Talk to a person"), class_name="section-title"), hotlines(), class_name="grid grid-cols-1 gap-3"
        ),
        no_sms(),
        questions(),
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
            rx.fragment(
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
