"""What was promised comes back from the next money in, once, and at the end of the last day at the latest."""

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.models import Entry, Operation, OperationKind
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause, Payment, PaymentState, Source
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.promises import notices
from mykyivstar.domain.promises.models import PromiseState
from mykyivstar.domain.promises.queries import own
from mykyivstar.domain.promises.repaying import collect
from mykyivstar.kit.money import Money
from tests.domain.promises.conftest import Borrower
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, make_line, make_person, put_money


async def entries(borrower: Borrower, kind: OperationKind) -> list[tuple[int, str]]:
    async with borrower.database.reading() as session:
        query = select(Entry).join(Operation, col(Operation.id) == col(Entry.operation_id))
        found = await session.exec(
            query.where(Operation.kind == kind, col(Entry.amount) < Money.ZERO).order_by(col(Entry.id))
        )
        return [(entry.amount.kopiykas, entry.explanation["rule"]) for entry in found]


async def operators(borrower: Borrower, account: SystemAccount) -> Money:
    async with borrower.database.unit_of_work() as session:
        return (await system_account(session, account)).balance


async def test_the_next_money_in_pays_it_back_with_its_price(borrower: Borrower):
    await borrower.borrow(50)
    await borrower.top_up(Money.uah(200), key="payday")
    assert await borrower.balance() == Money.uah(50 + 200 - 55)
    promise = (await borrower.promises())[0]
    assert (promise.state, promise.taken, promise.repaid_at) == (
        PromiseState.REPAID,
        Money.uah(55),
        borrower.clock.now(),
    )
    assert await operators(borrower, SystemAccount.PROMISES) == Money.ZERO
    assert await operators(borrower, SystemAccount.FEES) == Money.uah(5)
    assert await borrower.told() == ["promise_given", "promise_repaid"]


async def test_each_part_of_it_explains_itself(borrower: Borrower):
    await borrower.borrow(50)
    await borrower.top_up(Money.uah(200), key="payday")
    taken = await entries(borrower, OperationKind.PROMISE_REPAYMENT)
    assert taken == [(-5000, "promise.repayment"), (-500, "promise.price")]
    async with borrower.database.reading() as session:
        price = next(e for e in await session.exec(select(Entry)) if e.explanation.get("rule") == "promise.price")
    assert (price.explanation["net"], price.explanation["vat"]) == (417, 83)


async def test_too_little_pays_a_part_and_the_balance_never_shrinks(borrower: Borrower):
    await borrower.borrow(50)
    await borrower.top_up(Money.uah(30), key="little")
    assert await borrower.balance() == Money.uah(50)
    promise = (await borrower.promises())[0]
    assert (promise.state, promise.owed) == (PromiseState.OPEN, Money.uah(25))
    await borrower.top_up(Money.uah(23), key="more")
    await borrower.top_up(Money.uah(10), key="rest")
    assert await borrower.balance() == Money.uah(50 + 30 + 23 + 10 - 55)
    assert (await borrower.promises())[0].state is PromiseState.REPAID
    assert await borrower.told() == ["promise_given", *["promise_partly_repaid"] * 2, "promise_repaid"]


async def test_money_that_comes_many_times_at_once_repays_once(borrower: Borrower):
    await borrower.borrow(50)
    await asyncio.gather(*(borrower.top_up(Money.uah(20), key=f"at-once-{n}") for n in range(6)))
    assert await borrower.balance() == Money.uah(50 + 120 - 55)
    assert (await borrower.promises())[0].taken == Money.uah(55)


async def test_a_payment_credited_by_two_at_once_repays_once(borrower: Borrower):
    await borrower.borrow(50)
    async with borrower.database.unit_of_work() as session:
        payment = await make_payment(session, share(borrower.line, Money.uah(40)), key="twice")

    async def try_it() -> bool:
        async with borrower.database.unit_of_work() as session:
            mine = await session.get_one(Payment, payment.id)
            if mine.state is not PaymentState.CREATED:
                return False
            return await credit(session, mine, at=borrower.clock.now(), cause=Cause.NOTICE)

    assert sorted(await asyncio.gather(*(try_it() for _ in range(4)))) == [False] * 3 + [True]
    assert (await borrower.promises())[0].taken == Money.uah(40)
    assert await borrower.balance() == Money.uah(50)


async def test_a_transfer_from_another_line_repays_it_too(borrower: Borrower):
    await borrower.borrow(50)
    async with borrower.database.unit_of_work() as session:
        giver = await make_line(session, "380671000009")
        await put_money(session, giver, Money.uah(80))
        payer = Payer(from_line_id=giver.id)
        given = await make_payment(
            session, share(borrower.line, Money.uah(60)), key="gift", source=Source.BALANCE, payer=payer
        )
        await credit(session, given, at=borrower.clock.now(), cause=Cause.PAYER)
    assert await borrower.balance() == Money.uah(50 + 60 - 55)


async def test_money_for_somebody_else_repays_nothing(borrower: Borrower):
    await borrower.borrow(50)
    async with borrower.database.unit_of_work() as session:
        other = await make_line(session, "380671000009")
    await borrower.top_up(Money.uah(100), key="other", thing=other)
    assert (await borrower.promises())[0].taken == Money.ZERO


async def test_money_into_a_debt_goes_back_all_the_same(borrower: Borrower):
    async with borrower.database.unit_of_work() as session:
        await put_money(session, borrower.line, Money.uah(-120))
    await borrower.borrow(50)
    await borrower.top_up(Money.uah(20), key="into-debt")
    assert await borrower.balance() == Money.uah(-70)
    assert (await borrower.promises())[0].owed == Money.uah(35)


