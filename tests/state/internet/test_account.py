"""The account page of home internet, and what payers, strangers and people without internet get."""

from datetime import date

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.internet.day import start_of_day
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.internet.states import switch_off_below
from mykyivstar.domain.ledger.service import Leg, OperationKind, SystemAccount, account_for, post, system_account
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.state.internet.account import InternetPageState
from mykyivstar.state.internet.suspending import SuspendState
from mykyivstar.state.internet.tariffs import InternetTariffState
from mykyivstar.state.internet.tv import TvState
from mykyivstar.state.shell import ShellState
from tests.factories.people import hold, make_account
from tests.state.conftest import Tab


async def shown(tab: Tab) -> InternetPageState:
    return await tab.see(InternetPageState)


async def take(world: Database, amount: Money, at: object) -> None:
    async with world.unit_of_work() as session:
        pot = await account_for(session, internet_account_id=1)
        fees = await system_account(session, SystemAccount.FEES)
        legs = [Leg(pot.id or 0, -amount), Leg(fees.id or 0, amount)]
        kind = OperationKind.TARIFF_FEE
        await post(session, key="fee", kind=kind, at=at, legs=legs, respect_floors=False)  # type: ignore[arg-type]
        await switch_off_below(session, at=at)  # type: ignore[arg-type]


async def test_next_payment_threshold_and_the_way_to_it_are_shown(olena: Tab) -> None:
    await olena.do(InternetPageState.load)
    view = (await shown(olena)).view
    assert view is not None
    assert (view.number, view.state, view.balance, view.threshold, view.room) == ("0004477622", "active", 8000, 0, 8000)
    assert (view.to_pay, view.pay_by[:10], view.charge) == (2000, "2026-11-30", 10000)
    assert (view.is_own, view.tariff_fee, view.history, view.grace) == (True, 10000, [], None)


async def test_off_for_debt_says_what_brings_it_back_and_the_history_why(
    world: Database, olena: Tab, clock: FixedClock
) -> None:
    await take(world, Money.uah(90), clock.now())
    await olena.do(InternetPageState.load)
    view = (await shown(olena)).view
    assert view is not None
    assert (view.state, view.to_pay, view.pay_by) == ("off_for_debt", 1000, "")
    assert [(row.state, row.cause, row.balance) for row in view.history] == [
        ("off_for_debt", "below_threshold", -1000),
        ("active", "found", None),
    ]
    assert view.history[1].since == ""


async def test_what_is_offered_of_the_grace_week_is_shown(world: Database, olena: Tab, clock: FixedClock) -> None:
    clock.moment = kyiv_midnight(date(2026, 11, 27))
    await olena.do(InternetPageState.load)
    view = (await shown(olena)).view
    assert view is not None
    assert (view.grace, view.grace_until) == (2000, "2026-12-04")


async def test_topping_up_in_place_leads_to_the_form_filled_in(olena: Tab) -> None:
    await olena.do(InternetPageState.load)
    assert await olena.do(InternetPageState.top_up, form={"amount": "150,50"})
    await olena.do(InternetPageState.top_up, form={"amount": "never"})
    assert "amount" in (await shown(olena)).field_refusals


async def test_without_internet_the_page_says_how_to_get_it(nobody: Tab) -> None:
    for state in (InternetPageState, SuspendState, InternetTariffState, TvState):
        await nobody.do(state.load)
        assert (await nobody.see(state)).ready
    assert (await shown(nobody)).view is None
    assert (await nobody.see(TvState)).account == ""


async def test_a_payer_sees_the_balance_and_not_what_was_spent_and_orders_nothing(payer: Tab) -> None:
    await payer.do(InternetPageState.load)
    view = (await shown(payer)).view
    assert view is not None
    assert (view.balance, view.is_own, view.sees_usage, view.month_cost) == (8000, False, False, None)
    await payer.do(InternetPageState.resume, key="internet:1")
    assert "owner" in (await shown(payer)).refusal["en"]
    days = {"account": "internet:1", "first_day": "2026-11-25", "last_day": "2026-11-29"}
    await payer.do(SuspendState.load)
    await payer.do(SuspendState.check, form=days)
    assert "owner" in (await payer.see(SuspendState)).refusal["en"]


