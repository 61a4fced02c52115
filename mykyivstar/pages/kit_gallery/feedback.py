"""What the app says back, waits for and lays over the page."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    accordion,
    button,
    card,
    countdown,
    dialog,
    empty_state,
    failed_state,
    loading,
    menu,
    menu_item,
    menu_separator,
    notice,
    open_dialog,
    refusal,
    section,
    sheet,
    skeleton,
    tabs,
)
from mykyivstar.state.kit_gallery import KitGalleryState as State


def messages() -> rx.Component:
    """Notices, refusal, empty, failed."""
    return section(
        notice("Планові роботи 24 листопада з 02:00 до 05:00.", title="До відома"),
        notice("Код підтверджено.", kind="good"),
        notice(
            "До списання 4 грудня бракує 37,40 ₴.",
            kind="warning",
            title="Скоро бракуватиме коштів",
            action=button("Поповнити", variant="accent", size="small"),
        ),
        notice("SIM-картку заблоковано.", kind="danger", title="Номер не працює"),
        refusal(rx.Var.create("На рахунку бракує 12,50 ₴. Поповніть рахунок або змініть суму.")),
        rx.el.div(
            card(
                empty_state(
                    "Платежів ще немає",
                    text="Тут будуть усі ваші поповнення.",
                    icon_name="wallet",
                    action=button("Поповнити"),
                )
            ),
            card(failed_state("7F3A-21", on_retry=State.load)),
            class_name="grid gap-4 lg:grid-cols-2",
        ),
        title="Повідомлення",
    )


def waiting() -> rx.Component:
    """Skeletons and the countdown."""
    return section(
        card(
            loading(skeleton("title"), skeleton("line"), skeleton("block"), skeleton("button"), skeleton("card")),
            countdown(State.until, label="Новий код через", done="Можна попросити новий код", class_name="muted"),
            class_name="grid gap-4",
        ),
        title="Очікування",
    )


def layers() -> rx.Component:
    """Dialogs, sheets, menus, tabs, folding questions."""
    return section(
        card(
            rx.el.div(
                button("Діалог", variant="quiet", on_click=open_dialog("sample"), id="open-sample"),
                button("Діалог від сервера", variant="quiet", on_click=State.ask),
                button("Шторка", variant="quiet", on_click=open_dialog("sample-sheet"), id="open-sheet"),
                menu(
                    "Ще",
                    "Дії",
                    menu_item("Перейменувати", icon_name="pencil"),
                    menu_item("До довідки", icon_name="life-buoy", href=routes.HELP),
                    menu_separator(),
                    menu_item("Вибране", chosen=True),
                    menu_item("Інше", chosen=False),
                    align="start",
                    button_class="btn btn-quiet",
                ),
                class_name="flex flex-wrap gap-3",
            ),
            rx.el.div(
                tabs("Розділи", ("Дзвінки", "12 хвилин"), ("Інтернет", "4,6 ГБ"), ("SMS", "3")), class_name="mt-5"
            ),
        ),
        accordion(
            ("Що таке номер рахунку?", "Він на картці договору й може починатися з нулів."),
            ("Чи платний вхід?", "Ні."),
        ),
        dialog(
            "sample",
            "Забути пристрій?",
            description="Наступного разу він знову спитає код із SMS.",
            actions=rx.fragment(
                button("Забути", variant="danger", data_close=""), button("Лишити", variant="quiet", data_close="")
            ),
        ),
        dialog(
            "asked", "Сервер питає", rx.el.p("Цей діалог відкрито станом."), open=State.asked, on_close=State.answered
        ),
        sheet("sample-sheet", "Фільтри", rx.el.p("Знизу на телефоні."), side="right"),
        title="Шари",
    )
