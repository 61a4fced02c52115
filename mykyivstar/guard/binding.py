"""Which session a Reflex state tree belongs to."""

import reflex as rx


class BoundState(rx.State):
    """The session that filled this state tree; nothing of it is sent to the browser."""

    _session_id: int = 0
