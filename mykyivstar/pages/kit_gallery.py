"""Every component in every state, in both brands, light and dark: `/demo/kit`, for those who build and judge it.

Its own words are samples in Ukrainian and are not translated; nobody but us reads them.
"""

import reflex as rx
from reflex.style import set_color_mode

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    accordion,
    badge,
    button,
    card,
    checkbox,
    code_field,
    copy_button,
    countdown,
    dialog,
    empty_state,
    facts,
    failed_state,
    flash,
    form,
    form_actions,
    gauge,
    icon_button,
    link_button,
    loading,
    menu,
    menu_item,
    menu_separator,
    meter,
    money_text,
    notice,
    open_dialog,
    page_title,
    password_field,
    phone_field,
    radio_cards,
    refusal,
    row,
    rows,
    section,
    select,
    sheet,
    skeleton,
    stat,
    steps,
    switch,
    table,
    tabs,
    text_area,
    text_field,
    text_link,
)
from mykyivstar.components.client import wear_brand
from mykyivstar.components.password_meter import password_meter
from mykyivstar.i18n import clock_time, date, minutes, moment, money, number, phone, pick, t, tn, volume
from mykyivstar.pages.layout import app_page
from mykyivstar.state.kit_gallery import KitGalleryState as State

_GIB = 1024**3


@app_page(routes.DEMO_KIT, title=t("UI kit"), shell="public", on_load=[State.load])
def kit_gallery() -> rx.Component:
    """Contents of the page."""
    return rx.el.div(
        page_title("UI kit", lead="Усі складові інтерфейсу в усіх станах. Мову й вигляд перемикають угорі сторінки."),
        dresses(),
        amounts(),
        buttons(),
        fields(),
        choices(),
        messages(),
        waiting(),
        layers(),
        lists(),
        values(),
        flash("Готово: зміну збережено", stamp=State.stamp),
        class_name="stack",
    )


def dresses() -> rx.Component:
    """Brand and appearance."""
    return card(
        rx.el.div(
            *[
                button(name, variant="quiet", size="small", on_click=wear_brand(brand), id=f"brand-{brand}")
                for brand, name in (("kyivstar", "Мій Київстар"), ("djuice", "Мій DJUICE"))
            ],
            *[
                button(name, variant="quiet", size="small", on_click=set_color_mode(mode), id=f"theme-{mode}")
                for mode, name in (("light", "Світлий"), ("dark", "Темний"))
            ],
            class_name="flex flex-wrap gap-2",
        ),
        tone="soft",
    )


def amounts() -> rx.Component:
    """The coloured card with a balance, gauges, meters."""
    hero = card(
        stat("Баланс", money_text(State.balance, big=True), caption="Діє до 12 грудня 2026"),
        rx.el.div(
            button("Поповнити", variant="accent", icon="plus", on_click=State.raise_balance, id="raise"),
            button("Забути", variant="plain", on_click=State.forget_balance, id="forget", class_name="text-inherit"),
            class_name="flex flex-wrap gap-2",
        ),
        tone="hero",
        class_name="grid gap-4",
    )
    gauges = card(
        gauge("Інтернет", value=4.6, total=10, text=volume(int(4.6 * _GIB)), caption="до 4 грудня"),
        gauge("Хвилини", value=80, total=100, text=minutes(4800), caption="до 4 грудня", tone="good"),
        gauge("SMS", value=3, total=50, text="3 SMS", caption="майже вичерпано", tone="warning"),
        gauge("Роумінг", value=0, total=0, text=volume(0), caption="вичерпано", tone="danger"),
        class_name="grid gap-5 sm:grid-cols-2 xl:grid-cols-4",
    )
    bars = card(
        meter("Інтернет", value=4.6, total=10, text=volume(int(4.6 * _GIB)), caption="до 4 грудня"),
        meter("Хвилини", value=12, total=100, text=minutes(720), tone="warning"),
        class_name="grid gap-4",
    )
    badges = rx.el.div(
        badge("Чернетка"),
        badge("Нове", tone="brand"),
        badge("Активно", tone="good", icon_name="check"),
        badge("Чекає", tone="warning", icon_name="clock"),
        badge("Заблоковано", tone="danger", icon_name="lock"),
        class_name="flex flex-wrap gap-2",
    )
    return section(hero, gauges, bars, badges, title="Суми та залишки")