async def test_at_the_end_of_the_last_day_the_rest_is_taken_even_into_debt(borrower: Borrower):
    await borrower.borrow(50)
    await borrower.top_up(Money.uah(30), key="little")
    promise = (await borrower.promises())[0]
    async with borrower.database.unit_of_work() as session:
        assert not await collect(session, promise.id or 0, at=promise.due_at - timedelta(seconds=1))
        await put_money(session, borrower.line, Money.uah(-40))
    borrower.clock.moment = promise.due_at
    async with borrower.database.unit_of_work() as session:
        assert await collect(session, promise.id or 0, at=promise.due_at)
    assert await borrower.balance() == Money.uah(50 - 40 - 25)
    assert (await borrower.promises())[0].state is PromiseState.REPAID


async def test_several_workers_collect_once(borrower: Borrower):
    await borrower.borrow(50)
    promise = (await borrower.promises())[0]
    borrower.clock.moment = promise.due_at

    async def work() -> bool:
        async with borrower.database.unit_of_work() as session:
            return await collect(session, promise.id or 0, at=promise.due_at)

    assert sorted(await asyncio.gather(*(work() for _ in range(6)))) == [False] * 5 + [True]
    assert await borrower.balance() == Money.uah(-5)


async def test_collecting_and_money_in_at_the_same_moment_take_it_once(borrower: Borrower):
    await borrower.borrow(100)
    promise = (await borrower.promises())[0]
    borrower.clock.moment = promise.due_at

    async def work() -> None:
        async with borrower.database.unit_of_work() as session:
            await collect(session, promise.id or 0, at=promise.due_at)

    doing = [work(), work(), *(borrower.top_up(Money.uah(30), key=f"late-{n}") for n in range(4))]
    random.Random(7).shuffle(doing)
    await asyncio.gather(*doing)
    assert await borrower.balance() == Money.uah(100 + 120 - 105)
    assert (await borrower.promises())[0].taken == Money.uah(105)


async def test_the_reminder_is_for_those_who_still_owe(borrower: Borrower):
    await borrower.borrow(50)
    promise = (await borrower.promises())[0]
    async with borrower.database.unit_of_work() as session:
        assert await notices.remind(session, promise.id or 0, at=borrower.clock.now())
    await borrower.top_up(Money.uah(55), key="back")
    async with borrower.database.unit_of_work() as session:
        assert not await notices.remind(session, promise.id or 0, at=borrower.clock.now())
        assert not await notices.remind(session, 999, at=borrower.clock.now())


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (datetime(2026, 11, 22, 18, 59, tzinfo=UTC), datetime(2026, 11, 22, 18, 59, tzinfo=UTC)),
        (datetime(2026, 11, 22, 19, 0, tzinfo=UTC), datetime(2026, 11, 23, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), datetime(2026, 11, 23, 7, 0, tzinfo=UTC)),
    ],
)
async def test_notices_of_the_night_wait_for_the_morning(borrower: Borrower, moment: datetime, leaves: datetime):
    await borrower.borrow(50)
    borrower.clock.moment = moment
    await borrower.top_up(Money.uah(55), key="night")
    async with borrower.database.reading() as session:
        message = (await session.exec(select(SmsMessage).where(SmsMessage.template == "promise_repaid"))).one()
    assert message.expires_at == leaves + timedelta(days=1)


async def test_people_see_the_promises_of_what_they_own_and_no_others(borrower: Borrower):
    await borrower.borrow(50)
    async with borrower.database.unit_of_work() as session:
        stranger, partner = await make_person(session, "stranger"), await make_person(session, "partner")
        await hold(session, partner, borrower.line)
    async with borrower.database.reading() as session:
        assert await own(session, stranger) == []
        mine, theirs = (await own(session, borrower.actor))[0], (await own(session, partner, only_open=True))[0]
    assert (mine.number, mine.owed, bool(mine.code)) == ("380671000001", Money.uah(55), True)
    assert theirs.code == ""


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_comes_in_whatever_order_it_goes_back_once(borrower: Borrower, seed: int):
    chance = random.Random(seed)
    lent = chance.choice([50, 100])
    await borrower.borrow(lent)
    promise_id, due = (await borrower.promises())[0].id or 0, (await borrower.promises())[0].due_at
    came = Money.ZERO
    for number in range(6):
        borrower.clock.moment += timedelta(hours=chance.randint(1, 40))
        amounts = [Money(chance.randint(1, 6_000)) for _ in range(chance.randint(1, 3))]
        before = await borrower.balance()
        await asyncio.gather(
            *(borrower.top_up(each, key=f"{number}-{place}") for place, each in enumerate(amounts)),
            collected(borrower, promise_id),
        )
        came = sum(amounts, came)
        promise = (await borrower.promises())[0]
        assert Money.ZERO <= promise.taken <= Money.uah(lent + 5)
        assert await borrower.balance() == Money.uah(lent) + came - promise.taken
        assert (promise.state is PromiseState.REPAID) is (promise.owed == Money.ZERO)
        if borrower.clock.now() >= due:
            assert promise.state is PromiseState.REPAID
        else:
            assert await borrower.balance() >= before
    assert await operators(borrower, SystemAccount.PROMISES) == -(await borrower.promises())[0].owed + max(
        Money.uah(5) - await operators(borrower, SystemAccount.FEES), Money.ZERO
    )


async def collected(borrower: Borrower, promise_id: int) -> None:
    async with borrower.database.unit_of_work() as session:
        await collect(session, promise_id, at=borrower.clock.now())
