"""Paying by somebody's link, without signing in: for whom, how much, to the bank (D8, O7)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    fact,
    form,
    form_actions,
    link_button,
    loading,
    notice,
    page_title,
    refusal,
    skeleton,
    text_field,
)
from mykyivstar.components.departure import departure
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import shown_for, standing_at
from mykyivstar.pages.layout.line_words import INTERNET
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.pay_links.pay import PayState as State


@app_page(
    routes.PAY,
    title=t("Pay by a link"),
    shell="anybody",
    on_load=[State.load],
    description=t("Top up somebody's Kyivstar number or home internet by card, without signing in."),
)
def pay() -> rx.Component:
    return rx.el.div(
        page_title(t("Pay by a link"), lead=t("Somebody asks you to top up their Kyivstar number.")),
        rx.el.div(
            rx.match(
                standing_at(State),
                ("open", card(_whom(), rx.cond(State.waiting_code, _waiting(), rx.cond(State.held, _held(), _pay())))),
                ("closed", card(_closed())),
                waiting_for(_on_its_way(), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _whom() -> rx.Component:
    return rx.el.dl(
        rx.cond(State.note, fact(t("What for"), rx.el.span(State.note, data_testid="note"))),
        fact(
            rx.cond(State.kind == INTERNET, t("Home internet"), t("Mobile number")),
            rx.el.span(State.masked, class_name="tabular", data_testid="masked"),
        ),
        rx.cond(
            State.amount.is_none(),
            rx.fragment(),
            fact(t("To pay"), rx.el.span(money(State.amount), class_name="text-2xl", data_testid="sum")),
        ),
        fact(t("Commission"), t("none")),
        class_name="facts",
    )


def _pay() -> rx.Component:
    return form(
        shown_for(State),
        rx.el.input(type="hidden", name="key", value=State.form_key),
        rx.cond(
            State.amount.is_none(),
            text_field(
                "amount",
                t("Sum in hryvnias"),
                error=pick(State.field_refusals["amount"]),
                placeholder="100",
                input_mode="decimal",
                autocomplete="off",
                max_length=20,
                suffix=rx.el.span("₴", class_name="pe-4 text-muted"),
            ),
        ),
        refusal(pick(State.refusal), class_name="refusal-late"),
        form_actions(
            button(
                rx.cond(State.amount.is_none(), t("Pay by card"), t("Pay {amount}", amount=money(State.amount))),
                type="submit",
                variant="accent",
                size="large",
                icon="lock",
                busy=State.busy,
                data_testid="pay",
            )
        ),
        rx.el.p(
            t("The bank's page opens. Its code comes by SMS; never tell it to anybody."),
            class_name="muted mt-2",
        ),
        departure(State.leave_to, stamp=State.leave_stamp),
        on_submit=State.pay,
        busy=State.busy,
        id="pay-by-link",
    )


def _waiting() -> rx.Component:
    return notice(
        t("Finish it at the bank, or look at where it is."),
        kind="info",
        title=t("You have begun to pay"),
        action=rx.el.div(
            rx.cond(
                State.waiting_at,
                link_button(t("On to the bank"), href=State.waiting_at, document=True, variant="accent", size="small"),
            ),
            link_button(t("My payment"), href=f"/payments/{State.waiting_code}", variant="quiet", size="small"),
            class_name="row-actions",
        ),
        class_name="mt-4",
    )


def _held() -> rx.Component:
    return notice(
        pick(State.held),
        kind="warning",
        action=button(t("Look again"), variant="quiet", size="small", icon="rotate-cw", on_click=State.look_again),
        class_name="mt-4",
        data_testid="held",
    )


def _closed() -> rx.Component:
    return empty_state(
        t("Nothing can be paid here"),
        text=rx.el.span(pick(State.refusal), custom_attrs={"data-testid": "closed"}),
        icon_name="link-2-off",
        action=link_button(t("To the start page"), href=routes.LANDING, variant="quiet"),
    )


def _on_its_way() -> rx.Component:
    return card(loading(*[skeleton("block") for _ in range(3)], skeleton("button")))
