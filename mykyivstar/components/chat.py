"""A conversation: its messages, what is on its way, the field to write in."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from mykyivstar.components.foundations import KIT_FOLDER, Event, Node, Text
from mykyivstar.components.icons import icon
from mykyivstar.i18n import language, t


def _message(key: rx.Var[str], text: rx.Var[str], code: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str], rx.Var[str]]:
    return key, text, code


def _number(number: rx.Var[int]) -> tuple[rx.Var[int]]:
    return (number,)


class Chat(rx.Component):
    """Keeps what was not sent yet, sends it again, and shows the rest as it comes from the server."""

    library = f"{KIT_FOLDER}/chat"
    tag = "Chat"
    code: rx.Var[str]
    side: rx.Var[str]
    kept: rx.Var[list[str]]
    declined: rx.Var[dict[str, dict[str, str]]]
    newest: rx.Var[int]
    newest_theirs: rx.Var[int]
    typed_at: rx.Var[str]
    running: rx.Var[bool]
    lost: rx.Var[bool]
    lang: rx.Var[str]
    words: rx.Var[dict[str, str]]
    send_icon: rx.Var[rx.Component]
    file_icon: rx.Var[rx.Component]
    on_say: rx.EventHandler[_message]
    on_typing: rx.EventHandler[rx.event.no_args_event_spec]
    on_saw: rx.EventHandler[_number]
    on_sync: rx.EventHandler[_number]


def chat(
    state: Any,
    *messages: Node,
    side: str,
    running: rx.Var,
    they_type: Text,
    on_say: Event,
    on_typing: Event,
    on_saw: Event,
    on_sync: Event,
) -> rx.Component:
    """A conversation bound to a state with the variables of `state.support.talk.Talk`.

    `messages` are the shown ones; `they_type` says that the other side is writing.
    """
    words = {
        "log": t("Messages"),
        "write": t("Your message"),
        "send": t("Send"),
        "attach": t("Attach a picture or a PDF"),
        "sending": t("Sending…"),
        "edit": t("Change the text"),
        "drop": t("Remove"),
        "typing": they_type,
        "lost": t("The file could not be sent. Check the connection and try again."),
    }
    return Chat.create(
        *messages,
        code=state.code,
        side=side,
        kept=state.kept,
        declined=state.declined,
        newest=state.newest,
        newest_theirs=state.newest_theirs,
        typed_at=state.typed_at,
        running=running,
        lost=has_connection_errors,
        lang=language,
        words=words,
        send_icon=icon("send"),
        file_icon=icon("paperclip"),
        on_say=on_say,
        on_typing=on_typing,
        on_saw=on_saw,
        on_sync=on_sync,
    )
