"""Limits of money and data: told once at 80 and 100 %, by the Kyiv month; data paused and back; by its owner (N5)."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory, UsageMonth, UsageRecord
from mykyivstar.domain.usage.pricing import price_everything
from mykyivstar.domain.usage_limits import pauses, service
from mykyivstar.domain.usage_limits.checking import check_everything
from mykyivstar.domain.usage_limits.errors import DataLimitOutOfBounds, MoneyLimitOutOfBounds, OnlyOwnersLimit
from mykyivstar.domain.usage_limits.models import DataPause, LimitKind, PauseCause, UsageAlert, UsageLimit
from mykyivstar.domain.usage_limits.service import Standing
from mykyivstar.domain.usage_limits.volumes import GIGABYTE
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.reports.movements import charge, move
from tests.domain.usage.test_ingest import record
from tests.domain.usage.test_pricing import make_tariff
from tests.factories.people import hold, make_line, make_person, put_money

MONEY, DATA = LimitKind.MONEY, LimitKind.DATA
_numbers = count(1)


class Home:
    """Olena owns a line. The clock stands at noon of 22 November 2026."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.olena: Actor
        self.line: Line

    async def open(self) -> None:
        async with self.database.unit_of_work() as session:
            self.olena = await make_person(session)
            self.line = await make_line(session, tariff_id=(await make_tariff(session)).id)
            await hold(session, self.olena, self.line)
            await put_money(session, self.line, Money.uah(500))

    @property
    def line_id(self) -> int:
        return self.line.id or 0

    async def limit(self, kind: LimitKind, most: int, *, pauses_data: bool = False, actor: Actor | None = None) -> None:
        async with self.database.unit_of_work() as session:
            await service.set_limit(
                session,
                actor or self.olena,
                line_id=self.line_id,
                kind=kind,
                most=most,
                pauses_data=pauses_data,
                at=self.clock.now(),
            )

    async def remove(self, kind: LimitKind) -> None:
        async with self.database.unit_of_work() as session:
            await service.remove_limit(session, self.olena, line_id=self.line_id, kind=kind, at=self.clock.now())

    async def pause(self, actor: Actor | None = None) -> None:
        async with self.database.unit_of_work() as session:
            await service.pause_data(session, actor or self.olena, line_id=self.line_id, at=self.clock.now())

    async def resume(self, actor: Actor | None = None) -> None:
        async with self.database.unit_of_work() as session:
            await service.resume_data(session, actor or self.olena, line_id=self.line_id, at=self.clock.now())

    async def used(
        self,
        quantity: int = 0,
        cost: int = 0,
        *,
        at: datetime | None = None,
        category: UsageCategory = UsageCategory.DATA,
    ) -> None:
        row = record(line_id=self.line_id, started_at=at or self.clock.now(), category=category)
        async with self.database.unit_of_work() as session:
            await store(session, [{**row, "quantity": quantity, "cost": Money(cost), "other_party": ""}])

    async def paid(self, kopiykas: int, *, at: datetime | None = None) -> None:
        fee = charge(OperationKind.TARIFF_FEE, at or self.clock.now(), kopiykas, {"rule": "tariff/wide"})
        await move(self.database, self.line, [fee], name=f"fee{next(_numbers)}")

    async def check(self) -> int:
        return await check_everything(self.database, at=self.clock.now())

    async def told(self) -> Sequence[tuple[str, str]]:
        async with self.database.reading() as session:
            found = (await session.exec(select(SmsMessage).order_by(SmsMessage.id))).all()  # type: ignore[arg-type]
        return [(each.template, (each.params or {})["unit"]) for each in found]

    async def standing(self, actor: Actor | None = None) -> Standing:
        async with self.database.reading() as session:
            return await service.standing(session, actor or self.olena, self.line_id, at=self.clock.now())

    async def is_paused(self) -> bool:
        return (await self.standing()).pause is not None

    async def share_with(self, role: HoldingRole) -> Actor:
        async with self.database.unit_of_work() as session:
            other = await make_person(session, role.value)
            await hold(session, other, self.line, role=role)
        return other


