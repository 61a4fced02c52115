"""How to be told of what: SMS, e-mail, in the app, each switched by topic (M5)."""

from dataclasses import dataclass

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.notices import choosing
from mykyivstar.domain.notices.topics import NoticeTopic, NoticeWay
from mykyivstar.guard import action, actor
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show


@dataclass(frozen=True, slots=True)
class TopicRow:
    """What is on for one topic."""

    topic: str
    sms: bool
    email: bool
    app: bool


class NoticeChoicesState(Refusals, rx.State):
    """The switches."""

    ready: bool = False
    topics: list[TopicRow] = []
    # Where letters go, "" for nowhere yet.
    email: str = ""

    @action
    async def load(self) -> None:
        """Show what is chosen."""
        self._clear_refusals()
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Chosen in another tab?"""
        await self._refresh()

    @action
    async def choose(self, topic: NoticeTopic, way: NoticeWay, is_on: bool) -> None:  # noqa: FBT001 -- as a switch says it
        """Switch one way of one topic."""
        async with wiring.unit_of_work() as session:
            await choosing.choose(session, actor(), topic, way, is_on=is_on)
        self._clear_refusals()
        await self._refresh()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            chosen = await choosing.chosen(session, actor())
        rows = [TopicRow(topic.value, ways.sms, ways.email, ways.app) for topic, ways in chosen.ways.items()]
        show(self, ready=True, topics=rows, email=chosen.email)


refreshes(routes.PROFILE_NOTIFICATIONS, NoticeChoicesState.refresh)