@pytest.mark.parametrize("key", ["internet:2", "internet:99", "line:1", "nonsense", "internet:0"])
async def test_what_is_a_strangers_is_not_found(olena: Tab, key: str) -> None:
    await olena.do(InternetPageState.load)
    await olena.do(InternetPageState.resume, key=key)
    assert "could not find" in (await shown(olena)).refusal["en"]
    await olena.do(TvState.load)
    await olena.do(TvState.check_connect, account=key, code="tv_home")
    assert "could not find" in (await olena.see(TvState)).refusal["en"]
    await olena.do(InternetTariffState.load)
    await olena.do(InternetTariffState.check, account=key, code="home_500")
    assert "could not find" in (await olena.see(InternetTariffState)).refusal["en"]


async def test_a_strangers_orders_are_not_cancelled(olena: Tab) -> None:
    await olena.do(InternetPageState.load)
    for handler, name in (
        (InternetPageState.cancel_suspension, "suspension"),
        (InternetPageState.cancel_change, "change"),
    ):
        await olena.do(handler, **{name: 77})
        assert "could not find" in (await shown(olena)).refusal["en"]


async def test_of_several_accounts_the_one_in_hand_is_shown(world: Database, olena: Tab) -> None:
    async with world.unit_of_work() as session:
        second = await make_account(session, "0000000033")
        await hold(session, olena.who.actor, second, position=2)  # type: ignore[arg-type]
    await olena.do(ShellState.load)
    await olena.do(InternetPageState.load)
    state = await shown(olena)
    assert [(row.number, row.chosen) for row in state.accounts] == [("0004477622", True), ("0000000033", False)]
    await olena.do(ShellState.choose, key=f"internet:{second.id}")
    assert (await shown(olena)).view.number == "0000000033"  # type: ignore[union-attr]
    assert (await olena.see(ShellState)).chosen.number == "0000000033"  # type: ignore[union-attr]


async def test_a_holiday_is_checked_ordered_once_seen_and_cancelled(
    world: Database, olena: Tab, clock: FixedClock
) -> None:
    await olena.do(SuspendState.load)
    days = {"account": "internet:1", "first_day": "2026-11-25", "last_day": "2026-11-29"}
    await olena.do(SuspendState.check, form=days)
    state = await olena.see(SuspendState)
    assert state.step == "check"
    assert state.checked is not None
    assert (state.checked.days, state.checked.price, state.checked.balance_after) == (5, 1500, 6500)
    assert [(row.without, row.suspended) for row in state.checked.bonuses] == [(100, 83)]
    for _ in range(2):
        await olena.do(SuspendState.order, form={**days, "key": state.form_key})
    assert (await olena.see(SuspendState)).step == "done"
    await olena.do(InternetPageState.load)
    rows = (await shown(olena)).view.suspensions  # type: ignore[union-attr]
    assert [(row.first_day, row.last_day, row.is_running) for row in rows] == [("2026-11-25", "2026-11-29", False)]
    await olena.do(InternetPageState.cancel_suspension, suspension=rows[0].id)
    view = (await shown(olena)).view
    assert ((await shown(olena)).done, view.suspensions, view.balance) == ("cancelled", [], 8000)  # type: ignore[union-attr]


async def test_a_holiday_that_lasts_is_resumed(world: Database, olena: Tab, clock: FixedClock) -> None:
    await olena.do(SuspendState.load)
    form_key = (await olena.see(SuspendState)).form_key
    days = {"account": "internet:1", "first_day": "2026-11-25", "last_day": "2026-11-29"}
    await olena.do(SuspendState.order, form={**days, "key": form_key})
    clock.moment = kyiv_midnight(date(2026, 11, 25))
    await start_of_day(world.unit_of_work, at=clock.now())
    await olena.do(InternetPageState.load)
    view = (await shown(olena)).view
    assert (view.state, view.suspended_last, view.to_pay) == ("suspended", "2026-11-29", 0)  # type: ignore[union-attr]
    await olena.do(InternetPageState.resume, key="internet:1")
    assert ((await shown(olena)).done, (await shown(olena)).view.state) == ("resumed", "active")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("", "", "first_day"),
        ("yesterday", "2026-11-29", "first_day"),
        ("2026-11-22", "2026-11-29", "first_day"),
        ("2026-11-25", "2026-11-24", "last_day"),
        ("2026-11-25", "2027-11-24", "last_day"),
    ],
)
async def test_days_that_cannot_be_suspended_are_refused_beside_their_field(
    olena: Tab, first: str, last: str, field: str
) -> None:
    await olena.do(SuspendState.load)
    await olena.do(SuspendState.check, form={"account": "internet:1", "first_day": first, "last_day": last})
    state = await olena.see(SuspendState)
    assert (state.step, set(state.field_refusals)) == ("form", {field})
    assert state.first_day == first


