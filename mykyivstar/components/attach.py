"""Attaching pictures and PDF to a form before it is sent."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, Event, Text
from mykyivstar.components.icons import icon
from mykyivstar.i18n import t


class Attach(rx.Component):
    """A button that takes files to the server, and what is on its way."""

    library = f"{KIT_FOLDER}/attach"
    tag = "Attach"
    to: rx.Var[str]
    words: rx.Var[dict[str, str]]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]


def attach(to: Text, *, on_done: Event) -> rx.Component:
    """`to` is the address that takes a file as the body of a POST; `on_done` follows each file that is there."""
    words = {
        "sending": t("Sending…"),
        "drop": t("Remove"),
        "lost": t("The file could not be sent. Check the connection and try again."),
    }
    return Attach.create(
        icon("paperclip"), rx.el.span(t("Attach a picture or a PDF")), to=to, words=words, on_done=on_done
    )
