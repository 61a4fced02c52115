"""The world in a database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.demo.build import Summary, build
from mykyivstar.demo.cast import PASSWORD
from mykyivstar.demo.life import live
from mykyivstar.demo.world import World, stands
from mykyivstar.domain.catalogue.models import ServiceConnection, Tariff
from mykyivstar.domain.identity.models import Agreement, Consent, Profile
from mykyivstar.domain.identity.passwords import matches
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Billing, Holding, Line, Owner, OwnerKind
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.usage.models import Allowance, UsageMonth, UsageRecord
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.demo.conftest import NOON, TODAY


async def line_of(database: Database, number: str) -> Line:
    async with database.reading() as session:
        return (await session.exec(select(Line).where(Line.msisdn == Msisdn(number)))).one()


async def test_the_books_are_right(demo: Database) -> None:
    async with demo.reading() as session:
        proved = await proof(session)
    assert proved.holds
    assert proved.accounts >= 50


async def test_balances_are_those_of_the_story(demo: Database, world: World) -> None:
    async with demo.reading() as session:
        lines = {str(n): i for n, i in await session.exec(select(col(Line.msisdn), col(Line.id)))}
        accounts = dict((await session.exec(select(col(InternetAccount.number), col(InternetAccount.id)))).all())
        held = await balances(session, line_ids=lines.values(), internet_account_ids=accounts.values())
    for pot, expected in stands(world).items():
        side = held.lines[lines[pot.holder]] if pot.holder in lines else held.internet[accounts[pot.holder]]
        assert (side.money if pot.unit is Unit.UAH else side.bonus) == expected
    assert held.lines[lines["380671000001"]].money == Money.uah(284, 60)


async def test_the_same_day_again_changes_nothing(demo: Database) -> None:
    again = await build(demo, today=TODAY, at=NOON + timedelta(hours=5))
    assert (again.profiles, again.records, again.operations) == (0, 0, 0)


async def test_monthly_sums_are_those_of_the_records(demo: Database) -> None:
    async with demo.reading() as session:
        records = (await session.exec(select(func.count()).select_from(UsageRecord))).one()
        summed = (await session.exec(select(func.sum(col(UsageMonth.records))))).one()
    assert records == summed
    assert records > 40_000


async def test_five_people_can_sign_in_and_have_accepted_the_terms(demo: Database) -> None:
    async with demo.reading() as session:
        profiles = (await session.exec(select(Profile))).all()
        consents = (await session.exec(select(Consent))).all()
    assert len(profiles) == 5
    for profile in profiles:
        assert await matches(PASSWORD, profile.password_hash)
        accepted = {consent.agreement for consent in consents if consent.profile_id == profile.id}
        assert accepted == set(Agreement)


async def test_oksana_has_the_firms_lines_her_own_first(demo: Database) -> None:
    async with demo.reading() as session:
        held = await session.exec(
            select(Line, Owner)
            .join(Holding, col(Holding.line_id) == col(Line.id))
            .join(Profile, col(Profile.id) == col(Holding.profile_id))
            .join(Owner, col(Owner.id) == col(Line.owner_id))
            .where(Profile.login_key == "380675000000")
            .order_by(col(Holding.position))
        )
        rows = held.all()
    assert [str(line.msisdn)[-2:] for line, _ in rows] == [f"{suffix:02d}" for suffix in range(41)]
    assert {owner.kind for _, owner in rows} == {OwnerKind.LEGAL}


async def test_olena_has_lines_internet_and_television(demo: Database) -> None:
    async with demo.reading() as session:
        account = (await session.exec(select(InternetAccount).where(InternetAccount.number == "0004477622"))).one()
        assert account.contract_phone == Msisdn("380671000001")
        assert account.state is InternetState.ACTIVE
        connections = await session.exec(
            select(ServiceConnection).where(ServiceConnection.internet_account_id == account.id)
        )
        assert len(connections.all()) == 1
        holdings = await session.exec(
            select(Holding)
            .join(Profile, col(Profile.id) == col(Holding.profile_id))
            .where(Profile.login_key == "380671000001")
        )
        assert sorted(holding.position for holding in holdings) == [0, 1, 2, 3]


async def test_contract_lines_may_owe_and_prepaid_ones_may_not(demo: Database) -> None:
    async with demo.reading() as session:
        rows = await session.exec(
            select(Line, LedgerAccount)
            .join(LedgerAccount, col(LedgerAccount.line_id) == col(Line.id))
            .where(LedgerAccount.unit == Unit.UAH)
        )
        for line, account in rows:
            assert account.floor == (None if line.payment is Billing.CONTRACT else Money.ZERO)


async def test_iryna_is_off_for_debt(demo: Database) -> None:
    async with demo.reading() as session:
        account = (await session.exec(select(InternetAccount).where(InternetAccount.number == "0007730015"))).one()
        assert account.id is not None
        held = (await balances(session, internet_account_ids=[account.id])).internet[account.id]
    assert account.state is InternetState.OFF_FOR_DEBT
    assert held.money is not None
    assert held.money < account.disconnect_threshold


async def test_andriis_number_runs_out_in_nine_days(demo: Database) -> None:
    line = await line_of(demo, "380682000001")
    assert line.valid_until is not None
    assert kyiv_date(line.valid_until) == TODAY + timedelta(days=9)
    assert line.receiving_until == line.valid_until + timedelta(days=91)


async def test_charges_and_expiries_lie_ahead(demo: Database) -> None:
    async with demo.reading() as session:
        for line in await session.exec(select(Line)):
            assert line.next_charge_at is not None
            assert line.next_charge_at > NOON
        for allowance in await session.exec(select(Allowance)):
            assert allowance.expires_at > NOON
        assert (await session.exec(select(func.count()).select_from(Store))).one() > 290
        assert (await session.exec(select(func.count()).select_from(Tariff))).one() >= 12


async def test_it_lives_on_each_kind_of_database(database: Database) -> None:
    done: Summary = await build(database, today=TODAY)
    assert done.profiles == 5
    later = NOON + timedelta(days=3)
    carried_on = await build(database, today=kyiv_date(later), at=later)
    assert carried_on.records > 500
    assert any([await live(database, later + timedelta(seconds=20 * step)) for step in range(1, 6)])
    async with database.reading() as session:
        assert (await proof(session)).holds


async def test_a_moment_of_another_day_is_our_mistake(demo: Database) -> None:
    with pytest.raises(AssertionError, match="today"):
        await build(demo, today=TODAY, at=datetime(2026, 11, 24, 10, tzinfo=UTC))
