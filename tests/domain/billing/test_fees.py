"""Fees are taken once, in their order, from whoever can pay; the others wait, owe, or are switched off."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.billing.fees import FEES, SWITCHED_OFF, collect
from mykyivstar.domain.billing.models import UnpaidFee
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.billing.tallies import Count, Tally
from mykyivstar.domain.catalogue.models import FeePeriod, ServiceConnection, TariffKind
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.ledger.models import Entry, Operation
from mykyivstar.domain.lines.models import Billing, Line, LineState
from mykyivstar.domain.usage.models import Allowance, AllowanceKind
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from tests.domain.billing import small_world as world
from tests.factories.people import make_line

DAY = date(2026, 12, 1)
AT = kyiv_midnight(DAY)
PACKAGE = [{"kind": "data", "amount": 5_000}, {"kind": "minutes_ukraine", "amount": 600, "is_unlimited": True}]


async def run(database: Database, day: date = DAY) -> Tally:
    return await carry_out(database, FEES, day=day, at=kyiv_midnight(day))


async def test_a_fee_is_taken_and_moves_on(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 200, DAY)
    assert await run(database) == Tally({"wide": Count(1, Money.uah(150))})
    assert await world.money_of(database, line) == Money.uah(50)
    assert await world.fees_of(database, line) == [(150_00, "tariff/wide", "2026-12-01/2026-12-28")]
    assert await world.due_of(database, line) == kyiv_midnight(date(2026, 12, 29))
    assert await world.the_books_hold(database)


async def test_an_entry_names_net_vat_and_duty(database: Database) -> None:
    async with database.unit_of_work() as session:
        mobile, home = await world.tariff(session), await world.tariff(session, "fast", 120, kind=TariffKind.INTERNET)
        await world.line(session, mobile, 200, DAY)
        await world.account(session, home, 200, DAY)
    await run(database)
    async with database.reading() as session:
        entries = (await session.exec(select(Entry).where(col(Entry.amount) < Money.ZERO))).all()
    whys = {entry.explanation.get("rule"): entry.explanation for entry in entries}
    assert whys["tariff/wide"] == {
        "rule": "tariff/wide",
        "period": "2026-12-01/2026-12-28",
        "net": 117_65,
        "vat": 23_53,
        "duty": 8_82,
    }
    assert (whys["tariff/fast"]["net"], whys["tariff/fast"]["vat"], whys["tariff/fast"]["duty"]) == (100_00, 20_00, 0)


async def test_a_second_run_of_the_day_does_nothing(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 500, DAY)
    await run(database)
    assert await run(database) == Tally()
    assert await world.money_of(database, line) == Money.uah(350)


async def test_a_fee_whose_day_was_put_back_is_not_taken_again(database: Database) -> None:
    """The operator's register may say again that it is due."""
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 500, DAY)
    await run(database)
    async with database.unit_of_work() as session:
        (await session.get_one(Line, line.id)).next_charge_at = AT
    await run(database, DAY + timedelta(days=1))
    assert await world.money_of(database, line) == Money.uah(350)
    due = await world.due_of(database, line)
    assert due is not None
    assert due > AT


async def test_nor_one_of_a_day_before_the_last_one_that_was_taken(database: Database) -> None:
    """Three days' fees are taken; the register says the first of them again."""
    async with database.unit_of_work() as session:
        daily = await world.tariff(session, "daily", 5, fee_period=FeePeriod.DAY)
        line = await world.line(session, daily, 100, DAY)
    for days in range(3):
        await run(database, DAY + timedelta(days=days))
    async with database.unit_of_work() as session:
        (await session.get_one(Line, line.id)).next_charge_at = AT
    await run(database, DAY + timedelta(days=3))
    assert await world.money_of(database, line) == Money.uah(85)
    async with database.reading() as session:
        assert (await session.get_one(Line, line.id)).last_fee_on == DAY + timedelta(days=2)
    await run(database, DAY + timedelta(days=4))
    assert await world.money_of(database, line) == Money.uah(80)


async def test_nor_that_of_home_internet_or_of_a_service(database: Database) -> None:
    async with database.unit_of_work() as session:
        its = await world.tariff(session, "fast", 100, kind=TariffKind.INTERNET, fee_period=FeePeriod.MONTH)
        account = await world.account(session, its, 500, DAY)
        tv = await world.connect(session, account, await world.service(session, "tv", 50, for_internet=True), DAY)
    await run(database)
    async with database.unit_of_work() as session:
        for model, row in ((InternetAccount, account), (ServiceConnection, tv)):
            (await session.get_one(model, row.id)).next_charge_at = AT
    await run(database, DAY + timedelta(days=1))
    assert await world.money_of(database, account) == Money.uah(350)
    for row in (account, tv):
        due = await world.due_of(database, row)
        assert due is not None
        assert due > AT
    assert await world.the_books_hold(database)


