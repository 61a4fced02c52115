"""Text fields: label above, hint or mistake below in one reserved line, what was typed stays."""

from typing import Any, Literal

import reflex as rx

from mykyivstar.components.client import CodeBehaviour, Reveal
from mykyivstar.components.foundations import Event, Node, Text, attributes, classes, is_set
from mykyivstar.components.icons import icon
from mykyivstar.i18n import t

InputMode = Literal["text", "numeric", "decimal", "tel", "email", "search", "url"]


def text_field(
    name: str,
    label: Text,
    *,
    id: str | None = None,  # noqa: A002  the attribute's own name
    value: Text | None = None,
    error: Text | None = None,
    hint: Text | None = None,
    placeholder: Text | None = None,
    autocomplete: str | None = None,
    input_mode: InputMode | None = None,
    type: str = "text",  # noqa: A002
    max_length: int | None = None,
    required: bool = True,
    auto_focus: bool = False,
    disabled: rx.Var | bool | None = None,
    prefix: Node | None = None,
    suffix: Node | None = None,
    on_change: Event = None,
    on_blur: Event = None,
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """One line of text. `value` is what stands there at first; the browser keeps what is typed.

    `error` (a literal, or a var that is "" while all is well) stands under the field, is read out with it, and the
    form's focus goes to the first field that has one. Optional fields say so, but for searches; required is the rule.
    """
    own_id = id or name
    control = rx.el.input(
        id=own_id,
        name=name,
        type=type,
        class_name="field-input",
        aria_required="true" if required else "false",
        **error_attributes(own_id, error),
        **attributes(
            default_value=value,
            placeholder=placeholder,
            auto_complete=autocomplete,
            input_mode=input_mode,
            max_length=max_length,
            auto_focus=auto_focus or None,
            disabled=disabled,
            on_change=on_change,
            on_blur=on_blur,
        ),
        **extra,
    )
    return field_frame(
        control,
        label=label,
        field_id=own_id,
        error=error,
        hint=hint,
        optional=not required and input_mode != "search",
        prefix=prefix,
        suffix=suffix,
        class_name=class_name,
    )


def text_area(
    name: str,
    label: Text,
    *,
    id: str | None = None,  # noqa: A002  the attribute's own name
    value: Text | None = None,
    error: Text | None = None,
    hint: Text | None = None,
    rows: int = 4,
    max_length: int | None = None,
    required: bool = True,
    class_name: str | None = None,
) -> rx.Component:
    """Several lines of text."""
    own_id = id or name
    control = rx.el.textarea(
        id=own_id,
        name=name,
        rows=str(rows),
        class_name="field-input field-area",
        aria_required="true" if required else "false",
        **error_attributes(own_id, error),
        **attributes(default_value=value, max_length=max_length),
    )
    return field_frame(
        control, label=label, field_id=own_id, error=error, hint=hint, optional=not required, class_name=class_name
    )


def phone_field(
    name: str = "number",
    label: Text | None = None,
    *,
    value: Text | None = None,
    error: Text | None = None,
    hint: Text | None = None,
    auto_focus: bool = False,
    **extra: Any,
) -> rx.Component:
    """A mobile number in any usual way of writing; nothing is forced while typing."""
    return text_field(
        name,
        label if label is not None else t("Mobile number"),
        value=value,
        error=error,
        hint=hint,
        placeholder="067 123 45 67",
        autocomplete="tel",
        input_mode="tel",
        type="tel",
        max_length=40,
        auto_focus=auto_focus,
        **extra,
    )


def password_field(
    name: str = "password",
    label: Text | None = None,
    *,
    new: bool = False,
    error: Text | None = None,
    hint: Text | None = None,
    auto_focus: bool = False,
    **extra: Any,
) -> rx.Component:
    """A password that can be shown. `new` tells password managers to make one."""
    return text_field(
        name,
        label if label is not None else t("Password"),
        error=error,
        hint=hint,
        type="password",
        autocomplete="new-password" if new else "current-password",
        max_length=128,
        auto_focus=auto_focus,
        spell_check=False,
        auto_capitalize="none",
        suffix=Reveal.create(
            icon("eye"), icon("eye-off"), field=name, show=t("Show the password"), hide=t("Hide the password")
        ),
        **extra,
    )


def code_field(
    name: str = "code",
    label: Text | None = None,
    *,
    length: int = 4,
    numeric: bool = False,
    submit_when_whole: bool = True,
    error: Text | None = None,
    hint: Text | None = None,
    auto_focus: bool = True,
) -> rx.Component:
    """A one-time code: large, in capitals, offered from the SMS by the phone, sent as soon as it is whole."""
    field = text_field(
        name,
        label if label is not None else t("Code from the SMS"),
        error=error,
        hint=hint,
        autocomplete="one-time-code",
        input_mode="numeric" if numeric else "text",
        auto_focus=auto_focus,
        spell_check=False,
        auto_capitalize="characters",
        class_name="field-code",
    )
    return CodeBehaviour.create(field, length=length, submit=submit_when_whole)


def field_frame(
    control: Node,
    *,
    label: Text,
    field_id: str,
    error: Text | None = None,
    hint: Text | None = None,
    optional: bool = False,
    prefix: Node | None = None,
    suffix: Node | None = None,
    class_name: str | None = None,
) -> rx.Component:
    """Label, control and the line below it, for controls of every kind."""
    mark = [rx.el.span(t("optional"), class_name="field-optional")] if optional else []
    return rx.el.div(
        rx.el.label(label, *mark, html_for=field_id, class_name="field-label"),
        rx.el.div(
            *([rx.el.span(prefix, class_name="field-prefix")] if prefix is not None else []),
            control,
            *([suffix] if suffix is not None else []),
            class_name="field-box",
        ),
        field_message(field_id, error, hint),
        class_name=classes("field", class_name),
    )


def field_message(field_id: str, error: Text | None, hint: Text | None) -> rx.Component:
    """The reserved line under a field: the mistake when there is one, else the hint; the page never jumps."""
    said_hint = rx.el.span(hint, id=f"{field_id}-hint", class_name="field-hint") if hint is not None else rx.fragment()
    class_name = classes("field-message", "field-hinted" if hint is not None else None)
    if error is None:
        return rx.el.p(said_hint, class_name=class_name)
    mistake = rx.el.span(icon("circle-alert", size=16), error, id=f"{field_id}-error", class_name="field-error")
    return rx.el.p(
        rx.cond(is_set(error), mistake, said_hint) if isinstance(error, rx.Var) else (mistake if error else said_hint),
        class_name=class_name,
    )


def error_attributes(field_id: str, error: Text | None) -> dict[str, Any]:
    """What tells a screen reader that the control is wrong and why."""
    described = {"aria_describedby": f"{field_id}-error {field_id}-hint"}
    if error is None:
        return described
    if isinstance(error, rx.Var):
        return {**described, "aria_invalid": rx.cond(is_set(error), "true", "false"), "data_error": error}
    return {**described, "aria_invalid": "true" if error else "false"}