@pytest.fixture
async def home(database: Database, clock: FixedClock) -> Home:
    home = Home(database, clock)
    await home.open()
    return home


async def test_data_is_told_at_80_and_at_100_percent_each_once(home: Home) -> None:
    await home.limit(DATA, 10 * GIGABYTE)
    await home.used(8 * GIGABYTE - 1)
    assert (await home.check(), await home.told()) == (0, [])
    await home.used(1)
    assert [await home.check() for _ in range(3)] == [1, 0, 0]
    assert await home.told() == [("limit_near", "bytes")]
    await home.used(2 * GIGABYTE, category=UsageCategory.ROAMING_DATA)
    assert [await home.check() for _ in range(3)] == [1, 0, 0]
    assert await home.told() == [("limit_near", "bytes"), ("limit_reached", "bytes")]
    assert not await home.is_paused()


async def test_who_is_past_all_of_it_at_once_is_told_once(home: Home) -> None:
    await home.limit(MONEY, 10_000)
    await home.used(1, 10_001, category=UsageCategory.CALL_ABROAD)
    await home.check()
    assert await home.told() == [("limit_reached", "kopiykas")]
    assert [(each.percent, each.used) for each in (await home.standing()).alerts] == [(80, 10_001), (100, 10_001)]


async def test_workers_at_the_same_time_tell_once(home: Home) -> None:
    await home.limit(DATA, GIGABYTE, pauses_data=True)
    await home.used(2 * GIGABYTE)
    await asyncio.gather(*(home.check() for _ in range(8)))
    assert await home.told() == [("limit_paused", "bytes")]
    async with home.database.reading() as session:
        assert len((await session.exec(select(DataPause))).all()) == 1


async def test_money_is_usage_and_fees_less_what_came_back(home: Home) -> None:
    await home.limit(MONEY, 100_000)
    await home.used(60, 2_500, category=UsageCategory.CALL_OFF_NET)
    await home.paid(15_000)
    at = home.clock.now()
    others = [
        (OperationKind.TOP_UP, at, 50_000, {"rule": "payment.card"}),
        (OperationKind.TRANSFER, at, -7_000, {"rule": "payment.balance"}),
        (OperationKind.PROMISE_REPAYMENT, at, -3_000, {"rule": "promise.repayment"}),
    ]
    await move(home.database, home.line, others)
    assert (await home.standing()).used == {MONEY: 17_500, DATA: 0}


async def test_the_month_is_kyivs_to_the_very_moment(home: Home) -> None:
    month = Month(2026, 11)
    start, end = month.period.start, month.period.end
    assert start == datetime(2026, 10, 31, 22, 0, tzinfo=UTC)
    for at in (start - timedelta(microseconds=1), end):
        await home.used(GIGABYTE, 500, at=at)
        await home.paid(500, at=at)
    assert (await home.standing()).used == {MONEY: 0, DATA: 0}
    for at in (start, end - timedelta(microseconds=1)):
        await home.used(GIGABYTE, 500, at=at)
        await home.paid(500, at=at)
    assert (await home.standing()).used == {MONEY: 2_000, DATA: 2 * GIGABYTE}


async def test_each_month_is_told_anew(home: Home) -> None:
    await home.limit(DATA, GIGABYTE)
    for _ in range(3):
        await home.used(GIGABYTE)
        await home.check()
        home.clock.moment = Month.of(home.clock.now()).shifted(1).period.start
        assert await home.check() == 0, "the first moment of a month has used nothing"
    assert await home.told() == [("limit_reached", "bytes")] * 3


async def test_what_arrives_late_for_a_month_that_is_over_is_not_told(home: Home) -> None:
    await home.limit(DATA, GIGABYTE)
    home.clock.moment = Month(2026, 12).period.start
    await home.used(2 * GIGABYTE, at=home.clock.now() - timedelta(seconds=1))
    assert (await home.check(), await home.told()) == (0, [])


