"""What the forms of the security screen have in common: done, said, and the screen brought up to date."""

from typing import Any

from mykyivstar import wiring
from mykyivstar.state.forms import Refusals
from mykyivstar.state.security.overview import SecurityState


class SecurityForm(Refusals, mixin=True):
    """Mixin: `done_at` is new each time the form has done its work; the page then clears the form and says so."""

    done_at: str = ""

    def _done(self) -> Any:
        """Say that it is done, and show it."""
        self._clear_refusals()
        self.done_at = wiring.clock().now().isoformat()
        return SecurityState.load
