"""The network at an address: what is shown, announced, and told when it is over."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select, update

from mykyivstar.domain.faults import announcing, checking, outages
from mykyivstar.domain.faults.checking import Verdict
from mykyivstar.domain.faults.errors import NothingToWatch
from mykyivstar.domain.faults.models import AccountPlace, Outage, OutageKind
from mykyivstar.domain.faults.outages import NetworkState
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.lines.queries import held_account
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from tests.domain.faults.conftest import Home, make_outage
from tests.factories.people import make_account, make_person

HOUR = timedelta(hours=1)
WORKS = OutageKind.WORKS


async def network(home: Home) -> NetworkState:
    async with home.database.reading() as session:
        held = await held_account(session, home.actor, home.id)
        return await outages.network_state(session, held, at=home.clock.now())


async def verdict(home: Home) -> Verdict:
    async with home.database.reading() as session:
        return (await checking.diagnose(session, home.actor, home.id, at=home.clock.now())).verdict


async def test_an_outage_is_shown_from_its_beginning_until_the_file_ends_it(home: Home):
    now = home.clock.now()
    outage_id = await make_outage(home.database, starts_at=now - HOUR, expected_at=now + HOUR)
    [event] = (await network(home)).now
    assert (event.id, event.expected_at, event.is_late(now)) == (outage_id, now + HOUR, False)
    assert await verdict(home) is Verdict.OUTAGE
    home.clock.moment += 5 * HOUR
    [event] = (await network(home)).now
    assert event.is_late(home.clock.now())
    async with home.database.unit_of_work() as session:
        await session.exec(update(Outage).values(ended_at=home.clock.now()))
    assert (await network(home)).here == []
    assert await verdict(home) is Verdict.EQUIPMENT


async def test_planned_works_are_shown_two_weeks_ahead_and_end_by_themselves(home: Home):
    now = home.clock.now()
    await make_outage(home.database, kind=WORKS, starts_at=now + 15 * 24 * HOUR, expected_at=now + 16 * 24 * HOUR)
    assert (await network(home)).here == []
    home.clock.moment += 2 * 24 * HOUR
    state = await network(home)
    assert (len(state.planned), len(state.now)) == (1, 0)
    home.clock.moment = now + 15 * 24 * HOUR + HOUR
    assert len((await network(home)).now) == 1
    home.clock.moment = now + 16 * 24 * HOUR
    assert (await network(home)).here == []


async def test_what_is_elsewhere_in_the_city_is_told_apart_and_another_city_is_not_shown(home: Home):
    now = home.clock.now()
    await make_outage(home.database, code="A", starts_at=now, places=[("м. Київ", "вул. Садова", "1-9")])
    await make_outage(home.database, code="B", starts_at=now, places=[("Львів", "", "")])
    await make_outage(home.database, code="C", starts_at=now, is_cancelled=True)
    state = await network(home)
    assert state.here == []
    assert [event.places for event in state.nearby] == [("вул. Садова, 1-9",)]


async def test_debt_and_suspension_come_before_the_network(home: Home):
    await make_outage(home.database, starts_at=home.clock.now())
    for state, found in ((InternetState.OFF_FOR_DEBT, Verdict.DEBT), (InternetState.SUSPENDED, Verdict.SUSPENDED)):
        async with home.database.unit_of_work() as session:
            await session.exec(update(InternetAccount).values(state=state, disconnect_threshold=Money.uah(120)))
        assert await verdict(home) is found
    async with home.database.unit_of_work() as session:
        await session.exec(update(InternetAccount).values(state=InternetState.OFF_FOR_DEBT))
    async with home.database.reading() as session:
        diagnosis = await checking.diagnose(session, home.actor, home.id, at=home.clock.now())
    assert diagnosis.missing is not None
    assert diagnosis.missing >= Money.uah(20)


async def test_a_stranger_learns_nothing_of_an_address(home: Home):
    async with home.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    async with home.database.reading() as session:
        with pytest.raises(NotFound):
            await checking.diagnose(session, stranger, home.id, at=home.clock.now())
    async with home.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await outages.watch(session, stranger, account_id=home.id, outage_id=1, at=home.clock.now())


async def test_who_asked_is_told_once_when_it_is_over(home: Home):
    now = home.clock.now()
    outage_id = await make_outage(home.database, starts_at=now - HOUR)
    for _ in range(2):
        async with home.database.unit_of_work() as session:
            await outages.watch(session, home.actor, account_id=home.id, outage_id=outage_id, at=now)
    assert [event.is_watched for event in (await network(home)).now] == [True]
    assert await announcing.tell_of_ends(home.database.unit_of_work, at=now) == 0
    async with home.database.unit_of_work() as session:
        await session.exec(update(Outage).values(ended_at=now))
        with pytest.raises(NothingToWatch):
            await outages.watch(session, home.actor, account_id=home.id, outage_id=outage_id, at=now)
    told = await asyncio.gather(*(announcing.tell_of_ends(home.database.unit_of_work, at=now) for _ in range(3)))
    assert sum(told) == 1
    assert await home.told() == ["outage_over"]


async def test_nobody_watches_what_is_not_at_their_address(home: Home):
    elsewhere = await make_outage(home.database, starts_at=home.clock.now(), places=[("Львів", "", "")])
    for outage_id in (elsewhere, 999):
        async with home.database.unit_of_work() as session:
            with pytest.raises(NothingToWatch):
                await outages.watch(session, home.actor, account_id=home.id, outage_id=outage_id, at=home.clock.now())


async def test_planned_works_are_announced_once_to_those_they_touch(home: Home):
    now = home.clock.now()
    async with home.database.unit_of_work() as session:
        await make_account(session, "0009000001", address="м. Київ, вул. Лесі Українки, 26")
        await make_account(session, "0009000002", address="")
    await make_outage(home.database, kind=WORKS, starts_at=now + 24 * HOUR, expected_at=now + 30 * HOUR)
    told = await asyncio.gather(*(announcing.announce(home.database.unit_of_work, at=now) for _ in range(3)))
    assert sum(told) == 1
    assert await announcing.announce(home.database.unit_of_work, at=now) == 0
    assert await home.told() == ["works_planned"]


async def test_what_has_begun_or_is_called_off_is_not_announced(home: Home):
    now = home.clock.now()
    await make_outage(home.database, code="A", kind=WORKS, starts_at=now, expected_at=now + HOUR)
    await make_outage(
        home.database, code="B", kind=WORKS, starts_at=now + HOUR, expected_at=now + 2 * HOUR, is_cancelled=True
    )
    await make_outage(home.database, code="C", starts_at=now + HOUR, expected_at=now + 2 * HOUR)
    assert await announcing.announce(home.database.unit_of_work, at=now) == 0


async def test_a_changed_address_is_found_at_its_new_place(home: Home):
    now = home.clock.now()
    await make_outage(home.database, code="A", kind=WORKS, starts_at=now + HOUR, expected_at=now + 2 * HOUR)
    await announcing.announce(home.database.unit_of_work, at=now)
    async with home.database.unit_of_work() as session:
        await session.exec(update(InternetAccount).values(address="Львів, пл. Ринок, 5"))
    far = [("Львів", "пл. Ринок", "1-9 odd")]
    await make_outage(home.database, code="B", kind=WORKS, starts_at=now + HOUR, expected_at=now + 2 * HOUR, places=far)
    assert await announcing.announce(home.database.unit_of_work, at=now) == 1
    async with home.database.reading() as session:
        assert (await session.exec(select(AccountPlace.street_key))).one() == "площа ринок"