async def test_another_limit_is_another_occasion(home: Home) -> None:
    await home.used(9 * GIGABYTE)
    await home.limit(DATA, 10 * GIGABYTE)
    await home.limit(DATA, 11 * GIGABYTE)
    await home.limit(DATA, 100 * GIGABYTE)
    await home.limit(DATA, 10 * GIGABYTE)
    assert await home.told() == [("limit_near", "bytes")] * 2, "at 10 and at 11, and not again at 10"


async def test_at_night_it_waits_for_the_morning(home: Home) -> None:
    home.clock.moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    await home.limit(DATA, GIGABYTE)
    await home.used(GIGABYTE)
    await home.check()
    async with home.database.reading() as session:
        message = (await session.exec(select(SmsMessage))).one()
    assert message.expires_at == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


async def test_data_pauses_at_the_limit_until_the_month_ends(home: Home) -> None:
    await home.limit(DATA, GIGABYTE, pauses_data=True)
    await home.used(GIGABYTE)
    await home.check()
    assert await home.told() == [("limit_paused", "bytes")]
    pause = (await home.standing()).pause
    assert pause is not None
    assert (pause.cause, pause.until) == (PauseCause.LIMIT, Month(2026, 12).period.start)
    home.clock.moment = Month(2026, 12).period.start - timedelta(microseconds=1)
    assert await home.is_paused()
    home.clock.moment = Month(2026, 12).period.start
    assert not await home.is_paused()


async def test_a_limit_of_money_may_pause_data_too(home: Home) -> None:
    await home.limit(MONEY, 10_000, pauses_data=True)
    await home.paid(10_000)
    await home.check()
    assert (await home.told(), await home.is_paused()) == ([("limit_paused", "kopiykas")], True)


async def test_who_resumes_is_not_paused_again_this_month(home: Home) -> None:
    await home.limit(DATA, GIGABYTE, pauses_data=True)
    await home.used(GIGABYTE)
    await home.check()
    await home.resume()
    await home.used(GIGABYTE)
    await home.check()
    assert not await home.is_paused()
    home.clock.moment = Month(2026, 12).period.start
    await home.used(GIGABYTE)
    await home.check()
    assert await home.is_paused(), "the next month is another one"


@pytest.mark.parametrize("change", ["higher", "untick", "remove"])
async def test_data_comes_back_when_no_limit_says_otherwise(home: Home, change: str) -> None:
    await home.limit(DATA, GIGABYTE, pauses_data=True)
    await home.used(GIGABYTE)
    await home.check()
    match change:
        case "higher":
            await home.limit(DATA, 2 * GIGABYTE, pauses_data=True)
        case "untick":
            await home.limit(DATA, GIGABYTE)
        case _:
            await home.remove(DATA)
    assert not await home.is_paused()


async def test_data_stays_paused_while_the_other_limit_says_so(home: Home) -> None:
    await home.limit(DATA, GIGABYTE, pauses_data=True)
    await home.limit(MONEY, 1_000, pauses_data=True)
    await home.used(GIGABYTE, 1_000)
    await home.check()
    await home.remove(DATA)
    assert await home.is_paused()
    await home.remove(MONEY)
    assert not await home.is_paused()


async def test_to_tick_the_pause_past_the_limit_pauses_now(home: Home) -> None:
    await home.limit(DATA, GIGABYTE)
    await home.used(GIGABYTE)
    await home.check()
    assert not await home.is_paused()
    await home.limit(DATA, GIGABYTE, pauses_data=True)
    assert await home.is_paused()


async def test_what_is_paused_by_hand_stays_paused(home: Home) -> None:
    await home.limit(DATA, GIGABYTE, pauses_data=True)
    await home.pause()
    await home.pause()
    await home.used(GIGABYTE)
    await home.check()
    await home.remove(DATA)
    home.clock.moment = Month(2027, 3).period.start
    assert await home.is_paused()
    await home.resume()
    assert not await home.is_paused()
    async with home.database.reading() as session:
        assert len((await session.exec(select(DataPause))).all()) == 1


