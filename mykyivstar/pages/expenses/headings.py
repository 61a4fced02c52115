"""What the money of a month went for, roaming apart (E2, N10)."""

import reflex as rx

from mykyivstar.components import card, empty_state, row, rows, section
from mykyivstar.i18n import money, number, t
from mykyivstar.pages.expenses.words import heading_sign, heading_words, quantity_words
from mykyivstar.state.expenses.month import MonthState as State
from mykyivstar.state.expenses.month_view import HeadingRow

_VIEW = State.view


def headings() -> rx.Component:
    """Each heading with its sum, its share and what was used; each leads to its entries."""
    return rx.fragment(
        card(
            rx.cond(
                _VIEW.headings.length() > 0,
                section(rows(rx.foreach(_VIEW.headings.to(list[HeadingRow]), _heading)), title=t("What it went for")),
                empty_state(t("Nothing was charged in this month"), icon_name="inbox"),
            ),
            data_testid="headings",
        ),
        rx.cond(
            _VIEW.covered.length() > 0,
            card(
                section(
                    rows(rx.foreach(_VIEW.covered.to(list[HeadingRow]), _covered)), title=t("Used at no extra charge")
                ),
                data_testid="covered",
            ),
        ),
        rx.cond(
            _VIEW.roaming.length() > 0,
            card(
                section(
                    rows(rx.foreach(_VIEW.roaming.to(list[HeadingRow]), _heading)),
                    title=t("In roaming"),
                    action=rx.el.strong(money(_VIEW.roaming_spent), class_name="tabular"),
                ),
                data_testid="roaming",
            ),
        ),
    )


def _heading(line: rx.Var[HeadingRow]) -> rx.Component:
    return rx.cond(line.href, _row(line, href=line.href), _row(line))


def _row(line: rx.Var[HeadingRow], **extra: rx.Var) -> rx.Component:
    return row(
        heading_words(line.heading),
        about=rx.fragment(
            rx.cond(line.spent > 0, _share(line)),
            rx.cond(line.records > 0, rx.el.span(quantity_words(line.heading, line.quantity), class_name="me-3")),
            _about(line),
        ),
        value=money(line.spent),
        value_about=rx.cond(line.share > 0, rx.fragment(number(line.share), " %")),
        leading=heading_sign(line.heading),
        custom_attrs={"data-testid": "heading", "data-heading": line.heading},
        **extra,
    )


def _covered(line: rx.Var[HeadingRow]) -> rx.Component:
    return row(
        heading_words(line.heading),
        about=_about(line),
        value=rx.cond(line.records > 0, quantity_words(line.heading, line.quantity), money(line.spent)),
        leading=heading_sign(line.heading),
        custom_attrs={"data-testid": "covered-heading", "data-heading": line.heading},
    )


def _share(line: rx.Var[HeadingRow]) -> rx.Component:
    """The share as a bar; said in percents at the right."""
    return rx.el.svg(
        rx.el.rect(x="0", y="0", width="100", height="8", class_name="meter-track"),
        rx.el.rect(x="0", y="0", width=line.share.to(str), height="8", class_name="meter-value"),
        view_box="0 0 100 8",
        preserve_aspect_ratio="none",
        class_name="meter-bar tone-brand block my-1 max-w-72",
        aria_hidden="true",
    )


def _about(line: rx.Var[HeadingRow]) -> rx.Component:
    """What the money does not tell."""
    bonuses = t("{amount} in bonuses", amount=number(line.bonuses / 100))
    by_records = t("by the records {amount}", amount=money(line.records_cost))
    return rx.fragment(
        rx.cond(line.bonuses > 0, rx.el.span(bonuses, class_name="me-3")),
        rx.cond(line.records_cost.is_not_none(), rx.el.span(by_records)),
    )
