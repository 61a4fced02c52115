"""Ordered reports: how far each is, its files, sent again, deleted (E3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    dialog,
    empty_state,
    form,
    form_actions,
    link_button,
    loading,
    meter,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
    text_field,
    text_link,
)
from mykyivstar.i18n import date, moment, money, number, phone, pick, t, volume
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.reports.words import days_words, state_badge
from mykyivstar.state.reports.reports import ReportsState as State
from mykyivstar.state.reports.rows import FileRow, ReportRow

_ENDINGS = {"pdf": "PDF", "xlsx": "XLSX", "csv": "CSV"}


@app_page(routes.REPORTS, title=t("Reports"), on_load=[State.load])
def reports() -> rx.Component:
    return rx.el.div(
        page_title(t("Reports"), lead=t("What you ordered. Files are kept for 30 days.")),
        rx.cond(
            State.ready,
            rx.el.div(
                _to_order(),
                rx.cond(
                    State.is_proved,
                    notice(t("Thank you. Now the files can be taken away."), kind="good", role="status"),
                ),
                refusal(pick(State.refusal), class_name="refusal-late"),
                rx.cond(
                    State.reports.length() > 0,
                    rx.el.div(rx.foreach(State.reports, _report), class_name="stack"),
                    card(_nothing_yet()),
                ),
                _mail(),
                _delete(),
                class_name="stack",
            ),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="narrow",
    )


def _to_order() -> rx.Component:
    return rx.el.nav(
        link_button(t("Statement or invoice"), href=routes.REPORTS_ORDER, icon="plus", data_testid="order-paper"),
        link_button(t("Call details"), href=routes.DETAILS, icon="list", variant="quiet"),
        aria_label=t("Order a report"),
        class_name="flex flex-wrap gap-3",
    )


def _report(report: rx.Var[ReportRow]) -> rx.Component:
    is_open = (report.state == "waiting") | (report.state == "making")
    return card(
        section(
            rx.el.p(
                rx.cond(
                    report.kind == "invoice",
                    date(report.first_day, "month"),
                    days_words(report.first_day, report.last_day),
                )
            ),
            rx.el.p(
                t("Ordered {when}", when=moment(report.created_at)),
                rx.cond(report.fee > 0, rx.fragment(" · ", money(report.fee))),
                class_name="muted",
            ),
            rx.cond(is_open, _progress(report)),
            rx.cond(report.state == "ready", _ready(report)),
            rx.cond(report.state == "failed", _not_made(report)),
            rx.cond(is_open, rx.fragment(), _delete_button(report)),
            title=_title(report),
            action=state_badge(report.state),
        ),
        custom_attrs={"data-testid": "report"},
    )


def _title(report: rx.Var[ReportRow]) -> rx.Var:
    shown = rx.cond(report.is_internet, report.number, phone(report.number))
    return rx.match(
        report.kind,
        ("statement", t("Statement of {number}", number=shown)),
        ("invoice", t("Invoice of {number}", number=shown)),
        t("Call details of {number}", number=shown),
    )


def _says(report: rx.Var[ReportRow]) -> rx.Var:
    records, total = number(report.records), money(report.total)
    return rx.match(
        report.kind,
        ("statement", t("Entries: {records}, closing balance: {balance}", records=records, balance=total)),
        ("invoice", t("To pay: {amount}, not later than {day}", amount=total, day=date(report.due_day))),
        t("Records: {records}, cost: {cost}", records=records, cost=total),
    )


def _delete_button(report: rx.Var[ReportRow]) -> rx.Component:
    return rx.el.div(
        button(
            t("Delete the report"),
            icon="trash-2",
            variant="quiet",
            size="small",
            on_click=State.ask_delete(report.code),
        )
    )


def _progress(report: rx.Var[ReportRow]) -> rx.Component:
    return meter(
        t("Made so far"),
        value=report.progress,
        total=100,
        text=number(report.progress) + " %",
        caption=t("You may leave this page: the report is made all the same."),
    )


def _ready(report: rx.Var[ReportRow]) -> rx.Component:
    return rx.el.div(
        rx.el.p(_says(report), data_testid="says"),
        rx.el.div(
            rx.foreach(report.files.to(list[FileRow]), _file),
            button(
                t("Send by e-mail"), icon="mail", variant="quiet", size="small", on_click=State.ask_mail(report.code)
            ),
            class_name="flex flex-wrap gap-3",
        ),
        _mailed(report),
        rx.el.p(
            rx.cond(report.href != "", rx.fragment(text_link(t("Show the records"), href=report.href), " · ")),
            t("Kept until {day}", day=date(report.expires_at)),
            class_name="muted",
        ),
        class_name="stack",
    )


def _file(file: rx.Var[FileRow]) -> rx.Component:
    return link_button(
        rx.match(file.ending, *_ENDINGS.items(), file.ending),
        ", ",
        volume(file.size),
        href=file.href,
        icon="download",
        variant="quiet",
        size="small",
        document=True,
        custom_attrs={"data-testid": "file"},
    )


def _mailed(report: rx.Var[ReportRow]) -> rx.Component:
    return rx.match(
        report.mail,
        ("waiting", rx.el.p(t("On its way to {email}.", email=report.email), class_name="muted")),
        ("sent", rx.el.p(t("Sent to {email}.", email=report.email), class_name="muted")),
        (
            "failed",
            notice(
                t("{email} did not take the letter. Check the address and send again.", email=report.email),
                kind="warning",
            ),
        ),
        rx.fragment(),
    )


def _not_made(report: rx.Var[ReportRow]) -> rx.Component:
    again = t("This report could not be made. Order it again, please.")
    paid = t("This report could not be made. {price} is back on the balance.", price=money(report.fee))
    return notice(rx.cond(report.fee > 0, paid, again), kind="warning")


def _mail() -> rx.Component:
    return dialog(
        "mail-report",
        t("Send the report by e-mail"),
        form(
            text_field(
                "email",
                t("E-mail address"),
                value=State.mailing_to,
                error=pick(State.field_refusals["email"]),
                hint=t("The files hold whole numbers: give only your own address."),
                type="email",
                input_mode="email",
                autocomplete="email",
                max_length=254,
            ),
            form_actions(button(t("Send"), type="submit")),
            on_submit=State.send,
            busy=State.busy,
            id="mail-report-form",
        ),
        open=State.mailing != "",
        on_close=State.put_away,
    )


def _delete() -> rx.Component:
    return dialog(
        "delete-report",
        t("Delete this report?"),
        rx.el.p(t("Its files are removed. Details of this month would have to be paid again.")),
        actions=rx.fragment(
            button(t("Delete"), variant="danger", on_click=State.delete, data_testid="delete"),
            button(t("Cancel"), variant="quiet", on_click=State.put_away),
        ),
        open=State.deleting != "",
        on_close=State.put_away,
    )


def _nothing_yet() -> rx.Component:
    return empty_state(
        t("No reports yet"),
        text=t("Call details, statements and invoices that you order wait for you here."),
        icon_name="file-text",
        action=link_button(t("Order a report"), href=routes.REPORTS_ORDER),
    )


def _on_its_way() -> rx.Component:
    return loading(card(skeleton("line"), *[skeleton("block") for _ in range(3)]))
