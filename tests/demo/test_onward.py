"""A world of an earlier day is brought up to today, and nothing that people did is lost."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.demo.build import Summary, build
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.bonuses.accrual import BONUSES
from mykyivstar.domain.bonuses.models import BonusState, BonusTransfer
from mykyivstar.domain.catalogue.models import Announcement, ServiceConnection
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.lines.models import Holding, Line, LineState
from mykyivstar.domain.usage.models import Allowance, UsageRecord
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.demo.conftest import NOON, TODAY

OLENA = Msisdn("380671000001")


async def onward(database: Database, days: int) -> Summary:
    return await build(database, today=TODAY + timedelta(days=days), at=NOON + timedelta(days=days))


async def olenas(database: Database) -> Line:
    async with database.reading() as session:
        return (await session.exec(select(Line).where(Line.msisdn == OLENA))).one()


@pytest.mark.parametrize("days", [1, 9, 40, 120])
async def test_the_world_ends_today_again(demo: Database, days: int) -> None:
    done = await onward(demo, days)
    now, today = NOON + timedelta(days=days), TODAY + timedelta(days=days)
    assert done.profiles == 0
    assert done.records > 50 * days
    async with demo.reading() as session:
        assert (await proof(session)).holds
        newest = (await session.exec(select(func.max(col(UsageRecord.started_at))))).one()
        assert kyiv_date(newest) == today
        charges = [*await session.exec(select(col(Line.next_charge_at)))]
        charges += [*await session.exec(select(col(InternetAccount.next_charge_at)))]
        charges += [*await session.exec(select(col(ServiceConnection.next_charge_at)))]
        assert all(charge > now for charge in charges if charge is not None)
        expiries = (await session.exec(select(col(Allowance.expires_at)))).all()
        assert min(expiries) > now
        pots = await session.exec(select(LedgerAccount).where(col(LedgerAccount.line_id).is_not(None)))
        assert all(pot.balance >= Money.ZERO for pot in pots if pot.floor is not None)
        ends = (await session.exec(select(col(Line.valid_until)))).all()
        assert all(end > now for end in ends if end is not None)


async def test_twice_on_the_later_day_changes_nothing(demo: Database) -> None:
    await onward(demo, 12)
    again = await onward(demo, 12)
    assert (again.records, again.operations) == (0, 0)


async def test_day_by_day_and_at_once_come_to_the_same_usage(demo: Database, demo_file: object) -> None:
    first = await onward(demo, 1)
    second = await onward(demo, 2)
    async with demo.reading() as session:
        told = await session.exec(select(func.count()).select_from(UsageRecord))
        count = told.one()
    assert first.records + second.records > 0
    from mykyivstar.demo.world import begin  # what the same days hold in a world told afresh

    whole = begin(1840, NOON + timedelta(days=2))
    of_the_days = [r for r in whole.records if r.at > NOON and not r.ref.rsplit("-", 1)[1].startswith("s")]
    assert first.records + second.records == len(of_the_days)
    assert count > len(of_the_days)


async def test_changed_passwords_and_nicknames_stay(demo: Database) -> None:
    async with demo.unit_of_work() as session:
        profile = (await session.exec(select(Profile).where(Profile.login_key == str(OLENA)))).one()
        profile.password_hash, profile.name = "changed", "Олена К."
        holding = (await session.exec(select(Holding).where(Holding.profile_id == profile.id))).first()
        assert holding is not None
        holding.nickname = "Мій найперший"
    await onward(demo, 3)
    async with demo.reading() as session:
        profile = (await session.exec(select(Profile).where(Profile.login_key == str(OLENA)))).one()
        nicknames = (await session.exec(select(col(Holding.nickname)).where(Holding.profile_id == profile.id))).all()
        assert (await session.exec(select(func.count()).select_from(Profile))).one() == 5
    assert (profile.password_hash, profile.name) == ("changed", "Олена К.")
    assert "Мій найперший" in nicknames


async def test_money_that_somebody_paid_in_stays(demo: Database) -> None:
    line = await olenas(demo)
    async with demo.unit_of_work() as session:
        account = await account_for(session, line_id=line.id)
        outside = await system_account(session, SystemAccount.TOP_UPS)
        legs = [Leg(account.id, Money.uah(5000)), Leg(outside.id, -Money.uah(5000))]
        await post(session, key="theirs", kind=OperationKind.TOP_UP, at=NOON + timedelta(minutes=5), legs=legs)
    await onward(demo, 40)
    async with demo.reading() as session:
        assert line.id is not None
        held = (await balances(session, line_ids=[line.id])).lines[line.id].money
    assert held is not None
    assert held > Money.uah(4000)


async def test_a_blocked_line_uses_nothing_but_pays_its_fee(demo: Database) -> None:
    async with demo.unit_of_work() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == OLENA))).one()
        line.state = LineState.BLOCKED
    await onward(demo, 20)
    line = await olenas(demo)
    async with demo.reading() as session:
        newest = (
            await session.exec(select(func.max(col(UsageRecord.started_at))).where(UsageRecord.line_id == line.id))
        ).one()
    assert newest <= NOON
    assert line.next_charge_at == kyiv_midnight(TODAY + timedelta(days=11 + 28))


async def test_an_account_that_is_off_only_waits(demo: Database) -> None:
    await onward(demo, 40)
    async with demo.reading() as session:
        account = (await session.exec(select(InternetAccount).where(InternetAccount.number == "0007730015"))).one()
        assert account.id is not None
        held = (await balances(session, internet_account_ids=[account.id])).internet[account.id]
    assert held.money == -Money.uah(135)
    assert account.next_charge_at == kyiv_midnight(date(2027, 2, 1))


async def accruals(demo: Database) -> list[date]:
    """The days on which Olena's home internet earned bonuses."""
    async with demo.reading() as session:
        moments = await session.exec(
            select(col(Entry.at))
            .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
            .join(InternetAccount, col(InternetAccount.id) == LedgerAccount.internet_account_id)
            .where(InternetAccount.number == "0004477622", Entry.kind == OperationKind.BONUS_ACCRUAL)
        )
        return sorted(kyiv_date(moment) for moment in moments)


