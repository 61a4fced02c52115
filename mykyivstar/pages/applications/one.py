"""One application: where it stands, what happens next, what has happened (F4)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    close_dialog,
    dialog,
    empty_state,
    form,
    form_actions,
    link_button,
    open_dialog,
    refusal,
    section,
    text_area,
)
from mykyivstar.components.attach import attach
from mykyivstar.i18n import moment, pick, t
from mykyivstar.pages.applications.frame import one_application
from mykyivstar.pages.applications.parts import comparison, document_list, history
from mykyivstar.pages.applications.words import reason_text, state_badge, what_next
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.state.applications.mine import OwnApplicationState as State

_ONE = State.application
_WITHDRAWING = "withdraw-application"


@app_page(routes.APPLICATION, title=t("Application"), on_load=[State.load])
def application() -> rx.Component:
    return one_application(State, _content(), _nothing(), back=routes.APPLICATIONS)


def _content() -> rx.Component:
    return rx.fragment(
        card(
            rx.el.div(
                rx.el.p(_ONE.number, " · ", moment(_ONE.filed_at), class_name="muted"),
                rx.el.div(state_badge(_ONE.state), role="status"),
                class_name="section-head",
            ),
            rx.cond(_ONE.reason != "", rx.el.p(rx.el.strong(reason_text(_ONE.reason)))),
            rx.cond(_ONE.is_open & (State.checked_by != ""), rx.el.p(t("{name} checks it.", name=State.checked_by))),
            rx.el.p(what_next(_ONE), data_testid="next"),
            refusal(pick(State.refusal), class_name="refusal-late"),
            rx.cond(
                _ONE.is_open,
                button(t("Withdraw"), variant="quiet", size="small", icon="undo-2", on_click=open_dialog(_WITHDRAWING)),
            ),
            class_name="stack justify-items-start",
        ),
        rx.cond(_ONE.state == "needs_more", _addition()),
        card(
            rx.cond(
                _ONE.is_emptied,
                rx.el.p(t("Values and documents were deleted 90 days after the decision."), class_name="quiet"),
                comparison(State.values),
            ),
            rx.cond(State.files.length() > 0, section(document_list(State.files), title=t("Documents"))),
            class_name="stack",
        ),
        card(section(history(State.steps), title=t("What has happened"))),
        dialog(
            _WITHDRAWING,
            t("Withdraw the application?"),
            description=t("Nothing is changed then, and nobody checks it any more. You can file a new one later."),
            actions=rx.fragment(
                button(
                    t("Withdraw"),
                    variant="danger",
                    on_click=[State.withdraw(State.shown_for), close_dialog(_WITHDRAWING)],
                ),
                button(t("Leave it"), variant="quiet", on_click=close_dialog(_WITHDRAWING)),
            ),
        ),
    )


def _addition() -> rx.Component:
    return card(
        section(
            rx.cond(State.unsent.length() > 0, document_list(State.unsent, on_take_away=State.take_away)),
            attach(State.takes_files, on_done=State.refresh),
            form(
                shown_for(State),
                text_area(
                    "words",
                    t("Your answer"),
                    rows=2,
                    max_length=1000,
                    required=False,
                    error=pick(State.field_refusals["words"]),
                ),
                form_actions(button(t("Send"), type="submit", icon="send", busy=State.busy)),
                on_submit=State.add,
                busy=State.busy,
                id="more-form",
            ),
            title=t("Add what is asked for"),
        ),
        key=State.added,
    )


def _nothing() -> rx.Component:
    return card(
        empty_state(
            t("There is no such application"),
            text=t("It may belong to another profile. Your own ones are under Applications."),
            icon_name="file-pen",
            action=link_button(t("Applications"), href=routes.APPLICATIONS, icon="file-pen"),
        )
    )
