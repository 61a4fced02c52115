"""A service centre in Kyiv, somebody who books, and the staff."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.feedback.puzzle import new_challenge
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.visits.booking import Booker, Wanted, book
from mykyivstar.domain.visits.models import Visit, VisitPurpose
from mykyivstar.kit.clock import FixedClock
from tests.domain.support.conftest import Hall
from tests.factories.puzzles import solved
from tests.factories.stores import store

KEY, BITS, PLACES = b"k" * 32, 2, 2
PHONE = "067 100 00 77"
#: The clock stands at noon of Sunday, 22 November 2026: 14:00 in Kyiv.
MONDAY_TEN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MONDAY_ELEVEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Centre(Hall):
    """The centre, open on weekdays from 10 to 18 with a break at 13."""

    async def open(self) -> None:
        await super().open()
        async with self.database.unit_of_work() as session:
            session.add(
                store(
                    "kyiv-centre",
                    services=["identity_check"],
                    opening_hours="Mo-Fr 10:00-13:00,14:00-18:00; 2026 Nov 25 off",
                )
            )
            session.add(store("kyiv-02", services=["connect"]))

    def puzzle(self, visitor: str = "somebody") -> str:
        return solved(new_challenge(KEY, bits=BITS, visitor=visitor, at=self.clock.now()))

    async def book(
        self,
        starts_at: datetime = MONDAY_TEN,
        *,
        phone: str = PHONE,
        name: str = "Іван",
        purpose: VisitPurpose = VisitPurpose.ACCESS,
        where: str = "kyiv-centre",
        bait: str = "",
        answer: str | None = None,
        visitor: str = "somebody",
        address: str = "203.0.113.7",
        places: int = PLACES,
    ) -> Visit:
        return await book(
            self.database.unit_of_work,
            Wanted(where, starts_at, purpose, name, phone),
            Booker(visitor, address, Language.UK, bait, self.puzzle(visitor) if answer is None else answer),
            places=places,
            key=KEY,
            bits=BITS,
            at=self.clock.now(),
        )

    async def sms(self) -> list[SmsMessage]:
        async with self.database.reading() as session:
            return list(await session.exec(select(SmsMessage).order_by(col(SmsMessage.id))))

    async def visits(self) -> list[Visit]:
        async with self.database.reading() as session:
            return list(await session.exec(select(Visit).order_by(col(Visit.id))))


@pytest.fixture
async def centre(database: Database, clock: FixedClock) -> Centre:
    centre = Centre(database, clock)
    await centre.open()
    return centre
