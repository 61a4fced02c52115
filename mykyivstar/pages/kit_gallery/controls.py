"""Buttons, fields and choices."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    button,
    card,
    checkbox,
    code_field,
    copy_button,
    form,
    form_actions,
    icon_button,
    link_button,
    password_field,
    phone_field,
    radio_cards,
    refusal,
    section,
    select,
    switch,
    text_area,
    text_field,
    text_link,
)
from mykyivstar.components.password_meter import password_meter
from mykyivstar.i18n import pick
from mykyivstar.state.kit_gallery import KitGalleryState as State


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
