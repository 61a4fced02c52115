"""Safety rules (A7): how not to lose a number and money to strangers."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import notice, phone_link
from mykyivstar.i18n import t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.texts import chapter, points, text_page


@app_page(
    routes.SAFETY,
    title=t("Safety rules"),
    shell="open",
    description=t("How not to lose your number and your money to strangers."),
)
def safety() -> rx.Component:
    """The rules, the most important first."""
    return text_page(
        t("Safety rules"),
        t("How not to lose your number and your money to strangers."),
        notice(
            t(
                "Not to a caller, not in a chat, not to somebody who says they are from Kyivstar, a bank or the "
                "police. Whoever asks for it is a fraud."
            ),
            kind="danger",
            title=t("Never tell a code from an SMS to anyone"),
        ),
        chapter(
            t("Codes and passwords"),
            points(
                (
                    t(
                        "Read the SMS to the end: it says what the code allows. If you did not ask for it, do "
                        "nothing and tell nobody."
                    ),
                    t(
                        "Use a password for My Kyivstar that you use nowhere else: 8 characters or more, upper and "
                        "lower case letters and a digit."
                    ),
                    t("Do not take your name, birthday or phone number for a password."),
                    t("Do not write passwords where others can see them, and do not send them in messages."),
                )
            ),
        ),
        chapter(
            t("Messages and calls"),
            points(
                (
                    t("Do not open links from SMS and chats of unknown senders, and do not install apps from them."),
                    t(
                        "A prize, a compensation, a relative in trouble, a blocked card: if you are hurried, hang up"
                        " and call back a number that you know."
                    ),
                    t(
                        "Do not dial combinations with stars and hash signs that a stranger dictates: they can "
                        "forward your calls."
                    ),
                    t(
                        "Type the address of My Kyivstar yourself or keep it among your bookmarks, and look at it "
                        "before you enter a code."
                    ),
                )
            ),
        ),
        chapter(
            t("Phone and SIM card"),
            points(
                (
                    t(
                        "Lock your phone with a code, a fingerprint or your face, and do not show SMS on the locked "
                        "screen."
                    ),
                    t(
                        "If the phone suddenly has no network where others have it, your SIM may have been replaced:"
                        " call us at once from another phone."
                    ),
                    t("On somebody else’s computer do not tick “Remember”, and log out when you leave."),
                    t(
                        "Look through your devices and sign-ins in the profile from time to time and end what you do"
                        " not know."
                    ),
                )
            ),
        ),
        chapter(
            t("If something has happened already"),
            t("Phone lost, SIM replaced, code told to a stranger: every minute counts."),
            rx.el.p(phone_link("466"), " · ", phone_link("0 800 300 466")),
        ),
    )
