"""A partner's payment is credited once, whole, within its limits."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.models import Entry, Operation, OperationKind
from mykyivstar.domain.lines.models import LineState
from mykyivstar.domain.partners import management, payments
from mykyivstar.domain.partners.errors import (
    AmountRefused,
    DayLimitReached,
    IdUsed,
    PartnerClosed,
    PaymentUnknown,
    UnknownAccount,
    UnlikelyMoment,
)
from mykyivstar.domain.partners.views import Status, masked
from mykyivstar.domain.payments.models import Origin, Payment, PaymentState, Source
from mykyivstar.kit.money import Money
from tests.domain.partners.conftest import NUMBER, Terminal
from tests.factories.people import make_account


async def test_the_line_gets_what_the_partner_owes(terminal: Terminal):
    paid = await terminal.pay(amount=Money.uah(50))
    assert (paid.status, await terminal.balance()) == (Status.CREDITED, Money.uah(50))
    async with terminal.database.reading() as session:
        payment = await session.get_one(Payment, paid.payment_id)
        assert (payment.source, payment.origin, payment.state) == (
            Source.PARTNER,
            Origin.PARTNER,
            PaymentState.CREDITED,
        )
        owed = await system_account(session, SystemAccount.PARTNERS)
        assert owed.balance == -Money.uah(50)
        [operation] = (await session.exec(select(Operation))).all()
        assert operation.kind is OperationKind.PARTNER_TOP_UP
        entries = (await session.exec(select(Entry))).all()
    assert [entry.explanation["partner"] for entry in entries] == ["terminal", "terminal"]


async def test_an_internet_account_is_topped_up_too(terminal: Terminal):
    async with terminal.database.unit_of_work() as session:
        await make_account(session, "0004477622")
    paid = await terminal.pay(account="0004477622")
    assert masked(paid.row.kind, paid.row.account) == "*******622"


async def test_the_same_again_is_the_same_payment(terminal: Terminal):
    first = await terminal.pay()
    terminal.clock.moment += timedelta(days=3)
    again = await terminal.pay(account="067 100-00-01")
    assert (again.row.id, again.row.credited_at) == (first.row.id, first.row.credited_at)
    assert await terminal.balance() == Money.uah(50)


@pytest.mark.parametrize(
    "other",
    [
        {"amount": Money.uah(51)},
        {"account": "380671000002"},
        {"paid_at": datetime(2026, 11, 22, 9, tzinfo=UTC)},
    ],
)
async def test_another_payment_under_the_same_id_is_refused(terminal: Terminal, other: dict):
    await terminal.pay()
    with pytest.raises(IdUsed):
        await terminal.pay(**other)
    assert await terminal.balance() == Money.uah(50)


async def test_six_at_once_under_one_id_credit_once(terminal: Terminal):
    paid = await asyncio.gather(*(terminal.pay() for _ in range(6)))
    assert len({each.row.id for each in paid}) == 1
    assert await terminal.balance() == Money.uah(50)


async def test_two_partners_may_use_the_same_id(terminal: Terminal):
    async with terminal.database.unit_of_work() as session:
        other = await management.add(session, "bank", name="Bank", at=terminal.clock.now())
    await terminal.pay()
    twin = Terminal(terminal.database, terminal.clock, other, terminal.line)
    with pytest.raises(PaymentUnknown):
        await twin.find()
    await twin.pay(amount=Money.uah(7))
    assert await terminal.balance() == Money.uah(57)


@pytest.mark.parametrize("account", ["380671000009", "0004477622", "12", "+1 202 555 01 00", "067100000"])
async def test_an_account_that_is_nobodys_is_refused(terminal: Terminal, account: str):
    with pytest.raises(UnknownAccount):
        await terminal.pay(account=account)


async def test_an_inactive_line_is_refused_and_its_old_payment_still_answered(terminal: Terminal):
    await terminal.pay()
    async with terminal.database.unit_of_work() as session:
        terminal.line.state = LineState.INACTIVE
        session.add(terminal.line)
    with pytest.raises(UnknownAccount):
        await terminal.pay("T-2")
    assert (await terminal.pay()).status is Status.CREDITED


@pytest.mark.parametrize("amount", [Money(99), Money.uah(500, 1)])
async def test_amounts_beyond_the_edges_are_refused(terminal: Terminal, amount: Money):
    with pytest.raises(AmountRefused):
        await terminal.pay(amount=amount)


@pytest.mark.parametrize("amount", [Money.uah(1), Money.uah(500)])
async def test_amounts_at_the_edges_are_taken(terminal: Terminal, amount: Money):
    await terminal.pay(amount=amount)
    assert await terminal.balance() == amount


async def test_what_was_refused_leaves_its_id_free(terminal: Terminal):
    with pytest.raises(AmountRefused):
        await terminal.pay(amount=Money.uah(501))
    assert (await terminal.pay()).status is Status.CREDITED


async def test_payments_at_once_do_not_pass_the_limit_of_the_day_together(terminal: Terminal):
    paying = (terminal.pay(f"T-{number}", Money.uah(300)) for number in range(8))
    refusals = [
        found for found in await asyncio.gather(*paying, return_exceptions=True) if isinstance(found, Exception)
    ]
    assert [type(refusal) for refusal in refusals] == [DayLimitReached] * 5
    assert {refusal.params["left"] for refusal in refusals} == {Money.uah(100)}
    assert await terminal.balance() == Money.uah(900)
    assert (await terminal.pay("T-exactly", Money.uah(100))).status is Status.CREDITED


async def test_the_limit_begins_anew_at_midnight_in_kyiv(terminal: Terminal):
    terminal.clock.moment = datetime(2026, 11, 22, 21, 59, 59, tzinfo=UTC)
    await terminal.pay("T-1", Money.uah(500))
    await terminal.pay("T-2", Money.uah(500))
    with pytest.raises(DayLimitReached):
        await terminal.pay("T-3")
    terminal.clock.moment += timedelta(seconds=1)
    assert (await terminal.pay("T-3")).status is Status.CREDITED


@pytest.mark.parametrize(
    ("ago", "is_likely"),
    [
        (timedelta(days=31), True),
        (timedelta(days=31, seconds=1), False),
        (timedelta(minutes=-5), True),
        (timedelta(minutes=-5, seconds=-1), False),
    ],
)
async def test_the_moment_of_payment_is_near(terminal: Terminal, ago: timedelta, is_likely: bool):
    paid_at = terminal.clock.now() - ago
    if not is_likely:
        with pytest.raises(UnlikelyMoment):
            await terminal.pay(paid_at=paid_at)
    else:
        assert (await terminal.pay(paid_at=paid_at)).row.paid_at == paid_at


async def test_a_partner_closed_meanwhile_credits_nothing(terminal: Terminal):
    async with terminal.database.unit_of_work() as session:
        await management.close(session, "terminal", at=terminal.clock.now())
    with pytest.raises(PartnerClosed):
        await terminal.pay()
    assert await terminal.balance() == Money.ZERO


async def test_looking_says_what_paying_would(terminal: Terminal):
    async def look(account: str, amount: Money | None = None) -> type | None:
        async with terminal.database.reading() as session:
            seen = await payments.check(
                session, terminal.partner, account, amount=amount, limits=terminal.limits, at=terminal.clock.now()
            )
        assert (seen.least, seen.most) == (Money.uah(1), Money.uah(500))
        return type(seen.refusal) if seen.refusal else None

    assert await look(NUMBER) is None
    assert await look("nobody") is UnknownAccount
    assert await look(NUMBER, Money(1)) is AmountRefused
    await terminal.pay("T-1", Money.uah(500))
    await terminal.pay("T-2", Money.uah(400))
    assert await look(NUMBER, Money.uah(100)) is None
    assert await look(NUMBER, Money.uah(101)) is DayLimitReached