async def test_a_tariff_is_checked_ordered_and_kept_after_all(world: Database, olena: Tab) -> None:
    await olena.do(InternetTariffState.load)
    state = await olena.see(InternetTariffState)
    assert [(row.code, row.is_mine) for row in state.tariffs] == [("home_100", True), ("home_500", False)]
    await olena.do(InternetTariffState.check, account="internet:1", code="home_500")
    state = await olena.see(InternetTariffState)
    assert (state.checked.missing, state.checked.from_day) == (17000, "2026-12-01")  # type: ignore[union-attr]
    form = {"key": state.form_key, "account": "internet:1", "code": "home_500"}
    await olena.do(InternetTariffState.order, form=form)
    assert (await olena.see(InternetTariffState)).ordered_for == "2026-12-01"
    await olena.do(InternetPageState.load)
    change = (await shown(olena)).view.change  # type: ignore[union-attr]
    await olena.do(InternetPageState.cancel_change, change=change.id)  # type: ignore[union-attr]
    assert (await shown(olena)).view.change is None  # type: ignore[union-attr]


async def test_television_is_checked_connected_once_and_undone(world: Database, olena: Tab) -> None:
    await olena.do(TvState.load)
    state = await olena.see(TvState)
    assert [(row.code, bool(row.refusal)) for row in state.tv] == [("tv_home", False), ("tv_sport", True)]
    await olena.do(TvState.check_connect, account="internet:1", code="tv_home")
    state = await olena.see(TvState)
    assert (state.checked.now, state.checked.next_after, state.checked.balance_after) == (900, 13000, 7100)  # type: ignore[union-attr]
    form = {"key": state.form_key, "account": "internet:1", "code": "tv_home"}
    for _ in range(2):
        await olena.do(TvState.connect, form=form)
    state = await olena.see(TvState)
    assert (state.step, state.tv[0].is_connected, state.tv[0].can_undo, state.refusal) == ("done", True, True, {})
    await olena.do(TvState.undo, account="internet:1", code="tv_home")
    assert (await olena.see(TvState)).tv[0].is_connected is False
    async with world.reading() as session:
        assert (await session.get_one(InternetAccount, 1)).state.value == "active"


async def test_disconnecting_says_until_when_it_works(olena: Tab) -> None:
    await olena.do(TvState.load)
    await olena.do(TvState.check_connect, account="internet:1", code="tv_home")
    form = {"key": (await olena.see(TvState)).form_key, "account": "internet:1", "code": "tv_home"}
    await olena.do(TvState.connect, form=form)
    await olena.do(TvState.check_disconnect, account="internet:1", code="tv_home")
    assert (await olena.see(TvState)).checked.last_day == "2026-11-30"  # type: ignore[union-attr]
    await olena.do(TvState.disconnect, form=form)
    row = (await olena.see(TvState)).tv[0]
    assert (row.is_connected, row.until[:10]) == (False, "2026-11-30")


@pytest.mark.parametrize("key", ["", "short", "x" * 41, "with spaces in it ....", "кирилиця-кирилиця-кирилиця"])
async def test_a_form_key_that_is_not_ours_is_refused(olena: Tab, key: str) -> None:
    await olena.do(TvState.load)
    await olena.do(TvState.connect, form={"key": key, "account": "internet:1", "code": "tv_home"})
    assert "could not be understood" in (await olena.see(TvState)).refusal["en"]


def test_every_handler_is_for_the_signed_in() -> None:
    for state in (InternetPageState, SuspendState, InternetTariffState, TvState):
        for name, handler in state.event_handlers.items():
            if handler.fn.__module__.startswith("mykyivstar.state.internet") and not name.startswith("set"):
                assert (policy := policy_of(handler.fn)) is not None, name
                assert not policy.is_public, name
