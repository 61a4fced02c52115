"""Which session a Reflex state tree belongs to."""

import reflex as rx


class BoundState(rx.State):
    """The customer's and the desk's session that filled this state tree; nothing of it is sent to the browser."""

    _session_id: int = 0
    _staff_session_id: int = 0
