"""Components with behaviour of their own in the browser; their code is in `mykyivstar/frontend/js/kit`."""

from typing import Any

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, client_call


class Overlay(rx.Component):
    """A modal layer on the browser's own dialog element."""

    library = f"{KIT_FOLDER}/overlay"
    tag = "Overlay"
    open: rx.Var[bool]
    on_dismiss: rx.EventHandler[rx.event.no_args_event_spec]


class Menu(rx.Component):
    """A button with a list of actions under it."""

    library = f"{KIT_FOLDER}/menu"
    tag = "Menu"
    trigger: rx.Var[rx.Component]
    label: rx.Var[str]
    align: rx.Var[str]
    button_class: rx.Var[str]


class FormBehaviour(rx.Component):
    """One submit at a time; focus to the first mistake."""

    library = f"{KIT_FOLDER}/form"
    tag = "FormBehaviour"
    busy: rx.Var[bool]


class Reveal(rx.Component):
    """Shows and hides what is typed in a password field; children are the two icons."""

    library = f"{KIT_FOLDER}/fields"
    tag = "Reveal"
    field: rx.Var[str]
    show: rx.Var[str]
    hide: rx.Var[str]


class CodeBehaviour(rx.Component):
    """Keeps a one-time code in its form and submits it when it is whole."""

    library = f"{KIT_FOLDER}/fields"
    tag = "CodeBehaviour"
    length: rx.Var[int]
    submit: rx.Var[bool]


class MoneyText(rx.Component):
    """An amount that counts to its new value."""

    library = f"{KIT_FOLDER}/money"
    tag = "MoneyText"
    value: rx.Var[Any]


class Countdown(rx.Component):
    """Time left until a moment."""

    library = f"{KIT_FOLDER}/countdown"
    tag = "Countdown"
    until: rx.Var[str]
    done: rx.Var[str]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


class CopyButton(rx.Component):
    """Puts a text on the clipboard."""

    library = f"{KIT_FOLDER}/copy"
    tag = "CopyButton"
    value: rx.Var[str]
    done: rx.Var[str]


class Tabs(rx.Component):
    """Panels of which one is seen."""

    library = f"{KIT_FOLDER}/tabs"
    tag = "Tabs"
    labels: rx.Var[list[str]]
    label: rx.Var[str]


class Arrival(rx.Component):
    """Moves the focus to the heading when another page has come."""

    library = f"{KIT_FOLDER}/frame"
    tag = "Arrival"


class BrandMark(rx.Component):
    """Dresses the page in the colours of a brand."""

    library = f"{KIT_FOLDER}/frame"
    tag = "BrandMark"
    brand: rx.Var[str]


class WhenOffline(rx.Component):
    """Children while there is no connection."""

    library = f"{KIT_FOLDER}/frame"
    tag = "WhenOffline"
    lost: rx.Var[bool]


class Flash(rx.Component):
    """A message in passing."""

    library = f"{KIT_FOLDER}/flash"
    tag = "Flash"
    text: rx.Var[str]
    kind: rx.Var[str]
    stamp: rx.Var[Any]
    close: rx.Var[str]


def wear_brand(brand: str) -> rx.Var:
    """Event: dress this browser in the colours of a brand, without a round trip."""
    return client_call("frame", "wearBrand", brand)
