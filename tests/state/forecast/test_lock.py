"""The switch that keeps the tariff's money, without a browser (O2)."""

from datetime import date
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Service, ServiceConnection, Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line
from mykyivstar.domain.tariff_lock.queries import locked
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.forecast.rows import LockRow
from mykyivstar.state.forecast.state import CalendarState
from mykyivstar.state.shell import ShellState
from tests.factories.people import LONG_AGO, hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab

DECEMBER = kyiv_midnight(date(2026, 12, 1))


@pytest.fixture
async def olena(world: Database) -> Tab:
    """line:1 with 160, a tariff of 150 and a service of 20 that is due before it; line:2 of a contract; line:3 is a
    stranger's; internet:1."""
    async with world.unit_of_work() as session:
        tariff = Tariff(code="wide", kind=TariffKind.MOBILE, name={"uk": "Широкий"}, fee=Money.uah(150))
        music = Service(code="music", name={"uk": "Музика"}, fee=Money.uah(20))
        session.add_all([tariff, music])
        await session.flush()
        about: dict[str, Any] = {"tariff_id": tariff.id, "next_charge_at": DECEMBER}
        actor, line = await make_person(session), await make_line(session, **about)
        await hold(session, actor, line)
        await put_money(session, line, Money.uah(160))
        await hold(session, actor, await make_line(session, "380671000002", payment=Billing.CONTRACT, **about))
        stranger = await make_person(session, "stranger")
        await hold(session, stranger, await make_line(session, "380672000001", **about))
        await hold(session, actor, await make_account(session), position=2)
        connection = ServiceConnection(service_id=music.id or 0, line_id=line.id, connected_at=LONG_AGO)
        connection.next_charge_at = kyiv_midnight(date(2026, 11, 25))
        session.add(connection)
    return await opened(actor)


async def opened(actor: Actor) -> Tab:
    tab = Tab(actor, address="/calendar")
    await tab.do(ShellState.load)
    await tab.do(CalendarState.load)
    return tab


async def lock_of(tab: Tab) -> LockRow | None:
    view = (await tab.see(CalendarState)).view
    assert view is not None
    return view.lock


async def test_what_is_locked_is_shown_apart_from_what_is_free(olena: Tab):
    assert await lock_of(olena) == LockRow(False, True, 15000, 0, 16000, 0)
    await olena.do(CalendarState.set_lock, key="line:1", is_on=True)
    assert await lock_of(olena) == LockRow(True, True, 15000, 15000, 1000, 0)
    await olena.do(CalendarState.set_lock, key="line:1", is_on=False)
    assert await lock_of(olena) == LockRow(False, True, 15000, 0, 16000, 0)


async def test_with_the_lock_the_service_is_short_and_the_tariff_is_not(olena: Tab):
    view = (await olena.see(CalendarState)).view
    assert view is not None
    assert view.shortfall is not None
    assert view.shortfall.kind == "tariff"
    await olena.do(CalendarState.set_lock, key="line:1", is_on=True)
    view = (await olena.see(CalendarState)).view
    assert view is not None
    assert view.shortfall is not None
    assert (view.shortfall.kind, view.shortfall.least.amount) == ("service", 1000)
    assert [row.is_short for row in view.days[0].rows] == [True]
    assert [row.is_short for row in view.days[1].rows] == [False]


async def test_a_debt_beside_it_is_told(world: Database, olena: Tab, clock: FixedClock):
    await olena.do(CalendarState.set_lock, key="line:1", is_on=True)
    async with world.unit_of_work() as session:
        mine, usage = await account_for(session, line_id=1), await system_account(session, SystemAccount.USAGE)
        legs = [Leg(mine.id or 0, -Money.uah(30)), Leg(usage.id or 0, Money.uah(30))]
        await post(session, key="call", kind=OperationKind.USAGE, at=clock.now(), legs=legs, respect_floors=False)
    await olena.do(CalendarState.refresh)
    assert await lock_of(olena) == LockRow(True, True, 15000, 15000, -2000, 2000)


async def test_the_lock_may_be_supposed_and_nothing_is_stored(world: Database, olena: Tab, clock: FixedClock):
    form = {"key": "line:1", "amount": "", "day": "", "lock": "on"}
    await olena.do(CalendarState.suppose, form=form)
    state = await olena.see(CalendarState)
    assert state.supposed is not None
    assert state.view is not None
    assert state.view.shortfall is not None
    assert (state.supposed.lock, state.view.shortfall.kind) == ("on", "service")
    assert state.view.lock == LockRow(False, True, 15000, 0, 16000, 0)
    async with world.reading() as session:
        assert await locked(session, [1], clock.now()) == {1: Money.ZERO}


@pytest.mark.parametrize("role", [HoldingRole.PAYER, HoldingRole.VIEWER])
async def test_who_does_not_own_it_sees_it_and_cannot_switch(
    world: Database, olena: Tab, clock: FixedClock, role: HoldingRole
):
    async with world.unit_of_work() as session:
        other = await make_person(session, "other")
        await hold(session, other, await session.get_one(Line, 1), role=role)
    tab = await opened(other)
    assert await lock_of(tab) == LockRow(False, False, 15000, 0, 16000, 0)
    await tab.do(CalendarState.set_lock, key="line:1", is_on=True)
    assert "lock" in (await tab.see(CalendarState)).field_refusals
    async with world.reading() as session:
        assert await locked(session, [1], clock.now()) == {1: Money.ZERO}


@pytest.mark.parametrize("key", ["line:3", "internet:1", "line:99", "", "line:1 OR 1"])
async def test_nobody_elses_number_is_locked_nor_anything_that_is_no_number(olena: Tab, key: str):
    for is_on in (True, False):
        await olena.do(CalendarState.set_lock, key=key, is_on=is_on)
        assert (await olena.see(CalendarState)).refusal["en"] == NotFound.sentence


async def test_where_no_fee_is_ahead_there_is_no_switch(olena: Tab):
    await olena.do(ShellState.choose, key="line:2")
    assert await lock_of(olena) is None
    await olena.do(CalendarState.set_lock, key="line:2", is_on=True)
    assert "lock" in (await olena.see(CalendarState)).field_refusals
    await olena.do(ShellState.choose, key="internet:1")
    assert await lock_of(olena) is None


def test_the_switch_is_for_who_is_signed_in() -> None:
    policy = policy_of(CalendarState.event_handlers["set_lock"].fn)
    assert policy is not None
    assert not policy.is_public
