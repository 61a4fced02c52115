"""One application at the desk: taken, compared with its documents, decided (G3, K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    empty_state,
    icon,
    link,
    link_button,
    notice,
    refusal,
    section,
)
from mykyivstar.i18n import date, moment, pick, t
from mykyivstar.pages.applications.frame import one_application
from mykyivstar.pages.applications.parts import comparison, history
from mykyivstar.pages.applications.words import field_name, reason_text, state_badge, value_text
from mykyivstar.pages.desk.application_decisions import approving, asking, declining
from mykyivstar.pages.layout import app_page
from mykyivstar.state.desk.applications import DeskApplicationState as State

_ONE = State.application


@app_page(routes.DESK_APPLICATION, title=t("Application"), shell="desk", on_load=[State.load])
def desk_application() -> rx.Component:
    return one_application(State, _content(), _nothing(), back=routes.DESK_APPLICATIONS)


def _content() -> rx.Component:
    return rx.fragment(
        _head(),
        rx.cond(
            State.is_readable,
            rx.fragment(
                rx.cond(State.has_changed, _changed()),
                card(
                    rx.el.p(
                        rx.el.bdi(State.customer),
                        " · ",
                        t("with us since {day}", day=date(State.since)),
                        class_name="muted",
                    ),
                    rx.cond(
                        State.values.length() > 0,
                        comparison(State.values),
                        rx.el.p(t("Values and documents were deleted 90 days after the decision."), class_name="quiet"),
                    ),
                    class_name="stack",
                ),
                card(
                    section(
                        rx.cond(
                            State.files.length() > 0,
                            rx.el.div(rx.foreach(State.files, _document), class_name="folds"),
                            rx.el.p(t("No documents: the new contact was confirmed by a code."), class_name="quiet"),
                        ),
                        title=t("Documents"),
                    )
                ),
                card(section(history(State.steps, at_desk=True), title=t("What has happened"))),
            ),
        ),
        approving(),
        asking(),
        declining(),
    )


def _head() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.p(_ONE.number, " · ", moment(_ONE.filed_at), class_name="muted"),
            rx.el.div(state_badge(_ONE.state), role="status"),
            class_name="section-head",
        ),
        rx.cond(_ONE.checked_by != "", rx.el.p(t("Checked by {name}", name=_ONE.checked_by))),
        rx.cond(_ONE.reason != "", rx.el.p(rx.el.strong(reason_text(_ONE.reason)))),
        rx.cond(
            _ONE.is_open,
            rx.el.p(
                rx.cond(
                    _ONE.state == "needs_more",
                    t("The customer has until {moment}", moment=moment(_ONE.deadline_at)),
                    t("To be decided by {moment}", moment=moment(_ONE.deadline_at)),
                ),
                rx.cond(_ONE.is_late, rx.fragment(" ", badge(t("Late"), tone="danger", icon_name="triangle-alert"))),
                class_name="muted",
            ),
        ),
        refusal(pick(State.refusal), class_name="refusal-late"),
        rx.cond(
            State.can_decline,
            rx.el.div(
                rx.cond(
                    State.can_decide,
                    rx.fragment(
                        button(t("Approve"), icon="check", on_click=State.ask_for("approve")),
                        button(
                            t("Ask for more"), icon="message-circle", variant="quiet", on_click=State.ask_for("ask")
                        ),
                    ),
                ),
                button(t("Decline"), icon="x", variant="quiet", on_click=State.ask_for("decline")),
                class_name="row-actions",
            ),
            rx.cond(
                _ONE.is_open & ~_ONE.is_mine,
                rx.el.div(
                    rx.cond(
                        ~State.is_readable,
                        rx.el.p(t("Whoever takes it sees the data and the documents; every look is written down.")),
                    ),
                    button(t("Take it"), icon="hand", on_click=State.take(State.shown_for)),
                    class_name="stack justify-items-start",
                ),
            ),
        ),
        class_name="stack",
    )


def _changed() -> rx.Component:
    return notice(
        rx.foreach(
            State.values,
            lambda row: rx.el.p(field_name(row.field), ": ", value_text(row.field, row.now), key=row.field),
        ),
        kind="warning",
        title=t("The data have changed since it was filed. Now they are:"),
    )


def _document(file: rx.Var) -> rx.Component:
    """A picture is fetched, and the look written down, when it is unfolded."""
    return rx.cond(
        file.is_picture,
        rx.el.details(
            rx.el.summary(rx.el.bdi(file.name), icon("chevron-down", class_name="fold-arrow")),
            rx.el.div(
                link(
                    rx.el.img(src=file.href, alt=file.name, loading="lazy", class_name="w-full"),
                    href=file.href,
                    document=True,
                    target="_blank",
                    rel="noopener",
                ),
                class_name="fold-body",
            ),
            class_name="fold",
            key=file.code,
            data_testid="document",
        ),
        rx.el.p(
            link(
                icon("file-text", size=20),
                rx.el.bdi(file.name),
                href=file.href,
                document=True,
                class_name="text-link",
            ),
            key=file.code,
            data_testid="document",
        ),
    )


def _nothing() -> rx.Component:
    return card(
        empty_state(
            t("There is no such application"),
            text=t("It may have been withdrawn before it was sent."),
            icon_name="file-pen",
            action=link_button(t("Applications"), href=routes.DESK_APPLICATIONS, icon="file-pen"),
        )
    )
