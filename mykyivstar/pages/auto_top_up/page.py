"""Auto top-up: the rules with what each will do next, the form, its check (N1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    dialog,
    empty_state,
    fact,
    flash,
    form_actions,
    icon,
    link_button,
    loading,
    menu,
    menu_item,
    menu_separator,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.pages.auto_top_up.check import checking
from mykyivstar.pages.auto_top_up.form import form_step
from mykyivstar.pages.auto_top_up.words import amount_words, next_words, trouble_words, when_words
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.line_words import name_of
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.auto_top_up.rows import RuleRow
from mykyivstar.state.auto_top_up.state import AutoState as State


@app_page(routes.AUTO_TOP_UP, title=t("Auto top-up"), on_load=[State.load])
def auto_top_up() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Auto top-up"),
            lead=t(
                "Your card tops up your number, or somebody's in the family, by itself. You switch it off at any time."
            ),
        ),
        rx.el.div(
            rx.cond(
                State.ready,
                rx.match(State.step, ("form", form_step()), ("check", checking()), listed()),
                waiting_for(on_its_way(), State.load),
            ),
            class_name="stack",
        ),
        delete_dialog(),
        flash(t("Saved"), stamp=State.saved),
        class_name="narrow",
    )


def listed() -> rx.Component:
    """The rules, or how to get to one."""
    return rx.fragment(
        rx.cond(State.refusal, notice(pick(State.refusal), kind="warning", role="alert")),
        rx.cond(
            State.rules.length() > 0,
            rx.fragment(
                rx.foreach(State.rules, _rule),
                rx.el.div(button(t("Another auto top-up"), icon="plus", variant="quiet", on_click=State.new)),
            ),
            card(
                empty_state(
                    t("No auto top-up yet"),
                    text=t(
                        "Choose when: on a day of the month, before the tariff's price is taken, or at a low balance."
                    ),
                    icon_name="refresh-cw",
                    action=rx.cond(
                        State.cards.length() > 0,
                        button(t("Set up an auto top-up"), icon="plus", on_click=State.new),
                        _no_card(),
                    ),
                )
            ),
        ),
    )


def _no_card() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("It needs a saved card: pay once and tick “Remember this card for the next time”.")),
        rx.el.p(link_button(t("Top up"), href=routes.TOP_UP, variant="accent")),
        class_name="grid gap-4",
    )


def _rule(rule: rx.Var[RuleRow]) -> rx.Component:
    return card(
        section(
            rx.el.dl(
                fact(t("How much"), rx.el.span(amount_words(rule), data_testid="rule-amount")),
                fact(t("When"), when_words(rule)),
                rx.cond(rule.paused, rx.fragment(), fact(t("Next"), rx.el.span(next_words(rule), data_testid="next"))),
                fact(t("With"), rx.el.span(rule.card, class_name="tabular")),
                rx.cond(
                    rule.month_most.is_none(),
                    rx.fragment(),
                    fact(
                        t("This month"),
                        t("{spent} of {most}", spent=money(rule.spent), most=money(rule.month_most)),
                    ),
                ),
                rx.cond(
                    rule.last_at,
                    fact(t("Last time"), text_link(date(rule.last_at), href=f"/payments/{rule.last_code}")),
                ),
                class_name="facts",
            ),
            rx.cond(rule.paused | rule.failure, _trouble(rule)),
            title=rx.el.span(name_of(rule), class_name="tabular"),
            action=_actions(rule),
        ),
        custom_attrs={"data-testid": "rule", "data-paused": rule.paused},
    )


def _trouble(rule: rx.Var[RuleRow]) -> rx.Component:
    return notice(
        trouble_words(rule),
        kind="warning",
        title=rx.cond(rule.paused, t("Paused"), t("The last try failed")),
        action=rx.match(
            rule.paused,
            ("card_removed", button(t("Choose a card"), size="small", on_click=State.edit(rule.id))),
            ("target_gone", button(t("Delete"), size="small", on_click=State.ask_delete(rule.id))),
            ("", button(t("Change"), size="small", variant="quiet", on_click=State.edit(rule.id))),
            button(t("Resume"), size="small", icon="play", on_click=State.resume(rule.id)),
        ),
        data_testid="trouble",
    )


def _actions(rule: rx.Var[RuleRow]) -> rx.Component:
    return rx.el.div(
        rx.cond(rule.paused, badge(t("paused"), tone="warning"), badge(t("on"), tone="good", icon_name="check")),
        menu(
            icon("ellipsis-vertical"),
            t("Change the auto top-up of {name}", name=name_of(rule)),
            menu_item(t("Change"), icon_name="pencil", on_click=State.edit(rule.id)),
            rx.cond(
                rule.paused,
                menu_item(t("Resume"), icon_name="play", on_click=State.resume(rule.id)),
                menu_item(t("Pause"), icon_name="pause", on_click=State.pause(rule.id)),
            ),
            menu_separator(),
            menu_item(t("Delete"), icon_name="trash-2", on_click=State.ask_delete(rule.id)),
        ),
        class_name="row-actions items-center",
    )


def delete_dialog() -> rx.Component:
    """Really?"""
    return dialog(
        "delete-rule",
        t("Delete this auto top-up?"),
        rx.cond(
            State.deleting,
            rx.el.div(
                rx.el.p(t("Nothing is paid by it any more. What has been paid stays on the account.")),
                refusal(pick(State.refusal)),
                form_actions(
                    button(
                        t("Delete"),
                        variant="danger",
                        on_click=State.delete(State.deleting.id),
                        busy=State.busy,
                        data_testid="delete-rule",
                    ),
                    button(t("Cancel"), variant="quiet", data_close=""),
                ),
                class_name="stack",
            ),
        ),
        open=State.deleting.is_not_none(),
        on_close=State.cancel,
    )


def on_its_way() -> rx.Component:
    """The same shape without its values."""
    return card(loading(skeleton("line"), *[skeleton("block") for _ in range(3)]))
