"""A member's own way in: passkeys beside password and code (K6)."""

from dataclasses import dataclass

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.staff import passkeys
from mykyivstar.domain.staff.models import StaffPasskey, StaffRole
from mykyivstar.guard import action, caller, staff_actor
from mykyivstar.guard.browser import browser_name
from mykyivstar.guard.relying_party import relying_party
from mykyivstar.state.forms import Refusals
from mykyivstar.state.passkey_asking import AsksPasskey, Made, Reason, attestation

_CONSULTANT = StaffRole.CONSULTANT


@dataclass(frozen=True, slots=True)
class StaffPasskeyRow:
    """A passkey: named after the browser it was made in; `used_at` is "" until it was used."""

    id: int
    name: str
    made_at: str
    used_at: str


class AddForm(TypedDict):
    """The member's password, asked for again."""

    password: str


class DeskAccountState(Refusals, AsksPasskey, rx.State):
    """The page of the own way in."""

    ready: bool = False
    passkeys: list[StaffPasskeyRow] = []
    is_adding: bool = False
    # The passkey that is about to be removed; 0 for none.
    removing: int = 0
    done: int = 0

    @action(staff=_CONSULTANT)
    async def load(self) -> None:
        """Show them."""
        self._put_away()
        await self._refresh()
        self.ready = True

    @action(staff=_CONSULTANT)
    async def ask_password(self) -> None:
        """A new one begins with the password."""
        self._put_away()
        self.is_adding = True

    @action(staff=_CONSULTANT)
    async def add(self, form: AddForm) -> None:
        """The password is right: have the browser make a passkey."""
        self.passkey_request = ""
        self.passkey_request = await passkeys.adding_options(
            wiring.unit_of_work,
            relying_party(),
            staff_actor(),
            password=form["password"],
            visitor=caller().visitor,
            address=caller().address,
            at=wiring.clock().now(),
        )
        self._clear_refusals()

    @action(staff=_CONSULTANT)
    async def made(self, answer: Made) -> None:
        """Keep the passkey that was made."""
        self.passkey_request = ""
        await passkeys.add(
            wiring.unit_of_work,
            relying_party(),
            staff_actor(),
            answer=attestation(answer),
            name=browser_name(caller().browser),
            visitor=caller().visitor,
            at=wiring.clock().now(),
        )
        await self._done()

    @action(staff=_CONSULTANT)
    async def failed(self, reason: Reason) -> None:
        """Say why there is none."""
        self._passkey_failed(reason)

    @action(staff=_CONSULTANT)
    async def ask_before_removing(self, passkey_id: int) -> None:
        """Sure?"""
        self._put_away()
        self.removing = passkey_id

    @action(staff=_CONSULTANT)
    async def remove(self) -> None:
        """Let it prove nothing any more."""
        async with wiring.unit_of_work() as session:
            await passkeys.remove(session, staff_actor(), self.removing, at=wiring.clock().now())
        await self._done()

    @action(staff=_CONSULTANT)
    async def put_away(self) -> None:
        """Close form and question."""
        self._put_away()

    async def _done(self) -> None:
        self._put_away()
        self.done += 1
        await self._refresh()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            found = await passkeys.of_member(session, staff_actor().staff_id)
        self.passkeys = [_row(each) for each in found]

    def _put_away(self) -> None:
        self._clear_refusals()
        self.passkey_request, self.is_adding, self.removing = "", False, 0


def _row(passkey: StaffPasskey) -> StaffPasskeyRow:
    return StaffPasskeyRow(
        id=passkey.id or 0,
        name=passkey.name,
        made_at=passkey.created_at.isoformat(),
        used_at=passkey.last_used_at.isoformat() if passkey.last_used_at else "",
    )
