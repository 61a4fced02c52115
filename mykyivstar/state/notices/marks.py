"""The marks on the bars of every signed-in page: that something waits to be looked at (M5).

No page asks for them when it loads. A tab that this process meets is noted, and a moment later one question is asked
for all of those: only who has something new is told, as they are when something comes or is looked at.
"""

from collections.abc import Mapping

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.notices import inbox
from mykyivstar.guard import action, actor
from mykyivstar.guard.connections import connections
from mykyivstar.kit.later import Later
from mykyivstar.state.live import marks_news
from mykyivstar.state.shell import show


class NewsState(rx.State):
    """What waits to be looked at."""

    unseen: int = 0
    # An answer to a request, a step of an application.
    ticket: bool = False
    application: bool = False

    @action
    async def look(self) -> None:
        """Bring the marks up to date."""
        async with wiring.reading() as session:
            found = await inbox.marks(session, actor())
        _marked.add(actor().profile_id) if found.unseen else _marked.discard(actor().profile_id)
        show(self, unseen=found.unseen, ticket=found.ticket, application=found.application)


# People of whom some tab may show a mark: told as well when nothing waits any more.
_marked: set[int] = set()


async def _ask(people: Mapping[int, None]) -> None:
    async with wiring.reading() as session:
        found = await inbox.with_news(session, people)
    if told := found | (_marked & people.keys()):
        wiring.pass_on(*map(inbox.subject, sorted(told)))


_arrived: Later[int, None] = Later(_ask)


def _meet(who: Actor) -> None:
    _arrived.note(who.profile_id, None)


connections.on_arrival(_meet)
marks_news(NewsState.look)
