"""Planned works are told to everybody whom they touch, each once, whatever dies in the middle."""

import asyncio
from datetime import timedelta
from itertools import count

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.faults import announcing, concerned
from mykyivstar.domain.faults.models import Outage, OutageKind
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.clock import FixedClock
from tests.domain.faults.conftest import ADDRESS, make_outage
from tests.factories.people import make_account

HOUR = timedelta(hours=1)
PHONES = [f"38067100000{number}" for number in (1, 2, 3, 4, 5, 1, 2)]


async def street(database: Database, clock: FixedClock) -> int:
    """Seven accounts of five people, and works there tomorrow."""
    async with database.unit_of_work() as session:
        for number, phone in enumerate(PHONES):
            await make_account(session, f"000447760{number}", address=ADDRESS, contract_phone=phone)
    begins = clock.now() + 15 * HOUR
    return await make_outage(database, kind=OutageKind.WORKS, starts_at=begins, expected_at=begins + 5 * HOUR)


async def told(database: Database) -> list[str]:
    async with database.reading() as session:
        return sorted(str(phone) for phone in await session.exec(select(SmsMessage.to)))


async def test_an_announcement_that_dies_again_and_again_reaches_everybody_once(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outage_id = await street(database, clock)
    calls, tell = count(), announcing._tell_of_works

    async def die_sometimes(*args: object) -> int:
        done = await tell(*args)  # type: ignore[arg-type]
        if next(calls) in {1, 4, 8}:
            raise ConnectionError("killed")
        return done

    monkeypatch.setattr(concerned, "BATCH", 2)
    monkeypatch.setattr(announcing, "_tell_of_works", die_sometimes)
    deaths = 0
    while True:
        try:
            await announcing.announce(database.unit_of_work, at=clock.now())
            break
        except ConnectionError:
            deaths += 1
    assert deaths == 3
    assert await told(database) == sorted(set(PHONES))
    assert await announcing.announce(database.unit_of_work, at=clock.now()) == 0
    async with database.reading() as session:
        assert (await session.get_one(Outage, outage_id)).announced_at == clock.now()


async def test_two_who_announce_at_once_tell_each_person_once(database: Database, clock: FixedClock) -> None:
    await street(database, clock)
    done = await asyncio.gather(*(announcing.announce(database.unit_of_work, at=clock.now()) for _ in range(3)))
    assert sum(done) == len(set(PHONES))
    assert await told(database) == sorted(set(PHONES))


async def test_works_that_are_called_off_meanwhile_are_told_no_further(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outage_id = await street(database, clock)
    tell = announcing._tell_of_works

    async def call_off_after(session: AsyncSession, *args: object) -> int:
        done = await tell(session, *args)  # type: ignore[arg-type]
        await session.exec(update(Outage).where(col(Outage.id) == outage_id).values(is_cancelled=True))
        return done

    monkeypatch.setattr(concerned, "BATCH", 2)
    monkeypatch.setattr(announcing, "_tell_of_works", call_off_after)
    assert await announcing.announce(database.unit_of_work, at=clock.now()) == 2
    async with database.reading() as session:
        assert (await session.get_one(Outage, outage_id)).announced_at is None
