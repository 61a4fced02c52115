"""The invisible part of every page that turns a finished way in into a session, and ends one."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER


class SessionGate(rx.Component):
    """Acts when one of its values is set: `ticket` becomes the cookie, `closing` signs out, `leave_to` goes there.

    `remembering` has this browser remembered and loads `next` with the new cookie.
    """

    library = f"{KIT_FOLDER}/session"
    tag = "SessionGate"
    ticket: rx.Var[str]
    next: rx.Var[str]
    leave_to: rx.Var[str]
    closing: rx.Var[bool]
    remembering: rx.Var[bool]
    # Where the ticket is traded, where one goes then, where one signs in, where one goes after signing out.
    door: rx.Var[str]
    home: rx.Var[str]
    login: rx.Var[str]
    out: rx.Var[str]
