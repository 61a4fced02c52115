"""Olena with two numbers, home internet and an e-mail; Ivan, who pays for her first number; a lead at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job
from mykyivstar.domain.blocking import service, unblocking
from mykyivstar.domain.blocking.models import BlockReason, LineBlock
from mykyivstar.domain.blocking.queries import Standing, standing
from mykyivstar.domain.blocking.service import CARRY_OUT_JOB, Wanted
from mykyivstar.domain.blocking.unblocking import CodeOut
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile, SecurityEvent
from mykyivstar.domain.lines.models import HoldingRole, Line, LineState
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.domain.staff import management
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.kit.clock import FixedClock
from tests.factories.people import hold, make_line, make_person

KEY = b"k" * 32
LINE, OTHER = "380671000001", "380671000002"
EMAIL = "olena@example.com"
LOST, STOLEN, AWAY, WORDS = BlockReason.LOST, BlockReason.STOLEN, BlockReason.AWAY, BlockReason.OTHER


@dataclass
class Home:
    """What happens to Olena's first line."""

    database: Database
    clock: FixedClock
    olena: Actor
    ivan: Actor
    line_id: int
    other_id: int
    members: int = 0

    @property
    def fresh(self) -> Actor:
        """Olena, who has just proved who she is."""
        return self.proved(self.olena)

    def proved(self, actor: Actor) -> Actor:
        return Actor(actor.profile_id, actor.session_id, self.clock.now())

    async def block(
        self,
        reason: BlockReason = AWAY,
        *,
        by: Actor | None = None,
        note: str = "",
        key: str = "form-1",
        line_id: int | None = None,
    ) -> LineBlock:
        wanted = Wanted(line_id or self.line_id, reason, note)
        async with self.database.unit_of_work() as session:
            return await service.block(session, by or self.fresh, wanted, key=key, at=self.clock.now())

    async def withdraw(self, *, by: Actor | None = None) -> None:
        async with self.database.unit_of_work() as session:
            await service.withdraw(session, by or self.olena, self.line_id, at=self.clock.now())

    async def carry_out(self, block: LineBlock) -> bool:
        async with self.database.unit_of_work() as session:
            return await service.carry_out(session, block.id or 0, at=self.clock.now())

    async def send(self, to: str = OTHER, *, by: Actor | None = None, visitor: str = "v" * 64) -> CodeOut:
        return await unblocking.send(
            self.database.unit_of_work,
            KEY,
            by or self.olena,
            line_id=self.line_id,
            to=to,
            visitor=visitor,
            address="203.0.113.7",
            language=Language.UK,
            at=self.clock.now(),
        )

    async def unblock(self, code: str | None = None, *, by: Actor | None = None, visitor: str = "v" * 64) -> None:
        await unblocking.unblock(
            self.database.unit_of_work,
            KEY,
            by or self.olena,
            line_id=self.line_id,
            code=code or await self.code(),
            visitor=visitor,
            at=self.clock.now(),
        )

    async def code(self) -> str:
        """The last one that was sent, by SMS or letter."""
        sms = [each for each in await self.all(SmsMessage) if each.template == "code_unblock"]
        mail = [each for each in await self.all(MailMessage) if each.template == "code_unblock"]
        return str(max([*sms, *mail], key=lambda each: each.created_at).params["code"])

    async def member(self, role: StaffRole = StaffRole.LEAD) -> StaffActor:
        self.members += 1
        async with self.database.unit_of_work() as session:
            made = await management.add(
                session,
                login=f"member-{self.members}",
                name="Марта",
                role=role,
                phone=None,
                password_hash=None,
                skills=(),
                capacity=4,
                at=self.clock.now(),
            )
            return StaffActor(staff_id=made.id or 0, session_id=made.id or 0, role=role, name=made.name)

    async def see(self, *, by: Actor | None = None) -> Standing:
        async with self.database.reading() as session:
            return await standing(session, by or self.olena, self.line_id)

    async def state(self) -> LineState:
        async with self.database.reading() as session:
            return (await session.get_one(Line, self.line_id)).state

    async def told(self) -> list[tuple[str, str]]:
        """SMS as (template, to), in the order of numbers within a template."""
        return sorted((str(each.template), each.to.digits) for each in await self.all(SmsMessage))

    async def events(self) -> list[str]:
        return [each.kind for each in await self.all(SecurityEvent)]

    async def jobs(self) -> Sequence[Job]:
        return [each for each in await self.all(Job) if each.kind == CARRY_OUT_JOB]

    async def blocks(self) -> list[tuple[str, str]]:
        return [(each.reason.value, each.state.value) for each in await self.all(LineBlock)]

    async def all(self, model: Any) -> list[Any]:
        async with self.database.reading() as session:
            return list(await session.exec(select(model).order_by(col(model.id))))


@pytest.fixture
async def home(database: Database, clock: FixedClock) -> Home:
    async with database.unit_of_work() as session:
        olena, ivan = await make_person(session), await make_person(session, "ivan")
        line, other = await make_line(session, LINE), await make_line(session, OTHER)
        for position, each in enumerate((line, other)):
            await hold(session, olena, each, position=position)
        await hold(session, ivan, line, role=HoldingRole.PAYER)
        profile = await session.get_one(Profile, olena.profile_id)
        profile.contact_email = EMAIL
        session.add(profile)
        return Home(database, clock, olena, ivan, line.id or 0, other.id or 0)
