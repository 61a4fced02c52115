"""Amounts, gauges, lists, values."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    facts,
    gauge,
    meter,
    money_text,
    row,
    rows,
    section,
    stat,
    steps,
    table,
)
from mykyivstar.i18n import clock_time, date, minutes, moment, money, number, phone, tn, volume
from mykyivstar.state.kit_gallery import KitGalleryState as State

_GIB = 1024**3


def amounts() -> rx.Component:
    """The coloured card with a balance, gauges, meters."""
    hero = card(
        stat(
            "Баланс",
            rx.el.span(money_text(State.balance, big=True), custom_attrs={"data-testid": "kit-balance"}),
            caption="Діє до 12 грудня 2026",
        ),
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
