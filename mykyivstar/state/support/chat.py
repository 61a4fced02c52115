"""A customer's conversation: the queue, the talk, the rating (K1, K2)."""

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar import routes, wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.support import conversations, messages, reading, seen
from mykyivstar.domain.support.conversations import Stars
from mykyivstar.domain.support.errors import TooManyMessages
from mykyivstar.domain.support.models import ConversationState
from mykyivstar.domain.support.queue import place_of
from mykyivstar.domain.support.reading import Standing
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.live_support import just_said, shows_typing
from mykyivstar.state.shell import show
from mykyivstar.state.support.marks import marks
from mykyivstar.state.support.talk import Talk

# Longer than any message may be, so that a person learns how long one may be.
_TEXT_MAX = 50_000


class ChatState(AtAddress, Talk, Refusals, rx.State):
    """One conversation's page."""

    standing: str = "loading"
    phase: str = ""
    specialism: str = ""
    consultant: str = ""
    position: int = 0
    wait_minutes: int = 0
    rating: int = 0
    can_rate: bool = False
    opened_at: str = ""
    _id: int = 0

    @action
    async def load(self) -> None:
        """Show it from its newest messages; after a lost connection this comes again by itself."""
        self._clear_refusals()
        self._take_address()
        code = self._code_in_address
        if code != self.code:
            self.standing, self.code = "loading", code
        try:
            async with wiring.reading() as session:
                conversation = await reading.standing_for_customer(session, actor(), code)
                self._id = conversation.id
                lines, has_older = await reading.newest_lines(session, self._id)
                await self._show_phase(session, conversation)
        except NotFound:
            self.standing = "nothing"
            return
        self._show_from_the_start(conversation, lines, has_older=has_older, side="customer")
        self.standing = "ready"

    @action
    async def refresh(self) -> None:
        """What came since."""
        await self._refresh()

    @action
    async def sync(self, have: int) -> None:
        """The browser asks whether it has everything; `have` is the newest message it shows."""
        await self._refresh()
        if have < self.newest:
            self._send_again_what_is_shown()

    @action(text_max=_TEXT_MAX)
    async def say(self, key: str, text: str, code: str) -> None:
        """Send a message there; sent again with the same key it is kept once."""
        try:
            async with wiring.unit_of_work() as session:
                said = await messages.customer_says(
                    session, actor(), code, client_key=key, text=text, at=wiring.clock().now()
                )
        except TooManyMessages:
            raise
        except CustomerError as refusal:
            self._decline(key, refusal)
            return
        if self.refusal:
            self._clear_refusals()
        await self._refresh()
        just_said[self._token] = said

    @action
    async def typing(self) -> None:
        """Let the other side see that something is being written."""
        if self._id and self.phase == ConversationState.OPEN.value:
            wiring.pass_on(Subject(Topic.CUSTOMER_TYPES, self._id))

    @action
    async def they_type(self, conversation_id: int) -> None:
        """The consultant is writing."""
        if conversation_id == self._id:
            self.typed_at = wiring.clock().now().isoformat()

    @action
    async def saw(self, message_id: int) -> None:
        """Messages up to this one are before the customer's eyes."""
        async with wiring.reading() as session:
            eyes = await seen.by_customer(session, actor(), self.code, message_id=message_id)
        if eyes is not None:
            marks.note(eyes, message_id)

    @action
    async def older(self) -> None:
        """What was said before."""
        async with wiring.reading() as session:
            conversation = await reading.standing_for_customer(session, actor(), self.code)
            found = await reading.newest_lines(session, conversation.id, before=self._first_shown)
        self._show_older(found[0], has_older=found[1], side="customer")

    @action
    async def leave(self, shown_for: str) -> None:
        """End it, or go from the queue."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await conversations.leave(session, actor(), self.code, at=wiring.clock().now())
        await self._refresh()

    @action
    async def rate(self, stars: Stars, shown_for: str) -> None:
        """K2: once."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await conversations.rate(session, actor(), self.code, stars=stars, at=wiring.clock().now())
        await self._refresh()

    async def _refresh(self) -> None:
        if not self._id:
            return
        async with wiring.reading() as session:
            conversation = await reading.standing_for_customer(session, actor(), self.code)
            lines = await reading.lines_after(session, conversation.id, after=self.newest)
            await self._show_phase(session, conversation)
        self._show_more(conversation, lines, side="customer")

    async def _show_phase(self, session: AsyncSession, conversation: Standing) -> None:
        position = wait = 0
        if conversation.state is ConversationState.WAITING:
            place = await place_of(session, conversation, at=wiring.clock().now())
            position, wait = place.position, max(1, round(place.wait.total_seconds() / 60))
        show(
            self,
            phase=conversation.state.value,
            specialism=conversation.specialism.value,
            consultant=conversation.consultant,
            position=position,
            wait_minutes=wait,
            rating=conversation.rating or 0,
            can_rate=not conversation.state.is_running and conversation.answered_at is not None,
            opened_at=conversation.opened_at.isoformat(),
        )

    @property
    def _code_in_address(self) -> str:
        return self.rx_router_url.path.rpartition("/")[2][:32]


refreshes(routes.SUPPORT_CHAT, ChatState.refresh)
shows_typing(Topic.STAFF_TYPES, routes.SUPPORT_CHAT, ChatState.they_type)
