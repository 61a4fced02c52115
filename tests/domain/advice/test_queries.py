"""The case, read from the database: one's own records, the tariffs of one's brand, and nothing of anybody else's."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.advice import queries
from mykyivstar.domain.advice.case import Case
from mykyivstar.domain.advice.checking import check
from mykyivstar.domain.advice.comparing import advise
from mykyivstar.domain.advice.errors import NoTariff, NothingUsed, TooFewRecords, TooManyRecords
from mykyivstar.domain.advice.queries import case_of
from mykyivstar.domain.catalogue.models import FeePeriod, Service, ServiceConnection, Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.accounts import SystemAccount, account_for, system_account
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.domain.lines.models import Brand, HoldingRole, Line, OwnerKind
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from tests.domain.usage.test_ingest import record
from tests.factories.people import LONG_AGO, hold, make_line, make_owner, make_person, put_money

SMS = UsageCategory.SMS


async def make_tariff(session: AsyncSession, code: str, fee: int = 150, **fields: Any) -> Tariff:
    fields = {"kind": TariffKind.MOBILE, "name": {"en": code}, "prices": {"sms": 60}} | fields
    tariff = Tariff(code=code, fee=Money.uah(fee), fee_period=FeePeriod.MONTH, **fields)
    session.add(tariff)
    await session.flush()
    return tariff


async def take_fee(session: AsyncSession, line: Line, day: date, **why: Any) -> None:
    mine = await account_for(session, line_id=line.id, floor=None)
    fees = await system_account(session, SystemAccount.FEES)
    about = {"rule": "tariff/base", "period": f"{day}/{day.replace(day=28)}"} | why
    legs = [Leg(mine.id or 0, -Money.uah(150), about), Leg(fees.id or 0, Money.uah(150), about)]
    at = kyiv_midnight(day)
    await post(session, key=f"fee:{day}", kind=OperationKind.TARIFF_FEE, at=at, legs=legs, respect_floors=False)


async def use_it(database: Database, line_id: int, *days: str, **changes: Any) -> None:
    """An SMS on each of these days of 2026."""
    rows = [
        record(
            line_id=line_id,
            ref=f"sms-{day}",
            started_at=datetime.fromisoformat(f"2026-{day}T12:00:00").replace(tzinfo=UTC),
            category=SMS,
            quantity=1,
            **({"cost": Money(60), "rule": "price base/sms"} | changes),
        )
        for day in days
    ]
    async with database.unit_of_work() as session:
        await store(session, rows)


async def read(database: Database, actor: Actor, clock: FixedClock, line_id: int = 1) -> Case:
    async with database.reading() as session:
        return await case_of(session, actor, line_id, at=clock.now())


@pytest.fixture
async def olena(database: Database) -> Actor:
    """line:1 with the tariff "base" for long, and money."""
    async with database.unit_of_work() as session:
        actor, tariff = await make_person(session), await make_tariff(session, "base")
        line = await make_line(session, tariff_id=tariff.id, activated_at=LONG_AGO)
        await hold(session, actor, line)
        await put_money(session, line, Money.uah(1000))
    return actor


async def test_three_months_with_what_explains_the_first(database: Database, clock: FixedClock, olena: Actor) -> None:
    await use_it(database, 1, "07-01", "07-20", "08-01", "10-31", "11-01")
    async with database.unit_of_work() as session:
        line = await session.get_one(Line, 1)
        for day in (date(2026, 6, 10), date(2026, 7, 10), date(2026, 8, 10), date(2026, 11, 10)):
            await take_fee(session, line, day)
        await make_tariff(session, "wide", 250, position=2)
        await make_tariff(session, "narrow", 90, position=1)
        await make_tariff(session, "closed", 10, is_open=False)
        await make_tariff(session, "young", 10, brand=Brand.DJUICE)
        await make_tariff(session, "home", 10, kind=TariffKind.INTERNET)
    found = await read(database, olena, clock)
    assert [str(month) for month in found.months] == ["2026-08", "2026-09", "2026-10"]
    assert [(use.month, use.cost, use.rule) for use in found.uses] == [
        (-1, 60, "price base/sms"),
        (0, 60, "price base/sms"),
        (2, 60, "price base/sms"),
    ]
    assert [(fee.at, fee.until, fee.code) for fee in found.fees] == [
        (kyiv_midnight(day), kyiv_midnight(day.replace(day=29)), "base")
        for day in (date(2026, 7, 10), date(2026, 8, 10))
    ]
    assert (found.current.code, found.full_from, found.records) == ("base", None, 2)
    assert [each.offer.code for each in advise(found).choices] == ["narrow", "base", "wide"]
    assert check(found).holds


@pytest.mark.parametrize(
    ("owner", "codes"),
    [
        (None, ["base", "people"]),
        (OwnerKind.INDIVIDUAL, ["base", "people"]),
        (OwnerKind.LEGAL, ["base", "firms"]),
    ],
)
async def test_tariffs_for_others_are_not_advised(
    database: Database, clock: FixedClock, olena: Actor, owner: OwnerKind | None, codes: list[str]
) -> None:
    await use_it(database, 1, "07-20", "08-01")
    async with database.unit_of_work() as session:
        await make_tariff(session, "firms", only_for=OwnerKind.LEGAL)
        await make_tariff(session, "people", only_for=OwnerKind.INDIVIDUAL)
        if owner is not None:
            line = await session.get_one(Line, 1)
            line.owner_id = (await make_owner(session, kind=owner)).id
            session.add(line)
    assert [each.code for each in (await read(database, olena, clock)).offers] == codes


async def test_services_are_told_with_each_time_they_were_paid(
    database: Database, clock: FixedClock, olena: Actor
) -> None:
    await use_it(database, 1, "07-20", "08-01")
    async with database.unit_of_work() as session:
        for code, period, connected, ended in (
            ("monthly", FeePeriod.MONTH, datetime(2026, 6, 15, 9, tzinfo=UTC), datetime(2026, 9, 20, tzinfo=UTC)),
            ("gone", FeePeriod.MONTH, datetime(2026, 5, 15, 9, tzinfo=UTC), datetime(2026, 6, 20, tzinfo=UTC)),
            ("once", FeePeriod.ONCE, datetime(2026, 9, 1, 9, tzinfo=UTC), None),
            ("later", FeePeriod.ONCE, datetime(2026, 11, 1, 9, tzinfo=UTC), None),
        ):
            package = [{"kind": "sms", "amount": 5, "days": 10}] if period is FeePeriod.ONCE else []
            service = Service(code=code, name={}, fee=Money.uah(20), fee_period=period, package=package)
            session.add(service)
            await session.flush()
            session.add(
                ServiceConnection(service_id=service.id or 0, line_id=1, connected_at=connected, ended_at=ended)
            )
    found = await read(database, olena, clock)
    assert sorted((grant.source, grant.at, grant.until) for grant in found.services) == [
        ("monthly", kyiv_midnight(date(2026, 7, 15)), kyiv_midnight(date(2026, 8, 15))),
        ("monthly", kyiv_midnight(date(2026, 8, 15)), kyiv_midnight(date(2026, 9, 15))),
        ("monthly", kyiv_midnight(date(2026, 9, 15)), kyiv_midnight(date(2026, 10, 15))),
        ("once", datetime(2026, 9, 1, 9, tzinfo=UTC), datetime(2026, 9, 11, 9, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("role", [HoldingRole.PAYER, None])
async def test_who_may_not_see_the_usage_finds_nothing(
    database: Database, clock: FixedClock, olena: Actor, role: HoldingRole | None
) -> None:
    await use_it(database, 1, "07-20")
    async with database.unit_of_work() as session:
        other = await make_person(session, "other")
        if role is not None:
            await hold(session, other, await session.get_one(Line, 1), role=role)
    for line_id in (1, 10**17):
        with pytest.raises(NotFound):
            await read(database, other, clock, line_id)


async def test_a_viewer_sees_it(database: Database, clock: FixedClock, olena: Actor) -> None:
    await use_it(database, 1, "07-20", "08-01")
    async with database.unit_of_work() as session:
        other = await make_person(session, "other")
        await hold(session, other, await session.get_one(Line, 1), role=HoldingRole.VIEWER)
    assert await read(database, other, clock) == await read(database, olena, clock)


async def test_without_records_or_a_whole_month_or_a_tariff_it_says_so(
    database: Database, clock: FixedClock, olena: Actor
) -> None:
    with pytest.raises(NothingUsed):
        await read(database, olena, clock)
    await use_it(database, 1, "11-10")
    with pytest.raises(TooFewRecords) as refused:
        await read(database, olena, clock)
    assert refused.value.params == {"day": date(2027, 1, 1)}
    async with database.unit_of_work() as session:
        line = await session.get_one(Line, 1)
        line.tariff_id = None
        session.add(line)
    with pytest.raises(NoTariff):
        await read(database, olena, clock)


async def test_a_younger_number_is_compared_by_the_months_it_has(
    database: Database, clock: FixedClock, olena: Actor
) -> None:
    await use_it(database, 1, "09-20", "10-02", "11-10")
    found = await read(database, olena, clock)
    assert ([str(month) for month in found.months], found.full_from) == (["2026-10"], date(2027, 1, 1))
    assert advise(found).current.saved == Money.ZERO


async def test_more_than_a_person_uses_is_refused(
    database: Database, clock: FixedClock, olena: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "RECORDS_MAX", 2)
    await use_it(database, 1, "07-20", "08-02", "08-03")
    assert (await read(database, olena, clock)).records == 2
    await use_it(database, 1, "08-04")
    with pytest.raises(TooManyRecords):
        await read(database, olena, clock)


async def test_seven_statements_however_much_there_is(database: Database, clock: FixedClock, olena: Actor) -> None:
    await use_it(database, 1, *(f"{month:02}-{day:02}" for month in (8, 9) for day in range(1, 29)))
    async with database.unit_of_work() as session:
        for number in range(20):
            await make_tariff(session, f"t{number}")
    asked: list[str] = []

    def note(*args: Any) -> None:
        if args[2].lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(args[2])

    async with database.reading() as session:
        engine = (await session.connection()).engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        await case_of(session, olena, 1, at=clock.now())
        event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 7