async def test_a_fee_that_waited_and_was_taken_late_is_spent_too(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 149, DAY)
    await run(database)
    later = DAY + timedelta(days=10)
    async with database.unit_of_work() as session:
        await world.pay(session, line, Money.uah(500), at=AT)
        await collect(session, line.id or 0, at=kyiv_midnight(later))
    async with database.unit_of_work() as session:
        (await session.get_one(Line, line.id)).next_charge_at = AT
    await run(database, later)
    assert await world.fees_of(database, line) == [(150_00, "tariff/wide", "2026-12-11/2027-01-07")]


async def test_a_new_tariff_that_begins_within_a_paid_month_is_taken(database: Database) -> None:
    """The register changed the tariff and made it due at once: that day was not taken yet."""
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 500, DAY)
        other = await world.tariff(session, "other", 90)
    await run(database)
    changed = DAY + timedelta(days=10)
    async with database.unit_of_work() as session:
        again = await session.get_one(Line, line.id)
        again.tariff_id, again.next_charge_at = other.id, kyiv_midnight(changed)
    await run(database, changed)
    assert [fee for fee, *_ in await world.fees_of(database, line)] == [150_00, 90_00]


async def test_nothing_is_taken_before_its_day(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 500, DAY + timedelta(days=1))
    assert await run(database) == Tally()
    assert await world.fees_of(database, line) == []


async def test_a_prepaid_line_that_has_not_enough_waits(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 149, DAY)
    assert await run(database) == Tally({"wide": Count(waiting=1)})
    assert await world.money_of(database, line) == Money.uah(149)
    async with database.reading() as session:
        unpaid = (await session.exec(select(UnpaidFee))).one()
    assert (unpaid.item, unpaid.due_on, unpaid.missing) == ("tariff", DAY, Money.uah(1))


async def test_it_is_noted_once_however_often_it_waits(database: Database) -> None:
    async with database.unit_of_work() as session:
        await world.line(session, await world.tariff(session), 149, DAY)
    for days in range(3):
        await run(database, DAY + timedelta(days=days))
    async with database.reading() as session:
        assert len((await session.exec(select(UnpaidFee))).all()) == 1


async def test_what_waited_is_taken_when_money_comes_and_begins_anew(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session, package=PACKAGE), 149, DAY)
    await run(database)
    later = DAY + timedelta(days=10)
    async with database.unit_of_work() as session:
        await world.pay(session, line, Money.uah(51), at=AT)
        await collect(session, line.id or 0, at=kyiv_midnight(later) + timedelta(hours=15))
    assert await world.fees_of(database, line) == [(150_00, "tariff/wide", "2026-12-11/2027-01-07")]
    assert await world.due_of(database, line) == kyiv_midnight(date(2027, 1, 8))
    async with database.reading() as session:
        assert (await session.exec(select(UnpaidFee))).all() == []


async def test_a_contract_line_goes_below_zero(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 0, DAY, payment=Billing.CONTRACT)
    await run(database)
    assert await world.money_of(database, line) == Money.uah(-150)


async def test_the_tariff_comes_before_services_and_they_in_the_order_of_the_catalogue(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 195, DAY)
        for code, fee, position in (("last", 10, 3), ("first", 40, 1), ("second", 20, 2)):
            await world.connect(session, line, await world.service(session, code, fee, position=position), DAY)
    assert await run(database) == Tally(
        {"wide": Count(1, Money.uah(150)), "first": Count(1, Money.uah(40)), "second": Count(waiting=1)}
    )
    assert await world.money_of(database, line) == Money.uah(5)


async def test_what_stands_behind_a_fee_that_waits_waits_too(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 100, DAY)
        connection = await world.connect(session, line, await world.service(session, fee=30), DAY)
    await run(database)
    assert await world.money_of(database, line) == Money.uah(100)
    assert await world.due_of(database, connection) == AT


@pytest.mark.parametrize(("state", "taken"), [(LineState.BLOCKED, 1), (LineState.INACTIVE, 0)])
async def test_a_blocked_line_pays_and_one_that_has_ended_does_not(
    database: Database, state: LineState, taken: int
) -> None:
    async with database.unit_of_work() as session:
        await world.line(session, await world.tariff(session), 500, DAY, state=state)
    assert (await run(database)).total.taken == taken


