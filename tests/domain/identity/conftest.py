"""People, numbers and browsers for the tests of identity."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Language, OneTimeCode, Profile
from mykyivstar.domain.identity.passwords import hash_password
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Holding, Line, LineState
from mykyivstar.domain.notifications.models import SmsMessage, SmsState
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn

KEY = b"k" * 32
VISITOR = "v" * 64
OTHER_VISITOR = "w" * 64
OLENA = Msisdn("380671000001")
STRANGER = Msisdn("380501234567")
ACCOUNT = "0004477622"
PASSWORD = "Kobzar-1840"


class World:
    """A small operator: add what a test needs, read what happened."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock

    async def line(self, msisdn: Msisdn = OLENA, *, state: LineState = LineState.ACTIVE) -> int:
        async with self.database.unit_of_work() as session:
            line = Line(msisdn=msisdn, state=state)
            session.add(line)
            await session.flush()
            return line.id or 0

    async def account(self, number: str = ACCOUNT, *, contract_phone: Msisdn = OLENA) -> int:
        async with self.database.unit_of_work() as session:
            account = InternetAccount(number=number, contract_phone=contract_phone)
            session.add(account)
            await session.flush()
            return account.id or 0

    async def profile(self, *line_ids: int, login: str = "olena", password: str | None = PASSWORD) -> int:
        async with self.database.unit_of_work() as session:
            profile = Profile(login=login, login_key=login, created_at=self.clock.now())
            profile.password_hash = await hash_password(password) if password else None
            session.add(profile)
            await session.flush()
            for line_id in line_ids:
                session.add(Holding(profile_id=profile.id, line_id=line_id, proved_at=self.clock.now()))
            return profile.id or 0

    async def sent_codes(self, to: Msisdn = OLENA) -> list[str]:
        """Codes that would reach this phone, the newest first."""
        async with self.database.reading() as session:
            rows = await session.exec(
                select(SmsMessage)
                .where(SmsMessage.to == to, SmsMessage.state != SmsState.SUPPRESSED)
                .order_by(col(SmsMessage.id).desc())
            )
            return [row.params["code"] for row in rows if row.params and "code" in row.params]

    async def codes(self) -> list[OneTimeCode]:
        async with self.database.reading() as session:
            return list(await session.exec(select(OneTimeCode).order_by(col(OneTimeCode.id))))

    def later(self, **span: float) -> None:
        self.clock.moment += timedelta(**span)

    @property
    def asking(self) -> dict[str, object]:
        """The arguments that say which browser asks, from where, when, in which language."""
        return {"visitor": VISITOR, "address": "203.0.113.7", "language": Language.UK, "at": self.clock.now()}


@pytest.fixture
def world(database: Database, clock: FixedClock) -> World:
    return World(database, clock)


Refused = Callable[[], Awaitable[object]]
