"""A rule pays once for each occasion, whoever works, dies or clicks; and says what it did."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.jobs import Job, Postponed
from mykyivstar.domain.auto_top_up import rules
from mykyivstar.domain.auto_top_up.models import PauseReason, RuleKind, RuleState, RunState
from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Origin, Payment, PaymentState
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import InvoiceState
from tests.domain.auto_top_up.conftest import Payer, make_card
from tests.factories.payments import make_payment, share
from tests.factories.people import put_money

DAY_BEFORE = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


async def test_a_sum_on_a_day_is_announced_the_day_before_and_paid_on_it(payer: Payer):
    await payer.make()
    await payer.work()
    assert await payer.runs() == []
    await payer.work(DAY_BEFORE)
    assert [(run.occasion, run.state, run.due_at) for run in await payer.runs()] == [("2026-11", RunState.PLANNED, DUE)]
    assert await payer.told() == ["auto_top_up_soon"]
    await payer.work(DUE - timedelta(seconds=1))
    assert await payer.charges() == 0
    await payer.work(DUE)
    assert await payer.balance() == Money.uah(100)
    payment = (await payer.payments())[0]
    assert (payment.origin, payment.saved_card_id, payment.state) == (
        Origin.AUTO,
        payer.card.id,
        PaymentState.CREDITED,
    )
    assert await payer.told() == ["auto_top_up_soon", "auto_top_up_done"]


async def test_it_pays_once_in_a_month_and_again_in_the_next(payer: Payer):
    await payer.make()
    for day in range(22, 31):
        await payer.work(datetime(2026, 11, day, 8, tzinfo=UTC))
        await payer.work(datetime(2026, 11, day, 21, 59, tzinfo=UTC))
    assert await payer.charges() == 1
    await payer.work(datetime(2026, 12, 25, 8, tzinfo=UTC))
    assert [run.occasion for run in await payer.runs()] == ["2026-11", "2026-12"]
    assert await payer.balance() == Money.uah(200)


async def test_many_workers_at_one_moment_pay_once(payer: Payer):
    await payer.make()
    await asyncio.gather(*(payer.work(DUE) for _ in range(5)))
    runs = await payer.runs()
    await asyncio.gather(*(payer.run(runs[0].id or 0) for _ in range(6)))
    assert (len(runs), await payer.charges(), len(await payer.payments())) == (1, 1, 1)
    assert await payer.balance() == Money.uah(100)
    async with payer.database.reading() as session:
        jobs = list(await session.exec(select(Job).where(Job.kind == "auto_top_up.run")))
    assert len(jobs) == 1


async def test_a_worker_that_dies_after_the_charge_leaves_one_payment(payer: Payer):
    await payer.make()
    await payer.plan()
    payer.clock.moment = DUE
    await payer.plan()
    payer.bank.loses_answers = True
    run_id = (await payer.runs())[0].id or 0
    assert isinstance(await payer.run(run_id), Postponed)
    payer.bank.loses_answers = False
    payment = (await payer.payments())[0]
    assert payment.state is PaymentState.PROCESSING
    # Nobody charges again; the inquiry finds out, and the run takes note.
    assert isinstance(await payer.run(run_id), Postponed)
    assert await payer.charges() == 1
    async with payer.database.unit_of_work() as session:
        (await session.get_one(Payment, payment.id)).state = PaymentState.CREDITED
    assert await payer.run(run_id) is None
    assert (await payer.runs())[0].state is RunState.DONE


async def test_a_low_balance_is_topped_up_once_a_day(payer: Payer):
    async with payer.database.unit_of_work() as session:
        await put_money(session, payer.line, Money.uah(19))
    await payer.make(RuleKind.BELOW, amount=Money.uah(1))
    for _ in range(3):
        await payer.work()
    # 20 is not under 20.
    assert (await payer.charges(), await payer.balance()) == (1, Money.uah(20))


async def test_a_balance_that_stays_low_is_topped_up_the_next_day_again(payer: Payer):
    async with payer.database.unit_of_work() as session:
        await put_money(session, payer.line, Money.uah(-30))
    await payer.make(RuleKind.BELOW, amount=Money.uah(10))
    start = payer.clock.moment
    for hours in (0, 1, 11, 12, 13):
        # 22 November, noon in Kyiv, until after midnight.
        await payer.work(start + timedelta(hours=hours))
    assert [run.occasion for run in await payer.runs()] == ["day:2026-11-22", "day:2026-11-23"]
    assert await payer.balance() == Money.uah(-10)


async def test_a_balance_that_is_enough_is_left_alone(payer: Payer):
    async with payer.database.unit_of_work() as session:
        await put_money(session, payer.line, Money.uah(20))
    await payer.make(RuleKind.BELOW)
    await payer.work()
    assert await payer.runs() == []


async def test_a_balance_that_was_topped_up_meanwhile_needs_nothing(payer: Payer):
    async with payer.database.unit_of_work() as session:
        await put_money(session, payer.line, Money.uah(1))
    await payer.make(RuleKind.BELOW)
    await payer.plan()
    async with payer.database.unit_of_work() as session:
        by_hand = await make_payment(session, share(payer.line, Money.uah(50)), at=payer.clock.now())
        await credit(session, by_hand, at=payer.clock.now(), cause=Cause.NOTICE)
    await payer.run((await payer.runs())[0].id or 0)
    assert await payer.charges() == 0
    assert [run.state for run in await payer.runs()] == [RunState.CANCELLED]


async def test_the_limit_of_a_month_is_kept_and_told_once(payer: Payer):
    async with payer.database.unit_of_work() as session:
        await put_money(session, payer.line, Money.uah(-2_000))
    await payer.make(RuleKind.BELOW, amount=Money.uah(100), month_most=Money.uah(250))
    for day in range(22, 29):
        await payer.work(datetime(2026, 11, day, 10, tzinfo=UTC))
    assert await payer.charges() == 2
    assert await payer.told() == ["auto_top_up_done", "auto_top_up_done", "auto_top_up_failed"]
    assert (await payer.rule()).last_failure == "month_cap"
    await payer.work(datetime(2026, 12, 1, 10, tzinfo=UTC))
    assert await payer.charges() == 3


async def test_a_higher_limit_counts_at_once(payer: Payer):
    async with payer.database.unit_of_work() as session:
        await put_money(session, payer.line, Money.uah(-2_000))
    rule = await payer.make(RuleKind.BELOW, month_most=Money.uah(100))
    await payer.work()
    await payer.work(payer.clock.moment + timedelta(days=1))
    assert (await payer.runs())[-1].state is RunState.SKIPPED
    async with payer.database.unit_of_work() as session:
        wish = payer.wish(RuleKind.BELOW, month_most=Money.uah(300))
        await rules.change(session, payer.proved, rule.id or 0, wish, limits=PaymentLimits(), at=payer.clock.now())
    await payer.work()
    assert await payer.charges() == 2


async def give_tariff(payer: Payer, charge_at: datetime, fee: Money = Money.uah(250)) -> None:
    async with payer.database.unit_of_work() as session:
        tariff = Tariff(code=f"t-{fee.kopiykas}", kind=TariffKind.MOBILE, name={"uk": "Т"}, fee=fee)
        session.add(tariff)
        await session.flush()
        line = await session.get_one(Line, payer.line.id)
        line.tariff_id, line.next_charge_at = tariff.id, charge_at


async def test_the_price_of_the_tariff_is_there_the_day_before_it_is_taken(payer: Payer):
    # Midnight in Kyiv that begins 1 December.
    await give_tariff(payer, datetime(2026, 11, 30, 22, tzinfo=UTC))
    await payer.make(RuleKind.TARIFF)
    view = await payer.view()
    assert view.next is not None
    assert (view.next.amount, view.next.at) == (Money.uah(250), datetime(2026, 11, 30, 8, tzinfo=UTC))
    await payer.work(datetime(2026, 11, 29, 7, tzinfo=UTC))
    assert await payer.runs() == []
    await payer.work(datetime(2026, 11, 29, 9, tzinfo=UTC))
    assert await payer.told() == ["auto_top_up_soon"]
    # What was announced is paid, though the tariff gets dearer.
    await give_tariff(payer, datetime(2026, 11, 30, 22, tzinfo=UTC), Money.uah(300))
    await payer.work(datetime(2026, 11, 30, 8, tzinfo=UTC))
    await payer.work(datetime(2026, 11, 30, 21, tzinfo=UTC))
    assert (await payer.charges(), await payer.balance()) == (1, Money.uah(250))
    assert [run.occasion for run in await payer.runs()] == ["charge:2026-12-01"]


async def test_what_the_bank_refuses_is_tried_on_two_more_days_and_then_paused(payer: Payer):
    await payer.make()
    payer.bank.charges_end_in = InvoiceState.FAILURE
    await payer.work(DAY_BEFORE)
    await payer.work(DUE)
    assert (await payer.view()).is_retry
    for days in (1, 2, 3, 4):
        await payer.work(DUE + timedelta(days=days) - timedelta(minutes=1))
        await payer.work(DUE + timedelta(days=days))
    assert await payer.charges() == 3
    rule = await payer.rule()
    assert (rule.state, rule.pause_reason) == (RuleState.PAUSED, PauseReason.FAILED)
    assert await payer.told() == [
        "auto_top_up_soon",
        "auto_top_up_failed",
        "auto_top_up_failed",
        "auto_top_up_paused",
    ]
    assert len({payment.key for payment in await payer.payments()}) == 3
    assert await payer.balance() == Money.ZERO


async def test_a_second_try_that_succeeds_ends_the_trouble(payer: Payer):
    await payer.make()
    payer.bank.charges_end_in = InvoiceState.FAILURE
    await payer.work(DUE)
    payer.bank.charges_end_in = InvoiceState.SUCCESS
    await payer.work(DUE + timedelta(days=1))
    assert ((await payer.rule()).last_failure, await payer.balance()) == ("", Money.uah(100))
    assert (await payer.runs())[0].tries == 2


async def test_a_mended_card_is_used_for_the_second_try(payer: Payer):
    rule = await payer.make()
    payer.bank.charges_end_in = InvoiceState.FAILURE
    await payer.work(DUE)
    payer.bank.charges_end_in = InvoiceState.SUCCESS
    other = await make_card(payer.database, payer.actor, mask="555555******4444")
    async with payer.database.unit_of_work() as session:
        wish = payer.wish(card_id=other.id)
        await rules.change(session, payer.proved, rule.id or 0, wish, limits=PaymentLimits(), at=payer.clock.now())
    await payer.work(DUE + timedelta(days=1))
    assert [payment.saved_card_id for payment in await payer.payments()] == [payer.card.id, other.id]
    assert await payer.balance() == Money.uah(100)


async def test_a_removed_card_pauses_its_rules(payer: Payer):
    await payer.make()
    await payer.work(DAY_BEFORE)
    await payer.remove_card()
    assert (await payer.view()).paused is PauseReason.CARD_REMOVED
    await payer.work(DUE)
    assert await payer.charges() == 0
    rule = await payer.rule()
    assert (rule.state, rule.pause_reason) == (RuleState.PAUSED, PauseReason.CARD_REMOVED)
    await payer.work(DUE + timedelta(minutes=1))
    assert await payer.told() == ["auto_top_up_soon", "auto_top_up_paused"]


async def test_a_card_removed_at_the_last_moment_is_not_charged(payer: Payer):
    await payer.make()
    await payer.work(DAY_BEFORE)
    await payer.remove_card()
    payer.clock.moment = DUE
    await payer.run((await payer.runs())[0].id or 0)
    assert await payer.charges() == 0
    assert (await payer.rule()).pause_reason is PauseReason.CARD_REMOVED


async def test_a_number_that_is_gone_pauses_its_rule(payer: Payer):
    await payer.make()
    async with payer.database.unit_of_work() as session:
        (await session.get_one(Line, payer.line.id)).state = LineState.INACTIVE
    await payer.work(DUE)
    assert await payer.charges() == 0
    assert (await payer.rule()).pause_reason is PauseReason.TARGET_GONE


@pytest.mark.parametrize("how", ["pause", "delete"])
async def test_what_is_stopped_in_time_is_not_paid(payer: Payer, how: str):
    rule = await payer.make()
    await payer.work(DAY_BEFORE)
    async with payer.database.unit_of_work() as session:
        await getattr(rules, how)(session, payer.actor, rule.id or 0, at=payer.clock.now())
    await payer.work(DUE)
    assert await payer.charges() == 0
    assert [run.state for run in await payer.runs()] == [RunState.CANCELLED]


async def test_paused_and_resumed_before_its_day_it_pays_once(payer: Payer):
    rule = await payer.make()
    await payer.work(DAY_BEFORE)
    async with payer.database.unit_of_work() as session:
        await rules.pause(session, payer.actor, rule.id or 0, at=payer.clock.now())
        await rules.resume(session, payer.actor, rule.id or 0, at=payer.clock.now())
    await payer.work(DUE)
    assert await payer.charges() == 1


async def test_a_day_that_nobody_worked_on_is_made_up_for(payer: Payer):
    await payer.make()
    await payer.work(DUE + timedelta(days=2))
    assert await payer.charges() == 1
    assert (await payer.runs())[0].occasion == "2026-11"


async def test_a_rule_made_after_its_hour_waits_for_the_next_month(payer: Payer):
    payer.clock.moment = DUE + timedelta(minutes=1)
    await payer.make()
    await payer.work()
    assert await payer.charges() == 0
    view = await payer.view()
    assert view.next is not None
    assert view.next.at == datetime(2026, 12, 25, 8, tzinfo=UTC)


async def test_the_word_before_comes_in_the_waking_hours(payer: Payer):
    await payer.make()
    # Half past midnight in Kyiv: planned at once, told at nine.
    await payer.work(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
    async with payer.database.reading() as session:
        sms = (await session.exec(select(SmsMessage).order_by(col(SmsMessage.id)))).one()
        job = (await session.exec(select(Job).where(Job.kind == "sms.send"))).one()
    assert sms.params == {
        "kopiykas": "10000",
        "number": "0671000001",
        "card": "*1902",
        "at": "2026-11-25T08:00:00+00:00",
    }
    assert job.run_at == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