def buttons() -> rx.Component:
    """Variants, sizes, busy, disabled."""
    return section(
        card(
            rx.el.div(
                button("Основна"),
                button("Поповнити", variant="accent", icon="plus"),
                button("Тиха", variant="quiet", icon="pencil"),
                button("Небезпечна", variant="danger", icon="trash-2"),
                button("Проста", variant="plain"),
                button("Зайнята", busy=True),
                button("Вимкнена", disabled=True),
                button("Мала", size="small"),
                button("Велика", size="large"),
                link_button("Посилання", href=routes.HELP, variant="quiet", icon="arrow-right"),
                icon_button("settings-2", "Налаштування"),
                copy_button("+380671234567"),
                class_name="flex flex-wrap items-center gap-3",
            ),
            rx.el.p("Текст із ", text_link("посиланням", href=routes.SAFETY), " усередині.", class_name="mt-4"),
        ),
        title="Кнопки та посилання",
    )


def fields() -> rx.Component:
    """A form that really is refused, and fields in each state."""
    live = form(
        phone_field(error=pick(State.field_refusals["number"]), hint="У будь-якому записі"),
        text_field(
            "amount",
            "Сума",
            input_mode="decimal",
            suffix=rx.el.span("₴", class_name="field-prefix pe-4"),
            error=pick(State.field_refusals["amount"]),
        ),
        refusal(pick(State.refusal)),
        form_actions(button("Надіслати", type="submit"), button("Скасувати", variant="quiet")),
        on_submit=State.send,
        busy=State.busy,
        label="Зразок форми",
    )
    still = rx.el.div(
        text_field("name", "Ім’я", required=False, hint="Так ми звертатимемося до вас"),
        text_field("wrong", "Рахунок", value="00A4", error="Номер рахунку складається лише з цифр."),
        text_field("off", "Договір", value="0004477622", disabled=True),
        password_field(new=True),
        password_meter(),
        code_field(auto_focus=False, submit_when_whole=False),
        text_area("message", "Повідомлення", rows=3),
        class_name="form",
    )
    return section(rx.el.div(card(live), card(still), class_name="grid gap-4 lg:grid-cols-2"), title="Поля")


def choices() -> rx.Component:
    """Boxes, switches, cards, lists."""
    return section(
        card(
            checkbox("agree", "Приймаю умови користування"),
            checkbox("must", "Згоден на обробку даних", error="Без згоди ми не можемо створити профіль."),
            switch(
                "alerts",
                "Сповіщення про баланс",
                checked=State.is_on,
                on_change=State.switched,
                description="SMS, коли лишається менше 20 ₴",
            ),
            radio_cards(
                "way",
                "Як отримати картку",
                [
                    Choice("esim", "eSIM", "Одразу, за кодом на екрані", "qr-code"),
                    Choice("store", "У магазині", "Оберете на мапі", "store"),
                ],
                chosen="esim",
            ),
            select("reason", "Причина", [Choice("lost", "Загублено"), Choice("broken", "Зіпсовано")]),
            class_name="grid gap-3",
        ),
        title="Вибір",
    )


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


def lists() -> rx.Component:
    """Rows, table, facts, steps."""
    calls = [
        ("22 листопада, 12:05", "+380 67 123 45 67", "3 хв 20 с", "0,00 ₴"),
        ("21 листопада, 18:40", "466", "5 хв", "0,00 ₴"),
    ]
    return section(
        card(
            rows(
                row("Поповнення", about="сьогодні, 12:05", value="+100,00 ₴", icon_name="wallet", href=routes.HELP),
                row("Абонплата", about="вчора", value="−225,00 ₴", value_about="Ваш Преміум", icon_name="calendar"),
                row("Назва, яка не вміщається в один рядок на вузькому екрані телефону", about="+380 67 123 45 67"),
            )
        ),
        card(table("Дзвінки", ["Коли", "Кому", "Тривалість", "Вартість"], calls, numeric=(2, 3))),
        rx.el.div(
            card(facts([("Номер", phone("380671234567")), ("Тариф", "Ваш Преміум"), ("Діє до", date("2026-12-12"))])),
            card(steps("Введіть номер.", "Введіть код із SMS.", "Готово.")),
            class_name="grid gap-4 lg:grid-cols-2",
        ),
        title="Списки",
    )


def values() -> rx.Component:
    """Values as each language writes them."""
    at = "2026-11-22T12:05:00Z"
    return section(
        card(
            facts(
                [
                    ("money", money(123450)),
                    ("number", number(1234.5)),
                    ("date", date(at)),
                    ("date weekday", date(at, "weekday")),
                    ("moment", moment(at)),
                    ("clock_time", clock_time(at)),
                    ("phone", phone("+380671234567")),
                    ("volume", volume(int(7.5 * _GIB))),
                    ("minutes", minutes(200)),
                    *[(f"tn {n}", tn("{count} day", "{count} days", count=n)) for n in (1, 2, 5, 11, 21)],
                ]
            )
        ),
        title="Значення",
    )
