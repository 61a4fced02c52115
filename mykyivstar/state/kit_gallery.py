"""What moves on the page that shows the UI kit (`/demo/kit`)."""

from datetime import timedelta

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.guard import action
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.state.forms import Refusals

_STEP = Money.uah(123, 45)
_COUNTDOWN = timedelta(seconds=75)


class SampleForm(TypedDict):
    """The fields of the sample form."""

    number: str
    amount: str


class KitGalleryState(Refusals, rx.State):
    """A balance that can be raised, a form that can be refused, a dialog that the server opens."""

    balance: int | None = None
    until: str = ""
    stamp: int = 0
    asked: bool = False
    is_on: bool = True

    @action(public=True)
    async def load(self) -> None:
        """Start with a balance, as a dashboard does after its skeleton."""
        self._clear_refusals()
        self.balance = Money.uah(1234, 50).kopiykas
        self.until = (wiring.clock().now() + _COUNTDOWN).isoformat()

    @action(public=True)
    async def raise_balance(self) -> None:
        """Let the amount count up."""
        self.balance = (self.balance or 0) + _STEP.kopiykas
        self.stamp += 1

    @action(public=True)
    async def forget_balance(self) -> None:
        """Show the skeleton again."""
        self.balance = None

    @action(public=True)
    async def send(self, form: SampleForm) -> None:
        """Refuse what is wrong, beside its field."""
        self._clear_refusals()
        Msisdn.parse(form["number"])
        Money.parse(form["amount"])
        self.stamp += 1

    @action(public=True)
    async def ask(self) -> None:
        """Open the dialog from the server."""
        self.asked = True

    @action(public=True)
    async def answered(self) -> None:
        """The dialog was closed."""
        self.asked = False

    @action(public=True)
    async def switched(self, is_on: bool) -> None:  # noqa: FBT001  what a switch sends
        """The switch was moved."""
        self.is_on = is_on
