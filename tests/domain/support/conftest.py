"""Olena, who asks; Solomiia and Bohdan, who answer; Marta, who leads the shift."""

from collections.abc import Sequence
from itertools import count

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.staff import management
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support import conversations, desk, messages, reading
from mykyivstar.domain.support.models import Conversation, Specialism
from mykyivstar.kit.clock import FixedClock
from tests.factories.people import make_person

_keys = count(1)
EVERYTHING = tuple(each.value for each in Specialism)


def key() -> str:
    """As a browser makes one."""
    return f"{next(_keys):024x}"


class Hall:
    """Where people talk. The clock stands at noon of 22 November 2026."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.olena: Actor
        self.taras: Actor
        self.solomiia: StaffActor
        self.bohdan: StaffActor
        self.marta: StaffActor

    async def open(self) -> None:
        async with self.database.unit_of_work() as session:
            self.olena, self.taras = await make_person(session, "olena"), await make_person(session, "taras")
            profile = await session.get_one(Profile, self.olena.profile_id)
            profile.name = "Олена"
        self.solomiia = await self.member("solomiia", "Соломія", EVERYTHING)
        self.bohdan = await self.member("bohdan", "Богдан", ("internet",))
        self.marta = await self.member("marta", "Марта", EVERYTHING, role=StaffRole.LEAD)

    async def member(
        self, login: str, name: str, skills: Sequence[str], *, role: StaffRole = StaffRole.CONSULTANT, capacity: int = 4
    ) -> StaffActor:
        async with self.database.unit_of_work() as session:
            made = await management.add(
                session,
                login=login,
                name=name,
                role=role,
                phone=None,
                password_hash=None,
                skills=skills,
                capacity=capacity,
                at=self.clock.now(),
            )
            made.is_available, made.seen_at = True, self.clock.now()
            return StaffActor(staff_id=made.id or 0, session_id=made.id or 0, role=role, name=name)

    async def asks(self, who: Actor | None = None, specialism: Specialism = Specialism.MOBILE) -> Conversation:
        async with self.database.unit_of_work() as session:
            return await conversations.start(
                session, who or self.olena, specialism=specialism, language=Language.UK, at=self.clock.now()
            )

    async def talks(self, who: Actor | None = None) -> Conversation:
        """A conversation that Solomiia has taken."""
        conversation = await self.asks(who)
        async with self.database.unit_of_work() as session:
            return await desk.take(session, self.solomiia, conversation.code, at=self.clock.now())

    async def says(self, conversation: Conversation, text: str, *, client_key: str = "") -> int:
        async with self.database.unit_of_work() as session:
            return await messages.customer_says(
                session,
                self.olena,
                conversation.code,
                client_key=client_key or key(),
                text=text,
                at=self.clock.now(),
            )

    async def answers(self, conversation: Conversation, text: str) -> int:
        async with self.database.unit_of_work() as session:
            return await messages.staff_says(
                session, self.solomiia, conversation.code, client_key=key(), text=text, at=self.clock.now()
            )

    async def texts(self, conversation: Conversation) -> list[str]:
        """Everything that was said, in order, without notes."""
        async with self.database.reading() as session:
            lines, _ = await reading.newest_lines(session, conversation.id or 0)
        return [line.message.text for line in lines if line.message.note is None]

    async def notes(self, conversation: Conversation) -> list[str]:
        async with self.database.reading() as session:
            lines, _ = await reading.newest_lines(session, conversation.id or 0)
        return [line.message.note.value for line in lines if line.message.note]

    async def now(self, conversation: Conversation) -> Conversation:
        async with self.database.reading() as session:
            return await session.get_one(Conversation, conversation.id)


@pytest.fixture
async def hall(database: Database, clock: FixedClock) -> Hall:
    hall = Hall(database, clock)
    await hall.open()
    return hall
