"""Somebody who is not signed in, and the staff who answer."""

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.feedback.puzzle import new_challenge
from mykyivstar.domain.feedback.sending import About, Writer, Writing, send
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.support.tickets import queries, work
from mykyivstar.domain.support.tickets.models import Ticket, TicketState
from mykyivstar.kit.clock import FixedClock
from tests.domain.support.conftest import Hall
from tests.factories.puzzles import solved

KEY, BITS = b"k" * 32, 2


class Postbox(Hall):
    """The contact form, without a browser."""

    def puzzle(self, visitor: str = "somebody") -> str:
        return solved(new_challenge(KEY, bits=BITS, visitor=visitor, at=self.clock.now()))

    async def write(
        self,
        words: str = "Чому не працює інтернет?",
        *,
        contact: str = "ivan@example.com",
        name: str = "",
        bait: str = "",
        about: About = About.INTERNET,
        answer: str | None = None,
        actor: Actor | None = None,
        visitor: str = "somebody",
        address: str = "203.0.113.7",
        language: Language = Language.UK,
    ) -> Ticket:
        return await send(
            self.database.unit_of_work,
            Writing(about, words, contact, name, bait, self.puzzle(visitor) if answer is None else answer),
            Writer(actor, visitor, address, language),
            key=KEY,
            bits=BITS,
            at=self.clock.now(),
        )

    async def reply(self, ticket: Ticket, text: str = "Вже працює.", state: TicketState | None = None) -> None:
        async with self.database.unit_of_work() as session:
            await work.staff_writes(
                session,
                self.solomiia,
                ticket.code,
                text=text,
                is_internal=False,
                state=state,
                at=self.clock.now(),
            )

    async def written(self, ticket: Ticket) -> list[str]:
        """What both sides have added."""
        async with self.database.reading() as session:
            notes = await queries.notes(session, ticket, for_staff=False)
        return [note.text for note in notes if note.text]


@pytest.fixture
async def postbox(database: Database, clock: FixedClock) -> Postbox:
    postbox = Postbox(database, clock)
    await postbox.open()
    return postbox
