"""The way in to the desk, with Solomiia before it."""

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import FlowStep, Language
from mykyivstar.domain.identity.passwords import hash_password
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.staff import management, sessions, sign_in
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn

KEY, VISITOR, OTHER = b"k" * 32, "v" * 64, "w" * 64
PASSWORD, PHONE = "Kobzar-1840", Msisdn("380678000001")


class Door:
    """The way in to the desk, with Solomiia before it."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock

    async def open(self) -> None:
        async with self.database.unit_of_work() as session:
            await management.add(
                session,
                login="solomiia",
                name="Соломія",
                role=StaffRole.CONSULTANT,
                phone=PHONE,
                password_hash=await hash_password(PASSWORD),
                skills=("mobile",),
                at=self.clock.now(),
            )

    async def password(self, login: str = "solomiia", password: str = PASSWORD, visitor: str = VISITOR) -> FlowStep:
        reached = await sign_in.with_password(
            self.database.unit_of_work,
            KEY,
            login=login,
            password=password,
            visitor=visitor,
            address="203.0.113.7",
            language=Language.UK,
            at=self.clock.now(),
        )
        return reached.step

    async def code(self) -> str:
        async with self.database.reading() as session:
            rows = await session.exec(
                select(SmsMessage).where(SmsMessage.to == PHONE).order_by(col(SmsMessage.id).desc())
            )
            sent = rows.first()
        assert sent is not None
        assert sent.params is not None
        return sent.params["code"]

    async def finish(self, code: str, visitor: str = VISITOR) -> str:
        return await sign_in.with_code(self.database.unit_of_work, KEY, visitor=visitor, code=code, at=self.clock.now())

    async def session(self, ticket: str, visitor: str = VISITOR) -> str | None:
        async with self.database.unit_of_work() as session:
            return await sessions.open_session(
                session, ticket=ticket, visitor=visitor, browser="Firefox", address="203.0.113.7", at=self.clock.now()
            )

    async def signed_in(self) -> str:
        await self.password()
        token = await self.session(await self.finish(await self.code()))
        assert token is not None
        return token

    async def lives(self, token: str) -> bool:
        async with self.database.reading() as session:
            return await sessions.by_token(session, token, self.clock.now()) is not None


@pytest.fixture
async def door(database: Database, clock: FixedClock) -> Door:
    door = Door(database, clock)
    await door.open()
    return door
