"""Passkeys in the browser: a silent part that asks, and a frame for what only makes sense where they exist."""

from typing import TypeVar

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, Event, Node, attributes

# Whatever the handler's own annotation says: the guard checks it when the answer comes.
_Answer = TypeVar("_Answer")


class Passkey(rx.Component):
    """Acts whenever `request` is set to new options; its answers are dictionaries of texts."""

    library = f"{KIT_FOLDER}/passkey"
    tag = "Passkey"
    request: rx.Var[str]
    on_made: rx.EventHandler[rx.event.passthrough_event_spec(_Answer)]
    on_used: rx.EventHandler[rx.event.passthrough_event_spec(_Answer)]
    on_failed: rx.EventHandler[rx.event.passthrough_event_spec(_Answer)]


class IfPasskeys(rx.Component):
    """Shows its children where the browser knows passkeys."""

    library = f"{KIT_FOLDER}/passkey"
    tag = "IfPasskeys"
    otherwise: rx.Var[rx.Component]


def passkey(request: rx.Var, *, on_failed: Event, on_made: Event = None, on_used: Event = None) -> rx.Component:
    """Ask for a passkey each time `request` gets new options (the JSON of `domain.identity.passkeys`).

    One per page that is always there. `on_made` gets {id, client_data, attestation}, `on_used` gets {id, client_data,
    authenticator_data, signature, user_handle}, `on_failed` one of "cancelled", "known", "address", "failed".
    """
    return Passkey.create(request=request, on_failed=on_failed, **attributes(on_made=on_made, on_used=on_used))


def if_passkeys(*children: Node, otherwise: rx.Component | None = None) -> rx.Component:
    """What is offered only by browsers that know passkeys; nothing, or `otherwise`, in the others."""
    return IfPasskeys.create(*children, **attributes(otherwise=otherwise))
