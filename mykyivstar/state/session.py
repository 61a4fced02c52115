"""Signing in and out, as far as the browser takes part in it."""

from typing import Any

import reflex as rx

from mykyivstar import routes
from mykyivstar.guard import action, caller
from mykyivstar.state.paths import safe_path


class SessionState(rx.State):
    """Values that the session gate of every page acts on."""

    ticket: str = ""
    next_path: str = ""
    leave_to: str = ""
    closing: bool = False
    # This browser is to be remembered, and the page at `next_path` loaded with its new cookie.
    remembering: bool = False

    def _enter(self, ticket: str, next_path: str = "") -> None:
        """A way in is finished: have the browser trade this ticket, and go on to where the person wanted to be."""
        self.ticket = ticket
        self.next_path = safe_path(next_path, otherwise=routes.HOME)

    def _remember(self, next_path: str) -> None:
        """Have the browser fetch the cookie by which it is known from now on."""
        self.next_path, self.remembering = next_path, True

    @action(public=True)
    async def go_in(self) -> Any:
        """On the public start: whoever is signed in goes on to the dashboard."""
        return rx.redirect(routes.HOME, replace=True) if caller().actor is not None else None

    @action
    async def sign_out(self) -> None:
        """End this session and load the public page."""
        self.closing = True

    @action(public=True)
    async def leave(self, path: str) -> None:
        """Load a page anew, leaving nothing of this one in the browser's memory."""
        self.leave_to = safe_path(path, otherwise=routes.LOGIN)

    @action
    async def look_again(self) -> None:
        """Nothing by itself: a session that has ended is sent away by the guard before it gets here."""