async def test_nothing_is_taken_where_no_balance_is_known(database: Database) -> None:
    async with database.unit_of_work() as session:
        its = await world.tariff(session)
        line = await make_line(session, tariff_id=its.id, next_charge_at=AT, payment=Billing.CONTRACT)
    assert await run(database) == Tally()
    assert await world.due_of(database, line) == AT


async def test_a_paid_fee_opens_the_package_anew(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session, package=PACKAGE), 500, DAY)
        for source, left in (("wide", 7), ("extra", 9)):
            kind = AllowanceKind.DATA
            old = Allowance(line_id=line.id or 0, kind=kind, source=source, granted=10, left=left, expires_at=AT)
            session.add(old)
    await run(database)
    async with database.reading() as session:
        there = (await session.exec(select(Allowance).order_by(col(Allowance.source), col(Allowance.kind)))).all()
    until = kyiv_midnight(date(2026, 12, 29))
    assert [(each.source, each.kind, each.left, each.is_unlimited) for each in there] == [
        ("extra", AllowanceKind.DATA, 9, False),
        ("wide", AllowanceKind.DATA, 5_000, False),
        ("wide", AllowanceKind.MINUTES_UKRAINE, 600, True),
    ]
    assert {each.expires_at for each in there if each.source == "wide"} == {until}


async def test_a_free_tariff_renews_its_package_and_posts_nothing(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session, fee=0, package=PACKAGE), 0, DAY)
    await run(database)
    async with database.reading() as session:
        assert len((await session.exec(select(Allowance))).all()) == 2
        assert (await session.exec(select(Operation))).all() == []
    assert await world.due_of(database, line) == kyiv_midnight(date(2026, 12, 29))


async def test_a_service_that_is_paid_once_ends_by_itself(database: Database) -> None:
    package = [{"kind": "data", "amount": 100, "days": 7}]
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 500, DAY + timedelta(days=9))
        its = await world.service(session, "week", 40, fee_period=FeePeriod.ONCE, package=package)
        connection = await world.connect(session, line, its, DAY)
    await run(database)
    async with database.reading() as session:
        kept = await session.get_one(ServiceConnection, connection.id)
        allowance = (await session.exec(select(Allowance))).one()
    end = kyiv_midnight(DAY + timedelta(days=7))
    assert (kept.next_charge_at, kept.ended_at, allowance.expires_at) == (None, end, end)
    assert await world.fees_of(database, line) == [(40_00, "service/week", "2026-12-01/2026-12-07")]


async def test_home_internet_below_its_threshold_is_switched_off(database: Database) -> None:
    async with database.unit_of_work() as session:
        its = await world.tariff(session, "fast", 100, kind=TariffKind.INTERNET, fee_period=FeePeriod.MONTH)
        poor = await world.account(session, its, 50, DAY, disconnect_threshold=Money.uah(-20))
        just = await world.account(session, its, 80, DAY, "0004477623", disconnect_threshold=Money.uah(-20))
    assert await run(database) == Tally({"fast": Count(2, Money.uah(200)), SWITCHED_OFF: Count(1)})
    async with database.reading() as session:
        states = [(await session.get_one(InternetAccount, each.id)).state for each in (poor, just)]
    assert states == [InternetState.OFF_FOR_DEBT, InternetState.ACTIVE]
    assert await world.money_of(database, poor) == Money.uah(-50)


@pytest.mark.parametrize("state", [InternetState.OFF_FOR_DEBT, InternetState.SUSPENDED])
async def test_home_internet_that_does_not_work_is_not_charged(database: Database, state: InternetState) -> None:
    async with database.unit_of_work() as session:
        its = await world.tariff(session, "fast", 100, kind=TariffKind.INTERNET)
        account = await world.account(session, its, 500, DAY, state=state)
        await world.connect(session, account, await world.service(session, "tv", for_internet=True), DAY)
    assert await run(database) == Tally()
    assert await world.due_of(database, account) == AT


async def test_home_internet_taken_late_pays_for_the_days_that_are_left(database: Database) -> None:
    async with database.unit_of_work() as session:
        its = await world.tariff(session, "fast", 100, kind=TariffKind.INTERNET, fee_period=FeePeriod.MONTH)
        account = await world.account(session, its, 500, DAY)
        tv = await world.service(session, "tv", 62, for_internet=True, fee_period=FeePeriod.MONTH)
        await world.connect(session, account, tv, DAY)
    await run(database, date(2026, 12, 12))
    assert await world.fees_of(database, account) == [
        (64_52, "tariff/fast", "2026-12-12/2026-12-31"),
        (40_00, "service/tv", "2026-12-12/2026-12-31"),
    ]
    assert await world.due_of(database, account) == kyiv_midnight(date(2027, 1, 1))
