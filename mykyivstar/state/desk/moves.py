"""What is done with the open conversation beside talking: the card, handing over, ending, making a request of it."""

import re

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support import desk
from mykyivstar.domain.support.card import look
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.tickets.opening import from_conversation
from mykyivstar.guard import action, staff_actor
from mykyivstar.kit.secret import new_token
from mykyivstar.state.desk.chats import DeskChatsState
from mykyivstar.state.desk.rows import CardRow, card_row
from mykyivstar.state.forms import Refusals

_CONSULTANT = StaffRole.CONSULTANT


class TicketForm(TypedDict):
    """What the request is about."""

    title: str
    words: str


class ColleagueForm(TypedDict):
    """To whom."""

    colleague: str


class DeskMovesState(Refusals, rx.State):
    """Dialogs of the open conversation."""

    # Which dialog is open: "" for none.
    doing: str = ""
    card: CardRow | None = None
    _key: str = ""

    @action(staff=_CONSULTANT)
    async def show_card(self) -> None:
        """Look at the customer; the look is written down."""
        async with wiring.unit_of_work() as session:
            found = await look(session, staff_actor(), conversation=await self._code(), at=wiring.clock().now())
        self._begin("card")
        self.card = card_row(found)

    @action(staff=_CONSULTANT)
    async def ask_hand_over(self) -> None:
        """To whom?"""
        self._begin("hand_over")

    @action(staff=_CONSULTANT)
    async def ask_ticket(self) -> None:
        """About what?"""
        self._begin("ticket")
        self._key = new_token()[:16]

    @action(staff=_CONSULTANT)
    async def ask_close(self) -> None:
        """Is everything said?"""
        self._begin("close")

    @action(staff=_CONSULTANT)
    async def put_away(self) -> None:
        """Close the dialog; a card is forgotten with it."""
        self._begin("")

    @action(staff=_CONSULTANT)
    async def hand_over(self, form: ColleagueForm) -> None:
        """To this colleague."""
        to = int(form["colleague"]) if re.fullmatch(r"[0-9]{1,18}", form["colleague"]) else 0
        async with wiring.unit_of_work() as session:
            await desk.hand_over(session, staff_actor(), await self._code(), to=to, at=wiring.clock().now())
        await self._done()

    @action(staff=_CONSULTANT)
    async def back_to_queue(self, specialism: Specialism) -> None:
        """To whoever of these is free."""
        async with wiring.unit_of_work() as session:
            await desk.back_to_queue(
                session, staff_actor(), await self._code(), specialism=specialism, at=wiring.clock().now()
            )
        await self._done()

    @action(staff=_CONSULTANT)
    async def close(self) -> None:
        """End it."""
        async with wiring.unit_of_work() as session:
            await desk.close(session, staff_actor(), await self._code(), at=wiring.clock().now())
        await self._done()

    @action(staff=_CONSULTANT)
    async def make_ticket(self, form: TicketForm) -> None:
        """What cannot be solved now."""
        async with wiring.unit_of_work() as session:
            await from_conversation(
                session,
                staff_actor(),
                await self._code(),
                key=self._key,
                title=form["title"],
                words=form["words"],
                at=wiring.clock().now(),
            )
        await self._done()

    async def _code(self) -> str:
        return (await self.get_state(DeskChatsState)).code

    async def _done(self) -> None:
        self._begin("")
        chats = await self.get_state(DeskChatsState)
        await chats._refresh_lists()
        await chats._refresh_talk()

    def _begin(self, what: str) -> None:
        self._clear_refusals()
        self.doing, self.card = what, None
