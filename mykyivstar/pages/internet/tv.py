"""Television and services for the home: packages with prices, connecting and disconnecting (H2, O4)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, button, card, notice, page_title, refusal, section, text_link
from mykyivstar.i18n import date, pick, t
from mykyivstar.pages.internet.frame import of_account
from mykyivstar.pages.internet.tv_check import checking, done
from mykyivstar.pages.internet.words import per
from mykyivstar.pages.layout import app_page
from mykyivstar.state.internet.rows import ServiceRow
from mykyivstar.state.internet.tv import TvState as State


@app_page(routes.TV, title=t("Television and services"), on_load=[State.load])
def tv() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Television and services"),
            lead=t("With your home internet. Disconnect whenever you like: it works to the end of what is paid."),
            back=text_link(t("Home internet"), href=routes.INTERNET),
        ),
        of_account(State, rx.match(State.step, ("check", checking()), ("done", done()), _list())),
        class_name=rx.cond(State.step == "list", "stack", "narrow"),
    )


def _list() -> rx.Component:
    return rx.el.div(
        rx.match(
            State.network,
            (
                "off_for_debt",
                notice(
                    t("The internet is off for debt: services can be connected when it works again."), kind="warning"
                ),
            ),
            (
                "suspended",
                notice(t("The internet is suspended: services can be connected when it works again."), kind="info"),
            ),
            rx.fragment(),
        ),
        refusal(pick(State.refusal), class_name="refusal-late"),
        _group(t("Television"), State.tv),
        _group(t("For the home"), State.others),
        class_name="stack",
    )


def _group(title: rx.Var, services: rx.Var) -> rx.Component:
    return rx.cond(
        services.length() > 0,
        section(rx.el.div(rx.foreach(services, _service), class_name="abilities"), title=title),
    )


def _service(each: rx.Var[ServiceRow]) -> rx.Component:
    return card(
        rx.el.div(
            rx.el.h3(pick(each.name), class_name="ability-title"),
            rx.el.div(
                rx.cond(
                    each.is_connected,
                    badge(t("connected"), tone="good", icon_name="check"),
                    rx.cond(each.until, badge(t("until {day}", day=date(each.until, "day")), tone="neutral")),
                )
            ),
            rx.el.p(pick(each.about), class_name="muted"),
            rx.el.p(per(each.fee, each.period), class_name="row-title"),
            rx.cond(
                pick(each.refusal),
                rx.el.p(pick(each.refusal), class_name="muted", custom_attrs={"data-testid": "in-the-way"}),
            ),
            rx.cond(State.is_own, rx.el.div(_action(each), class_name="mt-2")),
            class_name="stack-tight",
        ),
        custom_attrs={"data-testid": "service", "data-code": each.code},
    )


def _action(each: rx.Var[ServiceRow]) -> rx.Component:
    return rx.cond(
        each.can_undo,
        button(
            t("Undo"),
            variant="quiet",
            icon="undo-2",
            on_click=State.undo(State.account, each.code),
            busy=State.busy,
            aria_label=t("Undo connecting {name}", name=pick(each.name)),
        ),
        rx.cond(
            each.is_connected,
            button(
                t("Disconnect"),
                variant="quiet",
                disabled=pick(each.refusal) != "",
                on_click=State.check_disconnect(State.account, each.code),
                aria_label=t("Disconnect {name}", name=pick(each.name)),
            ),
            button(
                t("Connect"),
                disabled=(pick(each.refusal) != "") | (State.network != "active"),
                on_click=State.check_connect(State.account, each.code),
                aria_label=t("Connect {name}", name=pick(each.name)),
            ),
        ),
    )
