"""Credit for downtime: to the kopiyka, once for an event and an account, whatever dies or runs twice."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.faults import crediting
from mykyivstar.domain.faults.models import DowntimeCredit, Outage, OutageKind
from mykyivstar.domain.faults.terms import DowntimeTerms
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetState
from mykyivstar.domain.internet.states import hold as hold_accounts
from mykyivstar.domain.internet.states import switch
from mykyivstar.domain.ledger.models import Entry, LedgerAccount
from mykyivstar.kit.money import Money
from tests.domain.faults.conftest import ADDRESS, Home, make_outage, make_tariff
from tests.factories.people import make_account, put_money

HOUR = timedelta(hours=1)
TERMS = DowntimeTerms()


async def credit(home: Home, terms: DowntimeTerms = TERMS) -> int:
    return await crediting.credit_downtime(home.database.unit_of_work, terms=terms, at=home.clock.now())


async def explanation(home: Home) -> dict:
    async with home.database.reading() as session:
        rows = await session.exec(
            select(Entry)
            .join(LedgerAccount)
            .where(LedgerAccount.internet_account_id == home.id)
            .order_by(col(Entry.id))
        )
        return rows.all()[-1].explanation


async def test_hours_beyond_the_free_ones_come_back_with_their_formula(home: Home):
    now = home.clock.now()
    await make_outage(home.database, starts_at=now - 20 * HOUR, ended_at=now - 6 * HOUR)
    assert await credit(home) == 1
    # 300 × 10 h / 720 h of November.
    assert await home.balance() == Money.uah(104, 17)
    why = await explanation(home)
    assert (why["rule"], why["outage"], why["fee"]) == ("internet.downtime", "KYIV-1", 30_000)
    assert (why["minutes"], why["free_minutes"]) == (600, 240)
    assert why["parts"] == [{"period": "2026-11", "minutes": 600, "of_minutes": 43_200}]
    assert why["net"] + why["vat"] == 417
    assert await home.told() == ["downtime_credited"]


async def test_it_comes_once_however_often_and_wherever_it_runs(home: Home):
    now = home.clock.now()
    await make_outage(home.database, starts_at=now - 20 * HOUR, ended_at=now - 6 * HOUR)
    done = await asyncio.gather(*(credit(home) for _ in range(4)))
    assert sum(done) == 1
    assert await credit(home) == 0
    async with home.database.unit_of_work() as session:
        # As if a worker had died before it wrote down that all were done; and a later file knows it better.
        await session.exec(update(Outage).values(credited_at=None, ended_at=now))
    assert await credit(home) == 0
    assert await home.balance() == Money.uah(104, 17)


async def test_within_the_free_hours_nothing_comes_and_nobody_is_told(home: Home):
    now = home.clock.now()
    await make_outage(home.database, starts_at=now - 5 * HOUR, ended_at=now - HOUR)
    assert await credit(home) == 0
    assert await home.balance() == Money.uah(100)
    assert await home.told() == []
    async with home.database.reading() as session:
        assert (await session.exec(select(DowntimeCredit.amount))).one() == Money.ZERO


async def test_what_still_runs_is_called_off_is_elsewhere_or_long_ago_is_not_credited(home: Home):
    now, day = home.clock.now(), 24 * HOUR
    await make_outage(home.database, code="runs", starts_at=now - day)
    await make_outage(home.database, code="late", starts_at=now - day, expected_at=now - HOUR)
    await make_outage(home.database, code="off", starts_at=now - day, ended_at=now - HOUR, is_cancelled=True)
    await make_outage(home.database, code="far", starts_at=now - day, ended_at=now - HOUR, places=[("Львів", "", "")])
    await make_outage(home.database, code="old", starts_at=now - 40 * day, ended_at=now - 35 * day)
    await make_outage(home.database, code="next", starts_at=now + HOUR, ended_at=now + day)
    assert await credit(home) == 0


async def test_works_end_by_themselves(home: Home):
    now = home.clock.now()
    await make_outage(home.database, kind=OutageKind.WORKS, starts_at=now - 11 * HOUR, expected_at=now - HOUR)
    assert await credit(home) == 1
    assert await home.balance() == Money.uah(102, 50)


async def test_time_that_two_events_share_is_credited_once(home: Home):
    now = home.clock.now()
    await make_outage(home.database, code="street", starts_at=now - 20 * HOUR, ended_at=now - 10 * HOUR)
    await make_outage(
        home.database,
        code="city",
        starts_at=now - 15 * HOUR,
        ended_at=now - 5 * HOUR,
        places=[("Київ", "", "")],
    )
    assert await credit(home) == 2
    # 10 h less 4 free, and of the second event the 5 h that are its own, less 4 free: 6 h and 1 h.
    assert await home.balance() == Money.uah(100) + Money.uah(2, 50) + Money(42)


async def test_days_without_service_are_not_credited(home: Home):
    now = home.clock.now()
    for state, cause, hours_ago in (
        (InternetState.SUSPENDED, Cause.SUSPENSION, 14),
        (InternetState.ACTIVE, Cause.SUSPENSION_ENDED, 11),
    ):
        async with home.database.unit_of_work() as session:
            held = await hold_accounts(session, [home.id])
            await switch(session, held[home.id].account, state, cause=cause, at=now - hours_ago * HOUR)
    await make_outage(home.database, starts_at=now - 20 * HOUR, ended_at=now - 6 * HOUR)
    assert await credit(home) == 1
    # 14 h less 3 h of suspension less 4 free.
    assert await home.balance() == Money.uah(102, 92)


async def test_an_account_that_was_off_gets_nothing(home: Home):
    async with home.database.unit_of_work() as session:
        await session.exec(update(InternetAccount).values(state=InternetState.SUSPENDED))
    now = home.clock.now()
    await make_outage(home.database, starts_at=now - 20 * HOUR, ended_at=now - 6 * HOUR)
    assert await credit(home) == 0


async def test_a_credit_that_is_enough_switches_the_internet_on(home: Home):
    now = home.clock.now()
    async with home.database.unit_of_work() as session:
        account = await session.get_one(InternetAccount, home.id)
        account.disconnect_threshold = Money.uah(104)
        account.next_charge_at = now + timedelta(days=8)
        session.add(account)
        await session.flush()
        held = await hold_accounts(session, [home.id])
        cause = Cause.BELOW_THRESHOLD
        await switch(session, held[home.id].account, InternetState.OFF_FOR_DEBT, cause=cause, at=now - 5 * HOUR)
    await make_outage(home.database, starts_at=now - 20 * HOUR, ended_at=now - 6 * HOUR)
    assert await credit(home) == 1
    async with home.database.reading() as session:
        assert (await session.get_one(InternetAccount, home.id)).state is InternetState.ACTIVE


@pytest.mark.parametrize(("period", "fee", "amount"), [(FeePeriod.FOUR_WEEKS, 280, 417), (FeePeriod.DAY, 10, 417)])
async def test_other_periods_of_the_fee(home: Home, period: FeePeriod, fee: int, amount: int):
    tariff_id = await make_tariff(home.database, fee=Money.uah(fee), period=period)
    async with home.database.unit_of_work() as session:
        await session.exec(update(InternetAccount).values(tariff_id=tariff_id))
    now = home.clock.now()
    await make_outage(home.database, starts_at=now - 20 * HOUR, ended_at=now - 6 * HOUR)
    assert await credit(home) == 1
    assert await home.balance() == Money.uah(100) + Money(amount)


async def test_a_whole_street_is_credited_in_batches(home: Home, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mykyivstar.domain.faults.concerned.BATCH", 3)
    monkeypatch.setattr(crediting, "BATCH", 2)
    async with home.database.unit_of_work() as session:
        for number in range(7):
            account = await make_account(
                session, f"000900000{number}", address=ADDRESS, tariff_id=home.account.tariff_id
            )
            await put_money(session, account, Money.uah(1))
    now = home.clock.now()
    await make_outage(home.database, starts_at=now - 20 * HOUR, ended_at=now - 6 * HOUR)
    assert await credit(home) == 8
    async with home.database.reading() as session:
        kinds = await session.exec(select(Entry).where(col(Entry.amount) == Money(417)))
        assert len(kinds.all()) == 8
    assert await home.balance() == Money.uah(104, 17)
