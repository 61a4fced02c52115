"""Bonuses come, go and arrive at the same moment: nobody gets too much or too little, and nobody blocks anybody."""

import asyncio
from datetime import date, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.bonuses.accrual import BONUSES
from mykyivstar.domain.bonuses.arriving import arrive
from mykyivstar.domain.bonuses.models import BonusState
from mykyivstar.domain.catalogue.models import FeePeriod, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Entry, OperationKind, Unit
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from tests.domain.billing import small_world as world
from tests.domain.bonuses.small_world import bonuses_of, give, transfers
from tests.factories.people import hold, make_line, make_person, put_money

NOVEMBER, FOURTH = date(2026, 11, 1), date(2026, 12, 4)
NINE = kyiv_midnight(FOURTH) + timedelta(hours=9)
HOMES = 6


async def street(session: AsyncSession) -> tuple[Actor, list[tuple[InternetAccount, Line]]]:
    """Home internet accounts of one person who paid 100 for November and have 50 bonuses, and a number for each.

    One of them has no bonus account yet.
    """
    its = await world.tariff(session, "fast", 100, kind=TariffKind.INTERNET, fee_period=FeePeriod.MONTH)
    actor, homes = await make_person(session), []
    for number in range(HOMES):
        account = await world.account(session, its, 1_000, NOVEMBER, f"00044776{number:02}")
        await hold(session, actor, account, position=number)
        if number:
            await put_money(session, account, Money.uah(50), unit=Unit.BONUS)
        homes.append((account, await make_line(session, f"38067100000{number}")))
    return actor, homes


async def accruals(database: Database) -> int:
    async with database.reading() as session:
        credited = (Entry.kind == OperationKind.BONUS_ACCRUAL, col(Entry.amount) > Money.ZERO)
        return len((await session.exec(select(Entry).where(*credited))).all())


async def test_the_fourth_comes_while_people_give_bonuses_away_and_others_arrive(database: Database) -> None:
    async with database.unit_of_work() as session:
        actor, homes = await street(session)
    await carry_out(database, FEES, day=NOVEMBER, at=kyiv_midnight(NOVEMBER))
    # On their way since yesterday: to the fifth number they arrive, from the sixth, which ended, they come back.
    for number in (4, 5):
        at, to = NINE - timedelta(days=1), f"067 100 00 0{number}"
        await give(database, actor, homes[number][0], 10, at=at, key=f"before-{number}", number=to)
    async with database.unit_of_work() as session:
        (await session.get_one(Line, homes[5][1].id)).state = LineState.INACTIVE
    under_way = [each.id or 0 for each in await transfers(database)]

    async def come(transfer_id: int) -> None:
        async with database.unit_of_work() as session:
            await arrive(session, transfer_id, at=NINE)

    await asyncio.gather(
        *(carry_out(database, BONUSES, day=FOURTH, at=NINE, batch=2) for _ in range(2)),
        *(
            give(database, actor, account, 20 + number, at=NINE, key=str(number), number=f"067 100 00 0{number}")
            for number, (account, _) in enumerate(homes[:5])
            if number
        ),
        *map(come, under_way),
    )
    assert [await bonuses_of(database, account) for account, _ in homes] == [100, 129, 128, 127, 116, 150]
    assert [await bonuses_of(database, line) for _, line in homes] == [None, None, None, None, 10, None]
    assert await accruals(database) == HOMES
    states = [given.state for given in await transfers(database)]
    assert states == [BonusState.ARRIVED, BonusState.RETURNED, *[BonusState.ON_THE_WAY] * 4]
    assert await world.the_books_hold(database)


async def test_fees_are_taken_while_the_same_people_send_each_other_money(database: Database) -> None:
    async with database.unit_of_work() as session:
        its = await world.tariff(session, fee=100)
        numbers = [f"38067100000{number}" for number in range(HOMES)]
        lines = [await world.line(session, its, 200, NOVEMBER, number) for number in numbers]

    async def send(giver: Line, taker: Line, key: str) -> None:
        async with database.unit_of_work() as session:
            await world.send(session, giver, taker, Money.uah(50), key=key, at=NINE)

    pairs = [(lines[first], lines[(first + step) % HOMES]) for first in range(HOMES) for step in (1, HOMES - 1)]
    await asyncio.gather(
        *(carry_out(database, FEES, day=NOVEMBER, at=NINE, batch=2) for _ in range(2)),
        *(send(giver, taker, f"send-{number}") for number, (giver, taker) in enumerate(pairs)),
    )
    # Everybody sent 100 and got 100 of the others, and had enough for the fee all the while.
    assert [await world.money_of(database, line) for line in lines] == [Money.uah(100)] * HOMES
    assert await world.the_books_hold(database)
