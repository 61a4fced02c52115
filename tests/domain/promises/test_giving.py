"""A promised payment is given once, to whom it may be given, and says why not otherwise."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from mykyivstar.db.jobs import Job
from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line, LineState
from mykyivstar.domain.payments.errors import PaymentMismatch
from mykyivstar.domain.payments.models import Payment, PaymentState, Source
from mykyivstar.domain.promises import errors
from mykyivstar.domain.promises.conditions import offers
from mykyivstar.domain.promises.terms import PromiseTerms, due_at
from mykyivstar.kit.clock import KYIV, kyiv_date
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from tests.domain.promises.conftest import Borrower
from tests.factories.people import hold, make_account, make_person, put_money


async def test_it_is_there_at_once_and_its_owner_is_told(borrower: Borrower):
    payment = await borrower.borrow(50)
    assert (payment.state, payment.source) == (PaymentState.CREDITED, Source.PROMISE)
    assert await borrower.balance() == Money.uah(50)
    promise = (await borrower.promises())[0]
    assert (promise.amount, promise.price, promise.owed) == (Money.uah(50), Money.uah(5), Money.uah(55))
    assert promise.last_day == date(2026, 11, 27)
    assert promise.due_at == datetime(2026, 11, 27, 22, tzinfo=UTC)
    assert await borrower.told() == ["promise_given"]


async def test_its_reminder_and_its_end_are_on_their_way(borrower: Borrower):
    await borrower.borrow()
    async with borrower.database.reading() as session:
        jobs = await session.exec(select(Job).where(col(Job.kind).startswith("promise.")).order_by(col(Job.run_at)))
        known = [(job.kind, job.run_at.astimezone(KYIV).isoformat()) for job in jobs]
    assert known == [("promise.remind", "2026-11-26T10:00:00+02:00"), ("promise.due", "2026-11-28T00:00:00+02:00")]


async def test_a_double_click_lends_once(borrower: Borrower):
    paid = await asyncio.gather(*(borrower.borrow(50) for _ in range(6)))
    assert len({payment.id for payment in paid}) == 1
    assert await borrower.balance() == Money.uah(50)
    assert len(await borrower.promises()) == 1


async def test_two_forms_at_once_lend_once(borrower: Borrower):
    tried = await asyncio.gather(*(borrower.borrow(50, key=f"form-{n}") for n in range(6)), return_exceptions=True)
    assert sum(isinstance(each, Payment) for each in tried) == 1
    refused = [each for each in tried if not isinstance(each, Payment)]
    assert all(isinstance(each, errors.OnceAMonth | errors.PromiseIsOpen) for each in refused)
    assert await borrower.balance() == Money.uah(50)


async def test_two_owners_of_one_line_borrow_once(borrower: Borrower):
    async with borrower.database.unit_of_work() as session:
        other = await make_person(session, "other")
        await hold(session, other, borrower.line)
    await borrower.borrow()
    with pytest.raises(errors.PromiseIsOpen):
        await borrower.borrow(key="form-2", actor=other)


async def test_the_same_form_is_nobody_elses(borrower: Borrower):
    await borrower.borrow()
    async with borrower.database.unit_of_work() as session:
        other = await make_person(session, "other")
    with pytest.raises(NotFound):
        await borrower.borrow(actor=other)


async def test_a_stranger_cannot_borrow_for_a_line(borrower: Borrower):
    async with borrower.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    with pytest.raises(NotFound):
        await borrower.borrow(actor=stranger)
    with pytest.raises(NotFound):
        await borrower.borrow(to=HoldingKey(HoldingKind.LINE, 999))
    assert await borrower.promises() == []


@pytest.mark.parametrize("amount", [1, 49, 51, 99, 101, 1_000_000])
async def test_only_sums_on_offer_are_lent(borrower: Borrower, amount: int):
    with pytest.raises(errors.SumNotOffered):
        await borrower.borrow(amount)
    assert await borrower.balance() == Money.ZERO


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"state": LineState.BLOCKED}, errors.LineNotActive),
        ({"payment": Billing.CONTRACT}, errors.OnlyPrepaid),
        ({"activated_at": datetime(2026, 10, 24, 12, tzinfo=UTC)}, errors.LineTooYoung),
    ],
)
async def test_a_line_that_is_not_fit_is_told_why(
    borrower: Borrower, change: dict[str, object], refusal: type[CustomerError]
):
    async with borrower.database.unit_of_work() as session:
        line = await session.get_one(Line, borrower.line.id)
        for name, value in change.items():
            setattr(line, name, value)
    with pytest.raises(refusal):
        await borrower.borrow()
    assert await borrower.balance() == Money.ZERO


async def test_a_line_of_exactly_thirty_days_is_old_enough(borrower: Borrower):
    async with borrower.database.unit_of_work() as session:
        # Half a minute before midnight in Kyiv, thirty calendar days ago.
        (await session.get_one(Line, borrower.line.id)).activated_at = datetime(2026, 10, 23, 20, 59, 30, tzinfo=UTC)
    assert (await borrower.borrow()).state is PaymentState.CREDITED


@pytest.mark.parametrize("role", [HoldingRole.PAYER, HoldingRole.VIEWER])
async def test_who_is_not_the_owner_makes_no_debts(borrower: Borrower, role: HoldingRole):
    async with borrower.database.unit_of_work() as session:
        other = await make_person(session, "other")
        await hold(session, other, borrower.line, role=role)
    with pytest.raises(errors.OnlyTheOwner):
        await borrower.borrow(actor=other)


@pytest.mark.parametrize(
    ("kopiykas", "sums"),
    [(0, [50, 100]), (49_99, [50, 100]), (50_00, [100]), (99_99, [100]), (100_00, []), (-70_00, [50, 100])],
)
async def test_the_balance_has_to_be_under_the_sum(borrower: Borrower, kopiykas: int, sums: list[int]):
    async with borrower.database.unit_of_work() as session:
        await put_money(session, borrower.line, Money(kopiykas))
        found = await offers(session, borrower.actor, PromiseTerms(), at=borrower.clock.now())
    assert list(found[0].sums) == [Money.uah(each) for each in sums]
    assert isinstance(found[0].refusal, errors.BalanceIsEnough) is (not sums)


async def test_once_in_a_calendar_month_of_kyiv(borrower: Borrower):
    await borrower.borrow()
    await borrower.top_up(Money.uah(55), key="back")
    # 23:59:59 of the last of November in Kyiv, and a second later.
    borrower.clock.moment = datetime(2026, 11, 30, 21, 59, 59, tzinfo=UTC)
    with pytest.raises(errors.OnceAMonth) as refused:
        await borrower.borrow(key="form-2")
    assert refused.value.params == {"day": date(2026, 12, 1)}
    borrower.clock.moment += timedelta(seconds=1)
    await borrower.borrow(100, key="form-3")
    assert [promise.month for promise in await borrower.promises()] == ["2026-11", "2026-12"]


async def test_an_open_one_of_last_month_comes_first(borrower: Borrower):
    borrower.clock.moment = datetime(2026, 11, 29, 12, tzinfo=UTC)
    await borrower.borrow()
    borrower.clock.moment = datetime(2026, 12, 2, 12, tzinfo=UTC)
    with pytest.raises(errors.PromiseIsOpen) as refused:
        await borrower.borrow(key="form-2")
    assert refused.value.params == {"owed": Money.uah(55), "day": date(2026, 12, 4)}


async def test_the_same_form_with_another_sum_is_refused(borrower: Borrower):
    await borrower.borrow(50)
    with pytest.raises(PaymentMismatch):
        await borrower.borrow(100)
    assert await borrower.balance() == Money.uah(50)


class Home:
    """A home internet account, charged 250 UAH in three days."""

    def __init__(self, borrower: Borrower) -> None:
        self.borrower = borrower

    async def set_up(self, balance: Money, **fields: object) -> HoldingKey:
        async with self.borrower.database.unit_of_work() as session:
            tariff = Tariff(code="home", kind=TariffKind.INTERNET, name={"uk": "Дім"}, fee=Money.uah(250))
            session.add(tariff)
            await session.flush()
            fields = {"next_charge_at": self.borrower.clock.now() + timedelta(days=3)} | fields
            account = await make_account(session, tariff_id=tariff.id, **fields)
            await hold(session, self.borrower.actor, account, position=1)
            await put_money(session, account, balance)
        return HoldingKey(HoldingKind.INTERNET, account.id or 0)


async def test_the_grace_week_lends_what_is_missing_for_nothing(borrower: Borrower):
    key = await Home(borrower).set_up(Money.uah(40))
    await borrower.borrow(210, to=key)
    promise = (await borrower.promises())[0]
    assert (promise.amount, promise.price, promise.last_day) == (Money.uah(210), Money.ZERO, date(2026, 11, 29))


@pytest.mark.parametrize(
    ("balance", "fields", "refusal"),
    [
        (Money.uah(250), {}, errors.GraceNotNeeded),
        (Money.ZERO, {"state": InternetState.SUSPENDED}, errors.InternetSuspended),
        (Money.uah(-751), {}, errors.GraceTooMuch),
        (Money.ZERO, {"next_charge_at": datetime(2026, 12, 20, tzinfo=UTC)}, errors.GraceNotNeeded),
    ],
)
async def test_a_grace_week_that_is_not_given_says_why(
    borrower: Borrower, balance: Money, fields: dict[str, object], refusal: type[CustomerError]
):
    key = await Home(borrower).set_up(balance, **fields)
    with pytest.raises(refusal):
        await borrower.borrow(250, to=key)


async def test_internet_that_is_off_gets_what_switches_it_on(borrower: Borrower):
    key = await Home(borrower).set_up(
        Money.uah(-60), state=InternetState.OFF_FOR_DEBT, next_charge_at=datetime(2026, 12, 20, tzinfo=UTC)
    )
    async with borrower.database.unit_of_work() as session:
        offer = (await offers(session, borrower.actor, PromiseTerms(), at=borrower.clock.now()))[1]
    assert offer.refusal is None
    assert offer.key == key


@given(st.integers(min_value=1_704_067_200, max_value=1_988_150_400))
def test_the_last_day_is_whole_whatever_the_clocks_do(moment: int):
    at = datetime.fromtimestamp(moment, UTC)
    last = PromiseTerms().last_day(HoldingKind.LINE, at)
    due = due_at(last)
    assert last == kyiv_date(at) + timedelta(days=5)
    assert kyiv_date(due - timedelta(seconds=1)) == last
    assert due.astimezone(KYIV).time().isoformat() == "00:00:00"
    # Five whole days at the least, six at the most, an hour more or less when the clocks change.
    assert timedelta(days=5) - timedelta(hours=1) <= due - at <= timedelta(days=6, hours=1)
