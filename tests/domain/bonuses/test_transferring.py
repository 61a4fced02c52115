"""I2, I3: who may give how many bonuses to whom, at the edges of days and months; once, however often it is sent."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.bonuses import errors
from mykyivstar.domain.bonuses.arriving import arrive, write_off
from mykyivstar.domain.bonuses.models import BonusState
from mykyivstar.domain.bonuses.rules import expires_at
from mykyivstar.domain.bonuses.transferring import look_over, parse_bonuses
from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line, LineState, OwnerKind
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.clock import KYIV, FixedClock
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import NotANumber
from tests.domain.billing.small_world import the_books_hold
from tests.domain.bonuses.small_world import TERMS, bonuses_of, give, giver, order, transfers
from tests.factories.people import hold, make_account, make_line, make_owner, make_person


async def prepare(database: Database, bonuses: int = 500, **line: object) -> tuple[Actor, InternetAccount, Line]:
    async with database.unit_of_work() as session:
        actor, account = await giver(session, bonuses)
        return actor, account, await make_line(session, **line)


async def refusal(
    database: Database, actor: Actor, account: InternetAccount, bonuses: int, at: datetime, **how: str
) -> type:
    """What both the check page and the button say."""
    with pytest.raises(CustomerError) as told:
        async with database.reading() as session:
            await look_over(session, actor, order(account, bonuses, **how), terms=TERMS, at=at)
    with pytest.raises(type(told.value)):
        await give(database, actor, account, bonuses, at=at, **how)
    assert await transfers(database) == [] or how
    return type(told.value)


async def test_bonuses_leave_at_once_and_arrive_later(database: Database, clock: FixedClock) -> None:
    actor, account, line = await prepare(database)
    given = await give(database, actor, account, 50, at=clock.now())
    assert (await bonuses_of(database, account), await bonuses_of(database, line)) == (450, None)
    assert given.arrives_at == clock.now() + TERMS.delay
    async with database.unit_of_work() as session:
        await arrive(session, given.id or 0, at=given.arrives_at)
    assert (await bonuses_of(database, account), await bonuses_of(database, line)) == (450, 50)
    async with database.reading() as session:
        sms = (await session.exec(select(SmsMessage))).one()
    assert sms.params is not None
    assert (sms.to, sms.template, sms.params["bonuses"]) == (line.msisdn, "bonus_arrived", "50")
    assert await the_books_hold(database)


async def test_they_arrive_once(database: Database, clock: FixedClock) -> None:
    actor, account, line = await prepare(database)
    given = await give(database, actor, account, 50, at=clock.now())

    async def come() -> None:
        async with database.unit_of_work() as session:
            await arrive(session, given.id or 0, at=clock.now())

    await asyncio.gather(*(come() for _ in range(3)))
    assert await bonuses_of(database, line) == 50


@pytest.mark.parametrize("bonuses", [0, 1, 2])
async def test_fewer_than_3_are_refused(database: Database, clock: FixedClock, bonuses: int) -> None:
    actor, account, _ = await prepare(database)
    assert await refusal(database, actor, account, bonuses, clock.now()) is errors.TooFewBonuses


@pytest.mark.parametrize("bonuses", [3, 200])
async def test_3_and_200_are_transferred(database: Database, clock: FixedClock, bonuses: int) -> None:
    actor, account, _ = await prepare(database)
    given = await give(database, actor, account, bonuses, at=clock.now())
    assert given.amount == Money.uah(bonuses)


async def test_201_are_refused(database: Database, clock: FixedClock) -> None:
    actor, account, _ = await prepare(database)
    assert await refusal(database, actor, account, 201, clock.now()) is errors.BonusMonthFull


async def test_more_than_there_are_is_refused(database: Database, clock: FixedClock) -> None:
    actor, account, _ = await prepare(database, 20)
    assert await refusal(database, actor, account, 21, clock.now()) is errors.NotEnoughBonuses


async def test_a_number_gets_bonuses_once_a_day_in_kyiv(database: Database) -> None:
    actor, account, _ = await prepare(database)
    before_midnight = datetime(2026, 11, 22, 23, 59, 59, tzinfo=KYIV)
    await give(database, actor, account, 3, at=before_midnight.astimezone(UTC) - timedelta(hours=20), key="a")
    assert (
        await refusal(database, actor, account, 3, before_midnight.astimezone(UTC), key="b") is errors.BonusesOnceADay
    )
    midnight = datetime(2026, 11, 23, tzinfo=KYIV).astimezone(UTC)
    assert (await give(database, actor, account, 3, at=midnight, key="b")).amount == Money.uah(3)


async def test_another_account_cannot_give_on_the_same_day(database: Database, clock: FixedClock) -> None:
    actor, account, _ = await prepare(database)
    async with database.unit_of_work() as session:
        other, second = await giver(session, login="andrii", number="0004477623")
    await give(database, actor, account, 3, at=clock.now(), key="a")
    assert await refusal(database, other, second, 3, clock.now(), key="b") is errors.BonusesOnceADay


async def test_two_numbers_can_get_bonuses_on_one_day(database: Database, clock: FixedClock) -> None:
    actor, account, _ = await prepare(database)
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
    await give(database, actor, account, 200, at=clock.now(), key="a")
    await give(database, actor, account, 200, at=clock.now(), key="b", number="0671000002")
    assert await bonuses_of(database, account) == 100


async def test_200_a_calendar_month_of_kyiv(database: Database) -> None:
    actor, account, _ = await prepare(database)
    month_end = datetime(2026, 11, 30, 23, 59, tzinfo=KYIV).astimezone(UTC)
    await give(database, actor, account, 150, at=month_end - timedelta(days=2), key="a")
    await give(database, actor, account, 40, at=month_end - timedelta(days=1), key="b")
    assert await refusal(database, actor, account, 11, month_end, key="c") is errors.BonusMonthFull
    await give(database, actor, account, 10, at=month_end, key="c")
    await give(database, actor, account, 200, at=month_end + timedelta(minutes=1), key="d")
    assert await bonuses_of(database, account) == 100


async def test_a_suspended_account_gives_nothing_and_one_off_for_debt_does(
    database: Database, clock: FixedClock
) -> None:
    actor, account, _ = await prepare(database)
    for state in (InternetState.SUSPENDED, InternetState.OFF_FOR_DEBT):
        async with database.unit_of_work() as session:
            (await session.get_one(InternetAccount, account.id)).state = state
        if state is InternetState.SUSPENDED:
            assert await refusal(database, actor, account, 3, clock.now()) is errors.AccountSuspended
    await give(database, actor, account, 3, at=clock.now())


async def test_an_excluded_tariff_takes_none(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        tariff = Tariff(code="free35", kind=TariffKind.MOBILE, name={}, fee=Money.ZERO, excludes_bonuses=True)
        session.add(tariff)
    actor, account, _ = await prepare(database, tariff_id=tariff.id)
    assert await refusal(database, actor, account, 3, clock.now()) is errors.TariffTakesNoBonuses


@pytest.mark.parametrize(
    ("kind", "payment", "is_taken"),
    [
        (OwnerKind.LEGAL, Billing.CONTRACT, False),
        (OwnerKind.LEGAL, Billing.PREPAID, True),
        (OwnerKind.INDIVIDUAL, Billing.CONTRACT, True),
    ],
)
async def test_a_companys_contract_takes_none(
    database: Database, clock: FixedClock, kind: OwnerKind, payment: Billing, is_taken: bool
) -> None:
    async with database.unit_of_work() as session:
        owner = await make_owner(session, kind=kind)
    actor, account, _ = await prepare(database, owner_id=owner.id, payment=payment)
    if is_taken:
        await give(database, actor, account, 3, at=clock.now())
    else:
        assert await refusal(database, actor, account, 3, clock.now()) is errors.CompanyTakesNoBonuses


async def test_a_number_that_is_nobodys_or_not_in_use_is_refused(database: Database, clock: FixedClock) -> None:
    actor, account, _ = await prepare(database, state=LineState.INACTIVE)
    for number in ("0671000001", "0671000099"):
        assert await refusal(database, actor, account, 3, clock.now(), number=number) is errors.NoSuchNumber


@pytest.mark.parametrize("typed", ["", "abc", "0004477622", "+1 202 555 0100"])
async def test_what_is_no_number_is_refused(database: Database, clock: FixedClock, typed: str) -> None:
    actor, account, _ = await prepare(database)
    assert await refusal(database, actor, account, 3, clock.now(), number=typed) is NotANumber


@pytest.mark.parametrize("typed", ["", "5.5", "-3", "x", "٥٠", "1" * 9])
def test_only_whole_bonuses_are_read(typed: str) -> None:
    with pytest.raises(errors.NotBonuses):
        parse_bonuses(typed)


def test_spaces_in_bonuses_do_no_harm() -> None:
    assert parse_bonuses(" 1 00 ") == Money.uah(100)


async def test_strangers_find_nothing_and_payers_may_not(database: Database, clock: FixedClock) -> None:
    _, account, _ = await prepare(database)
    async with database.unit_of_work() as session:
        stranger, payer = await make_person(session, "stranger"), await make_person(session, "payer")
        await hold(session, payer, account, role=HoldingRole.PAYER)
    assert await refusal(database, stranger, account, 3, clock.now()) is NotFound
    assert await refusal(database, payer, account, 3, clock.now()) is errors.OnlyOwnersBonuses


async def test_the_same_form_is_one_transfer(database: Database, clock: FixedClock) -> None:
    actor, account, _ = await prepare(database)
    first = await give(database, actor, account, 50, at=clock.now())
    again = await give(database, actor, account, 50, at=clock.now() + timedelta(days=1))
    assert again.id == first.id
    with pytest.raises(errors.OtherBonusOrder):
        await give(database, actor, account, 51, at=clock.now())
    assert await bonuses_of(database, account) == 450


async def test_two_at_the_same_moment_are_one_a_day(database: Database, clock: FixedClock) -> None:
    actor, account, _ = await prepare(database)
    tries = await asyncio.gather(
        *(give(database, actor, account, 50, at=clock.now(), key=f"form-{n}") for n in range(4)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in tries) == ["BonusTransfer", *["BonusesOnceADay"] * 3]
    assert await bonuses_of(database, account) == 450
    assert await the_books_hold(database)


async def test_two_numbers_at_the_same_moment_cannot_share_the_last_bonuses(
    database: Database, clock: FixedClock
) -> None:
    actor, account, _ = await prepare(database, 100)
    async with database.unit_of_work() as session:
        await make_line(session, "380671000002")
    tries = await asyncio.gather(
        give(database, actor, account, 80, at=clock.now(), key="a"),
        give(database, actor, account, 80, at=clock.now(), key="b", number="0671000002"),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in tries) == ["BonusTransfer", "NotEnoughBonuses"]
    assert await bonuses_of(database, account) == 20


async def test_bonuses_come_back_from_a_number_that_has_ended(database: Database, clock: FixedClock) -> None:
    actor, account, line = await prepare(database)
    given = await give(database, actor, account, 50, at=clock.now())
    async with database.unit_of_work() as session:
        (await session.get_one(Line, line.id)).state = LineState.INACTIVE
    async with database.unit_of_work() as session:
        await arrive(session, given.id or 0, at=given.arrives_at)
    assert await bonuses_of(database, account) == 500
    assert [each.state for each in await transfers(database)] == [BonusState.RETURNED]


async def test_what_is_left_after_20_days_is_written_off(database: Database, clock: FixedClock) -> None:
    actor, account, line = await prepare(database)
    given = await give(database, actor, account, 50, at=clock.now())
    async with database.unit_of_work() as session:
        await arrive(session, given.id or 0, at=clock.now())
    over = clock.now() + timedelta(days=20)
    await write_off(database.unit_of_work, at=over - timedelta(seconds=1))
    assert await bonuses_of(database, line) == 50
    await write_off(database.unit_of_work, at=over)
    await write_off(database.unit_of_work, at=over)
    assert await bonuses_of(database, line) == 0
    ended = (await transfers(database))[0]
    assert (ended.state, ended.left, ended.lost) == (BonusState.ENDED, Money.ZERO, Money.uah(50))
    assert await the_books_hold(database)


def test_twenty_days_keep_the_time_of_the_clocks() -> None:
    arrived = datetime(2026, 10, 20, 12, tzinfo=KYIV).astimezone(UTC)
    assert expires_at(arrived) == datetime(2026, 11, 9, 12, tzinfo=KYIV).astimezone(UTC)
    assert expires_at(arrived) - arrived == timedelta(days=20, hours=1)


async def test_an_internet_account_in_another_profile_is_not_found_by_its_key(
    database: Database, clock: FixedClock
) -> None:
    actor, _, _ = await prepare(database)
    async with database.unit_of_work() as session:
        foreign = await make_account(session, "0004477699")
    assert await refusal(database, actor, foreign, 3, clock.now()) is NotFound
