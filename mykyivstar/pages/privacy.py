"""What happens to personal data, which registration asks to agree to."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import phone_link
from mykyivstar.domain.identity.agreements import PERSONAL_DATA_VERSION
from mykyivstar.i18n import t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.texts import chapter, points, text_page


@app_page(
    routes.PRIVACY,
    title=t("Personal data"),
    shell="open",
    description=t("Which data My Kyivstar uses, what for, and what you can do about it."),
)
def privacy() -> rx.Component:
    """The whole consent, short enough to be read."""
    return text_page(
        t("Personal data"),
        t("Which data My Kyivstar uses, what for, and what you can do about it."),
        chapter(
            t("Which data"),
            points(
                (
                    t("Who you are to us: your name, your numbers and accounts, contacts that you gave."),
                    t("What you have: tariffs, balances, packages, charges, what you used."),
                    t(
                        "How you sign in: your login, a fingerprint of your password that cannot be turned back into"
                        " it, public parts of your passkeys, remembered devices, times and network addresses of "
                        "sign-ins."
                    ),
                    t("What you chose: language, names and colours of your numbers, what we may write to you about."),
                )
            ),
        ),
        chapter(
            t("What for"),
            t(
                "To show you what is yours, to carry out what you ask for, to keep strangers out, and to meet what "
                "the law of Ukraine asks of an operator. For nothing else: no advertising by others, no counters of "
                "other companies in these pages."
            ),
        ),
        chapter(
            t("Who sees them"),
            t(
                "You, people whom you let manage a number, and our employees as far as their work needs it. "
                "Others get them only where the law obliges us."
            ),
        ),
        chapter(
            t("How long"),
            t(
                "As long as you have a profile, and afterwards as long as the law orders us to keep records of "
                "payments and contracts. Codes live for minutes."
            ),
        ),
        chapter(
            t("Your rights"),
            points(
                (
                    t("See your data and have mistakes corrected."),
                    t("Take your consent back: your profile is then closed, your numbers go on working."),
                    t("Complain to the Ombudsman of the Verkhovna Rada of Ukraine or to a court."),
                )
            ),
            rx.el.p(t("For all of this call"), " ", phone_link("0 800 300 466"), "."),
        ),
        chapter(
            t("What stays in your browser"),
            t(
                "A cookie that keeps you signed in, one that knows a remembered device, your language and the look "
                "you chose. Nothing that follows you elsewhere."
            ),
        ),
        rx.el.p(
            t("Version {version}", version=PERSONAL_DATA_VERSION),
            class_name="muted",
            custom_attrs={"data-testid": "version"},
        ),
    )
