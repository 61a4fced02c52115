"""What is said of a store's columns and changes at the desk."""

import reflex as rx

from mykyivstar.i18n import moment, t
from mykyivstar.pages.stores.words import kind_words, service_words
from mykyivstar.state.desk.store_rows import ChangeRow, HistoryRow

COLUMNS = {
    "name_uk": t("Name in Ukrainian"),
    "name_en": t("Name in English"),
    "name_ru": t("Name in Russian"),
    "city_uk": t("City in Ukrainian"),
    "city_en": t("City in English"),
    "city_ru": t("City in Russian"),
    "address_uk": t("Address in Ukrainian"),
    "address_en": t("Address in English"),
    "address_ru": t("Address in Russian"),
    "note_uk": t("Note in Ukrainian"),
    "note_en": t("Note in English"),
    "note_ru": t("Note in Russian"),
    "kind": t("Kind"),
    "latitude": t("Latitude"),
    "longitude": t("Longitude"),
    "opening_hours": t("Opening hours"),
    "services": t("Services"),
    "phone": t("Phone"),
}


def column_words(column: rx.Var) -> rx.Var:
    """What a column is called."""
    return rx.match(column, *COLUMNS.items(), column.to(str))


def what_words(what: rx.Var) -> rx.Var:
    """What somebody did."""
    return rx.match(
        what,
        ("made", t("Made the store")),
        ("closed", t("Closed it for good")),
        ("opened", t("Opened it again")),
        ("released", t("Let imports change it again")),
        t("Changed it"),
    )


def change_list(changes: rx.Var[list[ChangeRow]]) -> rx.Component:
    """Each column with what it was and what it became."""
    return rx.el.ul(rx.foreach(changes, _change), class_name="stack-tight")


def history_list(history: rx.Var[list[HistoryRow]]) -> rx.Component:
    """Who, when, what; the newest first."""
    return rx.el.ol(rx.foreach(history, _entry), class_name="stack", aria_label=t("History"))


def _entry(entry: rx.Var[HistoryRow]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            entry.name,
            " · ",
            rx.el.time(moment(entry.at), date_time=entry.at),
            " · ",
            what_words(entry.what),
            class_name="said-about",
        ),
        change_list(entry.changes.to(list[ChangeRow])),
        key=entry.id,
        data_testid="store-change",
    )


def _change(change: rx.Var[ChangeRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(column_words(change.column), ": ", class_name="muted"),
        rx.match(
            change.column,
            ("services", _services(change)),
            ("kind", rx.fragment(kind_words(change.before), " → ", kind_words(change.after))),
            rx.fragment(_text(change.before), " → ", _text(change.after)),
        ),
        class_name="break-words",
    )


def _services(change: rx.Var[ChangeRow]) -> rx.Component:
    return rx.fragment(
        rx.foreach(change.added.to(list[str]), lambda code: rx.el.span("+ ", service_words(code), "; ")),
        rx.foreach(change.removed.to(list[str]), lambda code: rx.el.span("− ", service_words(code), "; ")),
    )


def _text(text: rx.Var) -> rx.Component:
    return rx.cond(text == "", rx.el.span(t("empty"), class_name="muted"), rx.el.span(text, dir="auto"))
