"""Which tariff would have been cheapest for what was really used, and why (F6, O3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    card,
    empty_state,
    failed_state,
    icon,
    link_button,
    loading,
    notice,
    page_title,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import date, money, pick, t, tn
from mykyivstar.pages.advice.comparison import comparison
from mykyivstar.pages.advice.proof import proof
from mykyivstar.pages.advice.words import fee_words, months_words, saved_words
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.line_words import name_of
from mykyivstar.state.advice.rows import ChoiceRow
from mykyivstar.state.advice.state import AdviceState as State
from mykyivstar.state.failure import FailureState
from mykyivstar.state.shell import ShellState

_VIEW = State.view
_BEST = State.view.best


@app_page(routes.TARIFF_ADVICE, title=t("Compare tariffs"), on_load=[State.load])
def advice() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Which tariff is cheapest for you"),
            lead=rx.cond(
                ShellState.chosen,
                t("{name}: what you really used, counted again under every tariff.", name=name_of(ShellState.chosen)),
                t("What you really used, counted again under every tariff."),
            ),
        ),
        rx.match(
            State.standing,
            ("ready", rx.cond(_VIEW, _ready(), _on_its_way())),
            ("refused", card(_refused(), data_testid="refused")),
            ("none", card(_none())),
            rx.cond(FailureState.incident, _failed(), _on_its_way()),
        ),
        class_name="narrow",
    )


def _ready() -> rx.Component:
    return rx.el.div(
        _verdict(),
        _doubts(),
        card(
            section(
                rx.el.p(
                    months_words(_VIEW.months),
                    " · ",
                    tn("{count} record", "{count} records", count=_VIEW.records),
                    ". ",
                    t("What an average month would have cost:"),
                    class_name="muted",
                ),
                rx.el.div(rx.foreach(_VIEW.choices.to(list[ChoiceRow]), _choice), class_name="folds"),
                title=t("All tariffs, the cheapest first"),
            ),
        ),
        card(_changing()),
        card(proof()),
        class_name="stack",
    )


def _verdict() -> rx.Component:
    return rx.cond(
        _BEST,
        notice(
            t(
                "In these months you would have paid {best} instead of {current}.",
                best=money(_VIEW.best_total),
                current=money(_VIEW.current_total),
            ),
            " ",
            pick(_BEST.description),
            kind="good",
            title=t("{name} would save you {amount} a month", name=pick(_BEST.name), amount=money(_BEST.saved)),
            data_testid="verdict",
        ),
        notice(
            t("Under any other tariff the same would have cost as much or more."),
            kind="good",
            title=t("Your tariff is the cheapest for what you use"),
            data_testid="verdict",
        ),
    )


def _doubts() -> rx.Component:
    return rx.fragment(
        rx.cond(
            _VIEW.full_from,
            notice(
                tn(
                    "Only {count} whole month of this number can be compared yet. From {day} on there are three.",
                    "Only {count} whole months of this number can be compared yet. From {day} on there are three.",
                    count=_VIEW.months.length(),
                    day=date(_VIEW.full_from, "day"),
                ),
                kind="warning",
                data_testid="short",
            ),
        ),
        rx.cond(
            _VIEW.is_little,
            notice(t("There are very few records in these months: mostly the fees are compared."), kind="warning"),
        ),
    )


def _choice(choice: rx.Var[ChoiceRow]) -> rx.Component:
    is_open = State.opened == choice.code
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                rx.el.span(
                    pick(choice.name),
                    " ",
                    rx.cond(choice.is_current, badge(t("Your tariff"), tone="brand")),
                    class_name="row-title",
                ),
                rx.el.span(fee_words(choice), class_name="row-about font-normal"),
                rx.el.span(saved_words(choice), class_name="row-about font-normal"),
                class_name="row-main",
            ),
            rx.el.span(money(choice.per_month), class_name="row-value"),
            icon("chevron-down", class_name="fold-arrow"),
            on_click=State.open(choice.code),
        ),
        rx.el.div(
            rx.el.p(pick(choice.description)),
            rx.cond(
                choice.excludes_bonuses,
                rx.el.p(t("Bonuses cannot be moved to this tariff"), class_name="muted"),
            ),
            rx.cond(is_open, comparison()),
            class_name="fold-body stack",
        ),
        open=is_open,
        class_name="fold",
        custom_attrs={"data-testid": "tariff", "data-code": choice.code},
    )


def _changing() -> rx.Component:
    return section(
        rx.el.p(
            t(
                "A tariff cannot be changed on this page yet. Call 466 or come to a service centre: "
                "the operator says from which day it would be and what is lost of your package."
            )
        ),
        text_link(t("Call 466"), href="tel:466"),
        title=t("How to change your tariff today"),
    )


def _refused() -> rx.Component:
    return empty_state(
        t("There is nothing to compare yet"),
        text=pick(State.refusal),
        icon_name="scale",
        action=link_button(t("Charge calendar"), href=routes.CALENDAR, variant="quiet"),
    )


def _none() -> rx.Component:
    return empty_state(
        t("No tariffs to compare here"),
        text=t("Mobile numbers that you own or may look at are compared. Choose such a number above."),
        icon_name="smartphone",
        action=link_button(t("My numbers"), href=routes.LINES, variant="quiet"),
    )


def _failed() -> rx.Component:
    return card(failed_state(FailureState.incident, on_retry=[FailureState.dismiss(), State.load()]))


def _on_its_way() -> rx.Component:
    return loading(
        card(skeleton("line"), skeleton("line")),
        card(skeleton("line"), *[skeleton("block") for _ in range(5)]),
        class_name="stack",
    )
