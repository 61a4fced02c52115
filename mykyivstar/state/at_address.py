"""Pages that show what their address names: an order to be checked, a payment, a request.

A browser keeps one state of a page for all of its addresses, and goes from one to the next before the server has
answered: until then the state is still about the one before. So it says which address it is about, a page draws
nothing of it at another (`pages.layout.at_address`), and what was drawn for another one is not carried out.
"""

import reflex as rx

from mykyivstar.kit.errors import Malformed


class DrawnElsewhere(Malformed):
    """What was pressed had been drawn for another address: nothing is done, and this one is shown (`state.forms`)."""

    code = "drawn_elsewhere"


class AtAddress(rx.State, mixin=True):
    """Mixin of a page's state that is read by the address."""

    # Path and query that this is about, "" before anything was read.
    shown_for: str = ""

    def _take_address(self) -> None:
        """From now on it is about the address of this event; nothing of the one before may be left here."""
        if self.shown_for != self._address:
            self.shown_for = self._address

    def _demand_here(self, shown_for: str) -> None:
        """What is pressed was drawn for `shown_for`, as the page sends it back. Raises DrawnElsewhere."""
        if shown_for != self._address:
            raise DrawnElsewhere

    @property
    def _is_here(self) -> bool:
        return self.shown_for == self._address

    @property
    def _address(self) -> str:
        # Not by way of `router`, which is put together anew each time.
        url = self.rx_router_url
        return f"{url.path}?{url.query}" if url.query else url.path