async def test_bonuses_keep_coming_on_the_fourth(demo: Database) -> None:
    await onward(demo, 45)
    assert (await accruals(demo))[-2:] == [date(2026, 12, 4), date(2027, 1, 4)]


async def test_bonuses_come_once_whether_the_run_or_the_story_brings_them(demo: Database) -> None:
    await onward(demo, 9)
    for fourth in (date(2026, 12, 4), date(2027, 1, 4)):
        await carry_out(demo, BONUSES, day=fourth, at=kyiv_midnight(fourth) + timedelta(hours=9))
        await onward(demo, (fourth - TODAY).days + 1)
    await carry_out(demo, BONUSES, day=date(2027, 1, 4), at=NOON + timedelta(days=50))
    days = await accruals(demo)
    assert len(days) == len(set(days))
    assert days[-2:] == [date(2026, 12, 4), date(2027, 1, 4)]


async def test_transferred_bonuses_are_known_one_by_one(demo: Database) -> None:
    """What is on a number is what is left of its transfers."""
    await onward(demo, 3)
    async with demo.reading() as session:
        lots = (await session.exec(select(BonusTransfer).where(BonusTransfer.state == BonusState.ARRIVED))).all()
        pots = await session.exec(
            select(LedgerAccount).where(
                col(LedgerAccount.line_id).is_not(None),
                LedgerAccount.unit == Unit.BONUS,
                LedgerAccount.balance > Money.ZERO,
            )
        )
        held = {pot.line_id: pot.balance for pot in pots}
    left: dict[int | None, Money] = {}
    for lot in lots:
        left[lot.line_id] = left.get(lot.line_id, Money.ZERO) + lot.left
    assert held
    assert {line_id: amount for line_id, amount in left.items() if amount} == held


async def test_bonuses_of_a_line_are_written_off_in_time(demo: Database) -> None:
    """Olena's first line has 45 bonuses that came six days ago; they live twenty."""
    line = await olenas(demo)
    assert line.id is not None

    async def bonuses() -> Money:
        async with demo.reading() as session:
            account = await session.exec(
                select(LedgerAccount).where(LedgerAccount.line_id == line.id, LedgerAccount.unit == Unit.BONUS)
            )
            return account.one().balance

    assert await bonuses() == Money.uah(45)
    await onward(demo, 13)
    assert await bonuses() == Money.uah(45)
    await onward(demo, 15)
    assert await bonuses() == Money.ZERO


async def test_offers_run_on_the_later_day_too(demo: Database) -> None:
    await onward(demo, 100)
    now: datetime = NOON + timedelta(days=100)
    async with demo.reading() as session:
        for announcement in await session.exec(select(Announcement)):
            assert announcement.starts_at < now < (announcement.ends_at or now + timedelta(1))
