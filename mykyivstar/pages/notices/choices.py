"""How to be told of what (M5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import card, link, loading, notice, page_title, refusal, section, skeleton, switch, text_link
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.notices.words import TOPICS
from mykyivstar.state.notices.choices import NoticeChoicesState as State
from mykyivstar.state.notices.choices import TopicRow

_WAYS = (("sms", t("SMS")), ("email", t("E-mail")), ("app", t("In My Kyivstar")))


@app_page(routes.PROFILE_NOTIFICATIONS, title=t("How we tell you"), on_load=[State.load])
def choices() -> rx.Component:
    return rx.el.div(
        page_title(
            t("How we tell you"),
            lead=t("Choose for each topic. SMS that can wait do not come at night."),
            back=link(t("Profile"), href=routes.PROFILE, class_name="back-link"),
        ),
        rx.cond(
            State.ready,
            rx.el.div(
                _letters(),
                rx.cond(State.refusal, refusal(pick(State.refusal))),
                rx.foreach(State.topics, _topic),
                notice(
                    t("Codes, new sign-ins, changes of your password and money that leaves your account come by SMS."),
                    kind="info",
                    title=t("What protects you cannot be switched off"),
                ),
                class_name="stack",
            ),
            waiting_for(loading(*[skeleton("block") for _ in range(4)]), State.load),
        ),
        class_name="narrow",
    )


def _letters() -> rx.Component:
    return rx.el.p(
        rx.cond(
            State.email != "",
            t("Letters go to {email}.", email=State.email),
            t("Your profile has no e-mail address yet."),
        ),
        " ",
        text_link(t("Change"), href=routes.PROFILE_DATA),
        class_name="muted",
    )


def _topic(row: rx.Var[TopicRow]) -> rx.Component:
    title = rx.match(row.topic, *[(topic, title) for topic, (title, _, _) in TOPICS.items()], row.topic)
    about = rx.match(row.topic, *[(topic, about) for topic, (_, about, _) in TOPICS.items()], "")
    return rx.el.div(
        section(
            card(rx.el.p(about, class_name="muted"), *[_switch(row, way, label) for way, label in _WAYS]), title=title
        ),
        key=row.topic,
    )


def _switch(row: rx.Var[TopicRow], way: str, label: rx.Var[str]) -> rx.Component:
    is_on = getattr(row, way)
    return switch(
        row.topic.to(str) + f"-{way}",
        label,
        checked=is_on,
        # Without an address a letter can only be switched off.
        disabled=(State.email == "") & ~is_on if way == "email" else None,
        on_change=lambda wanted: State.choose(row.topic, way, wanted),
    )
