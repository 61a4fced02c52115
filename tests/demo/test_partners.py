"""The partner of the demo world."""

from datetime import timedelta

from mykyivstar.db.database import Database
from mykyivstar.demo.partners import CODE, add_partner
from mykyivstar.domain.partners.management import everyone
from mykyivstar.kit.clock import FixedClock


async def test_there_is_one_however_often_the_demo_is_brought_up(database: Database, clock: FixedClock) -> None:
    for day in range(2):
        async with database.unit_of_work() as session:
            await add_partner(session, clock.now() + timedelta(days=day))
    async with database.reading() as session:
        [partner] = await everyone(session)
    assert (partner.code, partner.created_at) == (CODE, clock.now())
