"""Terms of use, which registration asks to accept."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.domain.identity.agreements import TERMS_VERSION
from mykyivstar.i18n import t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.texts import chapter, points, text_page


@app_page(
    routes.TERMS,
    title=t("Terms of use"),
    shell="open",
    description=t("What you and we agree on when you use My Kyivstar."),
)
def terms() -> rx.Component:
    """The whole agreement, short enough to be read."""
    return text_page(
        t("Terms of use"),
        t("What you and we agree on when you use My Kyivstar."),
        chapter(
            t("What My Kyivstar is"),
            t(
                "My Kyivstar lets you see and manage your Kyivstar numbers and home internet. It does not replace "
                "your contract for communication services: tariffs, prices and the rules of those services stay as "
                "the contract says."
            ),
        ),
        chapter(
            t("Your profile"),
            points(
                (
                    t(
                        "You register with an active Kyivstar number and a code that we send to it, or with the "
                        "account number of your home internet."
                    ),
                    t(
                        "You add a number or an account to your profile by proving with a code that it is yours to "
                        "manage."
                    ),
                    t(
                        "You choose a password that you use nowhere else, and keep it, your access code and the "
                        "codes from SMS to yourself."
                    ),
                    t(
                        "What is done after signing in with your codes and passwords counts as done by you, until "
                        "you tell us that somebody else got hold of them."
                    ),
                )
            ),
        ),
        chapter(
            t("What we promise"),
            points(
                (
                    t(
                        "The service is free. Where something you do here costs money, you see the price first and "
                        "confirm it."
                    ),
                    t("It runs day and night. After a failure we tell you what happened to your request."),
                    t("We ask for a fresh code before anything that could harm you in other hands."),
                )
            ),
        ),
        chapter(
            t("What is not allowed"),
            t(
                "Trying to enter other people’s profiles, collecting data with programs, disturbing the work of the "
                "service. We may close the way in for a profile from which this is done, and say why."
            ),
        ),
        chapter(
            t("Leaving"),
            t(
                "You may stop using My Kyivstar at any time. Your numbers and contracts go on working; to end those,"
                " use what the contract provides for."
            ),
        ),
        chapter(
            t("Changes"),
            t(
                "When these terms change, you see the new ones when you sign in and decide whether to accept them. "
                "We keep the version you accepted and the time."
            ),
        ),
        rx.el.p(
            t("Version {version}", version=TERMS_VERSION), class_name="muted", custom_attrs={"data-testid": "version"}
        ),
    )