async def test_what_is_used_while_paused_costs_nothing_and_takes_no_package(home: Home) -> None:
    since = home.clock.now()
    await home.pause()
    home.clock.moment += timedelta(hours=1)
    await home.resume()
    until, tick = home.clock.now(), timedelta(microseconds=1)
    moments = {"before": since - tick, "first": since, "last": until - tick, "after": until}
    rows = [
        {**record(line_id=home.line_id), "ref": ref, "started_at": at, "cost": None, "rule": ""}
        | {"category": category, "other_party": ""}
        for at_ref, at in moments.items()
        for category in (UsageCategory.DATA, UsageCategory.SMS)
        for ref in [f"{at_ref}-{category.value}"]
    ]
    async with home.database.unit_of_work() as session:
        await store(session, [{**row, "quantity": 1} for row in rows])  # type: ignore[typeddict-item]
    await price_everything(home.database, at=home.clock.now())
    async with home.database.reading() as session:
        found = {each.ref: each for each in (await session.exec(select(UsageRecord))).all()}
        sums = (await session.exec(select(UsageMonth))).all()
    paused = {ref for ref, each in found.items() if each.rule == pauses.PAUSED_RULE}
    assert paused == {"first-data", "last-data"}
    assert all(found[ref].cost == Money.ZERO for ref in paused)
    assert all(found[f"{when}-sms"].cost == Money(60) for when in moments)
    assert sum(each.records for each in sums) == 8


@pytest.mark.parametrize("role", [HoldingRole.VIEWER, HoldingRole.PAYER])
async def test_only_the_owner_sets_anything(home: Home, role: HoldingRole) -> None:
    other = await home.share_with(role)
    refusal = OnlyOwnersLimit if role is HoldingRole.VIEWER else NotFound
    for attempt in (home.limit(DATA, GIGABYTE, actor=other), home.pause(other), home.resume(other)):
        with pytest.raises(refusal):
            await attempt
    if role is HoldingRole.VIEWER:
        assert not (await home.standing(other)).may_set
    else:
        with pytest.raises(NotFound):
            await home.standing(other)
    assert (await home.standing()).limits == []


async def test_strangers_learn_nothing(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    for attempt in (
        home.limit(DATA, GIGABYTE, actor=stranger),
        home.pause(stranger),
        home.resume(stranger),
        home.standing(stranger),
    ):
        with pytest.raises(NotFound):
            await attempt
    async with home.database.reading() as session:
        assert (await session.exec(select(UsageLimit))).all() == []
        assert (await session.exec(select(DataPause))).all() == []


async def test_a_limit_goes_with_its_owner(home: Home) -> None:
    await home.limit(DATA, GIGABYTE, pauses_data=True)
    async with home.database.unit_of_work() as session:
        await session.delete((await session.exec(select(Holding))).one())
    await home.used(GIGABYTE)
    assert (await home.check(), await home.told()) == (0, [])
    async with home.database.reading() as session:
        assert (await session.exec(select(DataPause))).all() == []


@pytest.mark.parametrize("most", [0, -1, 99, 10_000_001])
async def test_money_has_bounds(home: Home, most: int) -> None:
    with pytest.raises(MoneyLimitOutOfBounds):
        await home.limit(MONEY, most)


@pytest.mark.parametrize("most", [0, -1, GIGABYTE // 100 - 1, 10_000 * GIGABYTE + 1])
async def test_data_has_bounds(home: Home, most: int) -> None:
    with pytest.raises(DataLimitOutOfBounds):
        await home.limit(DATA, most)


async def test_hundreds_of_lines_are_looked_at(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        for number in range(520):
            line = await make_line(session, f"38067200{number:04}")
            await hold(session, home.olena, line, position=number + 1)
            session.add(
                UsageLimit(
                    line_id=line.id or 0,
                    kind=DATA,
                    most=1000,
                    profile_id=home.olena.profile_id,
                    set_at=home.clock.now(),
                )
            )
        await session.flush()
        row = record(line_id=line.id or 0, category=UsageCategory.DATA)
        await store(session, [{**row, "quantity": 900, "other_party": ""}])
    assert (await home.check(), await home.told()) == (1, [("limit_near", "bytes")])
    async with home.database.reading() as session:
        assert len((await session.exec(select(UsageAlert))).all()) == 1
