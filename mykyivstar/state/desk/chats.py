"""The desk: who waits, the conversations one has, and the one that is open (K6)."""

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support import answers, desk, messages, reading, seen
from mykyivstar.domain.support.errors import TooManyMessages
from mykyivstar.domain.support.models import ConversationState
from mykyivstar.domain.support.reading import Standing
from mykyivstar.guard import action, staff_actor
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.state.desk.rows import AnswerChip, ChatRow, ColleagueRow, QueueRow, chat_row, colleague_row, queue_row
from mykyivstar.state.desk_lists import desk_lists
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.live_support import at_desk, just_said, open_at_desk, shows_typing
from mykyivstar.state.shell import show
from mykyivstar.state.support.marks import marks
from mykyivstar.state.support.talk import Talk

_TEXT_MAX = 50_000
_CONSULTANT = StaffRole.CONSULTANT


class DeskChatsState(Talk, Refusals, rx.State):
    """The page of conversations."""

    ready: bool = False
    is_available: bool = False
    queue: list[QueueRow] = []
    chats: list[ChatRow] = []
    # Of the open conversation.
    customer: str = ""
    phase: str = ""
    specialism: str = ""
    language: str = "uk"
    rating: int = 0
    is_mine: bool = False
    colleagues: list[ColleagueRow] = []
    prepared: list[AnswerChip] = []
    _id: int = 0

    @action(staff=_CONSULTANT)
    async def load(self) -> None:
        """Everything, and the conversation that the address names or that was open, from its newest messages."""
        self._clear_refusals()
        if code := self.rx_router_url.query_parameters.get("chat", "")[:64] or self.code:
            await self._open(code)
        await self._refresh_lists()
        self.ready = True

    @action(staff=_CONSULTANT)
    async def refresh(self) -> None:
        """What came since."""
        await self._refresh_lists()
        await self._refresh_talk()

    @action(staff=_CONSULTANT)
    async def refresh_lists(self) -> None:
        """Who waits, and where something was said."""
        await self._refresh_lists()

    @action(staff=_CONSULTANT)
    async def refresh_talk(self) -> None:
        """What came since in the open conversation."""
        await self._refresh_talk()

    @action(staff=_CONSULTANT)
    async def sync(self, have: int) -> None:
        """The browser asks whether it has everything."""
        await self._be_here()
        await self._refresh_lists()
        await self._refresh_talk()
        if have < self.newest:
            self._send_again_what_is_shown()

    @action(staff=_CONSULTANT)
    async def beat(self) -> None:
        """The desk is open in a browser."""
        await self._be_here()

    @action(staff=_CONSULTANT)
    async def set_available(self, is_available: bool) -> None:  # noqa: FBT001  what the switch sends
        """Take conversations, or stop taking them."""
        async with wiring.unit_of_work() as session:
            await desk.set_available(session, staff_actor(), is_available=is_available, at=wiring.clock().now())
        self.is_available = is_available

    @action(staff=_CONSULTANT)
    async def take_next(self) -> None:
        """Whoever waits longest."""
        self._clear_refusals()
        async with wiring.unit_of_work() as session:
            taken = await desk.take_next(session, staff_actor(), at=wiring.clock().now())
        if taken is not None:
            await self._open(taken.code)
        await self._refresh_lists()

    @action(staff=_CONSULTANT)
    async def take(self, code: str) -> None:
        """The chosen one."""
        self._clear_refusals()
        async with wiring.unit_of_work() as session:
            await desk.take(session, staff_actor(), code, at=wiring.clock().now())
        await self._open(code)
        await self._refresh_lists()

    @action(staff=_CONSULTANT)
    async def open(self, code: str) -> None:
        """Look at a conversation: one's own, for a lead anybody's."""
        self._clear_refusals()
        await self._open(code)
        await self._refresh_lists()

    @action(staff=_CONSULTANT)
    async def leave(self) -> None:
        """Back to the lists; the conversation goes on."""
        self._clear_refusals()
        self._put_away()
        await self._refresh_lists()

    @action(staff=StaffRole.LEAD)
    async def take_over(self) -> None:
        """Go on with somebody else's conversation."""
        async with wiring.unit_of_work() as session:
            await desk.take_over(session, staff_actor(), self.code, at=wiring.clock().now())
        await self._open(self.code)
        await self._refresh_lists()

    @action(staff=_CONSULTANT, text_max=_TEXT_MAX)
    async def say(self, key: str, text: str, code: str) -> None:
        """Answer there, whichever is open by now; sent again with the same key it is kept once."""
        try:
            async with wiring.unit_of_work() as session:
                said = await messages.staff_says(
                    session, staff_actor(), code, client_key=key, text=text, at=wiring.clock().now()
                )
        except TooManyMessages:
            raise
        except CustomerError as refusal:
            self._decline(key, refusal)
            return
        await self._refresh_talk()
        just_said[self._token] = said

    @action(staff=_CONSULTANT)
    async def typing(self) -> None:
        """Let the customer see that something is being written."""
        if self._id and self.is_mine:
            wiring.pass_on(Subject(Topic.STAFF_TYPES, self._id))

    @action(staff=_CONSULTANT)
    async def they_type(self, conversation_id: int) -> None:
        """The customer is writing."""
        if conversation_id == self._id:
            self.typed_at = wiring.clock().now().isoformat()

    @action(staff=_CONSULTANT)
    async def saw(self, message_id: int) -> None:
        """Messages up to this one are before the consultant's eyes; a lead who only looks leaves no mark."""
        if not self.is_mine:
            return
        async with wiring.reading() as session:
            eyes = await seen.by_staff(session, staff_actor(), self.code, message_id=message_id)
        if eyes is not None:
            marks.note(eyes, message_id)

    @action(staff=_CONSULTANT)
    async def older(self) -> None:
        """What was said before."""
        async with wiring.reading() as session:
            conversation = await reading.standing_for_staff(session, staff_actor(), self.code)
            found = await reading.newest_lines(session, conversation.id, before=self._first_shown)
        self._show_older(found[0], has_older=found[1], side="desk")

    async def _open(self, code: str) -> None:
        try:
            async with wiring.reading() as session:
                conversation = await reading.standing_for_staff(session, staff_actor(), code)
                lines, has_older = await reading.newest_lines(session, conversation.id)
                colleagues = await desk.colleagues(session, staff_actor(), conversation.specialism)
                prepared = await answers.offered(session, conversation.specialism)
        except NotFound:
            self._put_away()
            return
        self._show_from_the_start(conversation, lines, has_older=has_older, side="desk")
        self._show_standing(conversation)
        named = {"customer": conversation.customer_name, "consultant": staff_actor().name}
        self.colleagues = [colleague_row(member) for member in colleagues]
        self.prepared = [
            AnswerChip(each.title, answers.filled(each, conversation.language.value, **named)) for each in prepared
        ]

    async def _refresh_talk(self) -> None:
        if not self.code:
            return
        try:
            async with wiring.reading() as session:
                conversation = await reading.standing_for_staff(session, staff_actor(), self.code)
                lines = await reading.lines_after(session, conversation.id, after=self.newest)
        except NotFound:
            # Handed over to somebody else.
            self._put_away()
            return
        self._show_more(conversation, lines, side="desk")
        self._show_standing(conversation)

    def _show_standing(self, conversation: Standing) -> None:
        self._id = conversation.id
        is_mine = conversation.staff_id == staff_actor().staff_id
        show(
            self,
            customer=conversation.customer_name,
            phase=conversation.state.value,
            specialism=conversation.specialism.value,
            language=conversation.language.value,
            rating=conversation.rating or 0,
            is_mine=is_mine and conversation.state is ConversationState.OPEN,
        )
        open_at_desk[self._token] = self._id

    def _put_away(self) -> None:
        open_at_desk.pop(self._token, None)
        self.code, self._id = "", 0
        self.settled, self.fresh, self.newest = [], [], 0

    async def _refresh_lists(self) -> None:
        who = staff_actor()
        lists = await desk_lists.of(who)
        show(
            self,
            is_available=lists.is_available,
            queue=[queue_row(each) for each in lists.waiting],
            chats=[chat_row(each, lists.names, staff_id=who.staff_id, open_code=self.code) for each in lists.running],
        )

    async def _be_here(self) -> None:
        async with wiring.unit_of_work() as session:
            await desk.be_here(session, staff_actor(), at=wiring.clock().now())


refreshes(routes.DESK, DeskChatsState.refresh)
at_desk(routes.DESK, lists=DeskChatsState.refresh_lists, talk=DeskChatsState.refresh_talk)
shows_typing(Topic.CUSTOMER_TYPES, routes.DESK, DeskChatsState.they_type)
