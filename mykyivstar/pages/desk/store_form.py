"""The form of a store: everything of it in three languages, with what its hours mean."""

from typing import Any

import reflex as rx

from mykyivstar.components import (
    Choice,
    button,
    card,
    checkbox,
    form,
    form_actions,
    notice,
    refusal,
    section,
    select,
    text_area,
    text_field,
)
from mykyivstar.domain.stores.models import SERVICES
from mykyivstar.i18n import pick, t
from mykyivstar.pages.desk.store_words import COLUMNS, change_list
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.pages.stores.hours import week_table
from mykyivstar.pages.stores.words import SERVICES as SERVICE_WORDS
from mykyivstar.pages.stores.words import standing_badge
from mykyivstar.state.desk.store import DeskStoreState as State
from mykyivstar.state.stores.store import DayRow

_KINDS = (Choice("store", t("Store")), Choice("service_centre", t("Service centre")))
_THREE = "grid items-start gap-4 sm:grid-cols-3"
_HOURS_LIKE = "Mo-Fr 09:00-13:00,14:00-19:00; Sa 10:00-15:00; Su,PH off"


def store_form(*, is_new: bool) -> rx.Component:
    """For a store that is changed, or for a new one."""
    code = [
        _field(
            "code",
            t("Code"),
            most=48,
            hint=t("Stays for ever: it is in addresses and files, as {example}", example="kyiv-01"),
        )
    ]
    return form(
        shown_for(State),
        rx.el.div(
            card(
                section(
                    *(code if is_new else []),
                    select("kind", t("Kind"), _KINDS, chosen=State.texts["kind"]),
                    _in_three("name", most=200),
                    _in_three("city", most=100),
                    _in_three("address", most=300),
                    rx.el.div(
                        _field(
                            "latitude",
                            COLUMNS["latitude"],
                            most=20,
                            hint=t("for example {example}", example="50.4501"),
                            input_mode="decimal",
                        ),
                        _field(
                            "longitude",
                            COLUMNS["longitude"],
                            most=20,
                            hint=t("for example {example}", example="30.5234"),
                            input_mode="decimal",
                        ),
                        _field("phone", COLUMNS["phone"], most=20, required=False, input_mode="tel"),
                        class_name=_THREE,
                    ),
                    title=t("Where it is"),
                )
            ),
            card(section(_hours(), title=COLUMNS["opening_hours"])),
            card(section(_services(), title=COLUMNS["services"])),
            card(
                section(
                    rx.el.p(
                        t("Shelter, generator, entrance, what there is when the power is off."), class_name="muted"
                    ),
                    rx.el.div(*[_note(language) for language in ("uk", "en", "ru")], class_name=_THREE),
                    title=t("Note"),
                )
            ),
            class_name="stack",
        ),
        _meanwhile(),
        refusal(pick(State.refusal)),
        form_actions(
            button(t("Save"), type="submit", icon="check", busy=State.busy),
            *([] if is_new else [button(t("Cancel"), variant="quiet", on_click=State.put_away)]),
        ),
        on_submit=State.make if is_new else State.save,
        busy=State.busy,
        id="store-form",
    )


def _meanwhile() -> rx.Component:
    """What somebody else has changed since the form was opened."""
    return rx.cond(
        State.theirs.length() > 0,
        notice(
            rx.el.p(t("Changed by somebody else meanwhile:")),
            change_list(State.theirs),
            rx.el.p(
                t("Saving again keeps their changes; where you have typed something else, yours stays in its place.")
            ),
            kind="warning",
            role="alert",
        ),
    )


def _hours() -> rx.Component:
    return rx.fragment(
        _field(
            "opening_hours",
            t("As in {map}", map="OpenStreetMap"),
            most=300,
            required=False,
            hint=t("for example {example}", example=_HOURS_LIKE),
            on_blur=State.look_at_hours,
            spell_check=False,
            auto_capitalize="none",
        ),
        rx.cond(
            State.preview,
            rx.el.div(
                rx.el.p(
                    t("This means:"),
                    " ",
                    standing_badge(State.preview.standing),
                    role="status",
                ),
                rx.cond(State.preview.week.length() > 0, week_table(State.preview.week.to(list[DayRow]))),
                class_name="stack-tight",
                data_testid="hours-preview",
            ),
        ),
    )


def _services() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            *[
                checkbox(f"service_{code}", SERVICE_WORDS[code], checked=State.services.contains(code))
                for code in SERVICES
            ],
            class_name="grid sm:grid-cols-2",
            role="group",
            aria_label=COLUMNS["services"],
        ),
        text_field(
            "other_services",
            t("Other services, by their codes"),
            value=State.other_services,
            max_length=500,
            required=False,
            error=pick(State.field_refusals["services"]),
        ),
    )


def _in_three(name: str, *, most: int) -> rx.Component:
    return rx.el.div(
        *[
            _field(f"{name}_{language}", COLUMNS[f"{name}_{language}"], most=most, required=language == "uk")
            for language in ("uk", "en", "ru")
        ],
        class_name=_THREE,
    )


def _note(language: str) -> rx.Component:
    return text_area(
        f"note_{language}",
        COLUMNS[f"note_{language}"],
        value=State.texts[f"note_{language}"],
        rows=3,
        max_length=1000,
        required=False,
    )


def _field(name: str, label: rx.Var, *, most: int, **extra: Any) -> rx.Component:
    return text_field(
        name,
        label,
        value=State.texts[name],
        max_length=most,
        autocomplete="off",
        error=pick(State.field_refusals[name]),
        **extra,
    )
