"""Ordering details: the price said, taken once, given back; who may; for which days (E3, E4, O9)."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.domain.ledger.accounts import account_for
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.ledger.models import Entry, Operation, OperationKind
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.reports import making, queries
from mykyivstar.domain.reports.details_price import DetailsTariff
from mykyivstar.domain.reports.errors import (
    NoFormat,
    OnlyOwnersPay,
    PeriodAhead,
    PeriodReversed,
    PeriodTooOld,
    PriceChanged,
    ReportMismatch,
    TooManyReports,
)
from mykyivstar.domain.reports.models import ReportFormat, ReportState
from mykyivstar.domain.reports.ordering import price
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from tests.domain.reports.conftest import LAST_MONTH, THIS_MONTH, Counter
from tests.factories.people import hold, make_line, make_person, put_money


async def test_the_first_of_a_month_costs_531_and_further_ones_106(counter: Counter) -> None:
    first = await counter.send(counter.order())
    assert (first.net, first.vat, first.duty) == (Money(417), Money(83), Money(31))
    assert await counter.balance() == Money.uah(94, 69)
    await counter.send(counter.order(agreed=Money.uah(1, 6)))
    assert await counter.balance() == Money.uah(93, 63)
    await counter.send(counter.order(agreed=Money.uah(1, 6)))
    assert await counter.balance() == Money.uah(92, 57)


async def test_who_has_just_registered_pays_106_until_the_end_of_the_next_month(counter: Counter) -> None:
    await counter.registered(datetime(2026, 10, 3, tzinfo=UTC))
    await counter.send(counter.order(agreed=Money.uah(1, 6)))
    assert await counter.balance() == Money.uah(98, 94)
    # The last second of October in Kyiv is still October's: November is its next month, December is not.
    await counter.registered(datetime(2026, 9, 30, 20, 59, 59, tzinfo=UTC))
    await counter.send(counter.order(agreed=Money.uah(1, 6)))
    counter.clock.moment = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
    order = counter.order((date(2026, 12, 1), date(2026, 12, 1)))
    assert (await counter.send(order)).fee == Money.uah(5, 31)


async def test_past_months_are_free(counter: Counter) -> None:
    report = await counter.send(counter.order(LAST_MONTH, agreed=Money.ZERO))
    assert report.fee == Money.ZERO
    assert await counter.balance() == Money.uah(100)


async def test_the_entry_says_what_it_is_for_with_net_vat_and_duty(counter: Counter) -> None:
    report = await counter.send(counter.order())
    async with counter.database.reading() as session:
        operation = (await session.exec(select(Operation).where(Operation.key == f"report:{report.id}:fee"))).one()
        entries = (await session.exec(select(Entry).where(Entry.operation_id == operation.id))).all()
    assert operation.kind is OperationKind.SERVICE_FEE
    assert [entry.amount for entry in entries] == [Money(-531), Money(531)]
    assert entries[0].explanation == {
        "rule": "report.details",
        "period": "2026-11-01/2026-11-22",
        "report_id": report.id,
        "net": 417,
        "vat": 83,
        "duty": 31,
    }


async def test_ten_clicks_charge_once(counter: Counter) -> None:
    order = counter.order()
    sent = await asyncio.gather(*(counter.send(order) for _ in range(10)))
    assert len({report.id for report in sent}) == 1
    assert await counter.balance() == Money.uah(94, 69)


async def test_of_ten_forms_at_once_one_is_the_first_of_the_month(counter: Counter) -> None:
    orders = [counter.order() for _ in range(4)]
    sent = await asyncio.gather(*(counter.send(order) for order in orders), return_exceptions=True)
    refused = [each for each in sent if isinstance(each, PriceChanged)]
    assert len(refused) == 3
    assert {refusal.params["price"] for refusal in refused} == {Money.uah(1, 6)}
    assert await counter.balance() == Money.uah(94, 69)


async def test_the_same_key_with_another_order_is_refused(counter: Counter) -> None:
    order = counter.order()
    await counter.send(order)
    with pytest.raises(ReportMismatch):
        await counter.send(counter.order(key=order.key, formats=[ReportFormat.PDF]))
    assert await counter.balance() == Money.uah(94, 69)


async def test_without_money_nothing_is_ordered(counter: Counter) -> None:
    other = Counter(counter.database, counter.clock)
    async with counter.database.unit_of_work() as session:
        other.olena = await make_person(session, "poor")
        other.line = await make_line(session, "380671000077")
        await hold(session, other.olena, other.line)
        await account_for(session, line_id=other.line.id, floor=Money.ZERO)
        await put_money(session, other.line, Money.uah(5, 30))
    with pytest.raises(NotEnoughMoney) as refused:
        await other.send(other.order())
    assert refused.value.params["missing"] == Money(1)
    assert (await other.all(), await other.balance()) == ([], Money.uah(5, 30))


async def test_what_was_not_said_is_not_taken(counter: Counter) -> None:
    for agreed in (Money.ZERO, Money.uah(1, 6), Money.uah(6)):
        with pytest.raises(PriceChanged):
            await counter.send(counter.order(agreed=agreed))
    with pytest.raises(PriceChanged):
        await counter.send(counter.order(LAST_MONTH))
    assert (await counter.all(), await counter.balance()) == ([], Money.uah(100))


async def test_a_report_that_fails_gives_the_money_back_by_itself_once(counter: Counter) -> None:
    report = await counter.send(counter.order())
    for expected in (True, False):
        async with counter.database.unit_of_work() as session:
            assert await making.fail(session, report.id or 0, at=counter.clock.now()) is expected
    assert await counter.balance() == Money.uah(100)
    assert (await counter.send(counter.order())).fee == Money.uah(5, 31), "what failed was no request"


async def test_what_nobody_makes_in_an_hour_fails(counter: Counter) -> None:
    report = await counter.send(counter.order())
    assert await making.fail_the_forgotten(counter.database.unit_of_work, at=counter.clock.now()) == 0
    counter.clock.moment += timedelta(hours=1, seconds=1)
    assert await making.fail_the_forgotten(counter.database.unit_of_work, at=counter.clock.now()) == 1
    assert await counter.balance() == Money.uah(100)
    async with counter.database.unit_of_work() as session:
        made = await making.finish(session, report.id or 0, files={}, records=0, total=Money.ZERO, at=report.created_at)
    assert made is None, "a worker that comes late finds it given up"


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (date(2026, 11, 22), date(2026, 11, 21), PeriodReversed),
        (date(2026, 11, 22), date(2026, 11, 23), PeriodAhead),
        (date(2027, 1, 1), date(2027, 1, 2), PeriodAhead),
        (date(2024, 11, 21), date(2024, 12, 1), PeriodTooOld),
        (date.min, date(2024, 12, 1), PeriodTooOld),
        (date.min, date.max, PeriodAhead),
    ],
)
async def test_bad_periods_are_refused_with_a_sentence(
    counter: Counter, first: date, last: date, refusal: type[CustomerError]
) -> None:
    with pytest.raises(refusal):
        await counter.send(counter.order((first, last), agreed=Money.ZERO))
    assert await counter.all() == []


@pytest.mark.parametrize(
    ("at", "earliest"),
    [
        (datetime(2026, 11, 22, 10, tzinfo=UTC), date(2024, 11, 22)),
        (datetime(2026, 2, 28, 22, 30, tzinfo=UTC), date(2024, 3, 1)),  # it is March in Kyiv
        (datetime(2024, 2, 29, 10, tzinfo=UTC), date(2022, 2, 28)),
        (datetime(2028, 2, 29, 10, tzinfo=UTC), date(2026, 2, 28)),
    ],
)
async def test_two_years_back_is_the_same_day_or_the_months_last(
    counter: Counter, at: datetime, earliest: date
) -> None:
    counter.clock.moment = at
    report = await counter.send(counter.order((earliest, earliest), agreed=Money.ZERO))
    assert report.first_day == earliest
    with pytest.raises(PeriodTooOld) as refused:
        await counter.send(counter.order((earliest - timedelta(days=1), earliest), agreed=Money.ZERO))
    assert refused.value.params["earliest"] == earliest


async def test_days_of_the_clock_change_are_23_and_25_hours_long(counter: Counter) -> None:
    long = await counter.send(counter.order((date(2026, 10, 25), date(2026, 10, 25)), agreed=Money.ZERO))
    short = await counter.send(counter.order((date(2026, 3, 29), date(2026, 3, 29)), agreed=Money.ZERO))
    assert long.period.end - long.period.start == timedelta(hours=25)
    assert short.period.end - short.period.start == timedelta(hours=23)


async def test_the_current_day_ends_with_the_order(counter: Counter) -> None:
    report = await counter.send(counter.order((date(2026, 11, 22), date(2026, 11, 22))))
    assert report.period.end == counter.clock.now()


async def test_without_a_fresh_proof_there_are_no_details(counter: Counter) -> None:
    with pytest.raises(ProofNeeded):
        await counter.send(counter.order(), counter.olena)
    stale = Actor(counter.olena.profile_id, 1, proved_at=counter.clock.now() - timedelta(minutes=10, seconds=1))
    with pytest.raises(ProofNeeded):
        await counter.send(counter.order(), stale)
    report = await counter.send(counter.order())
    async with counter.database.unit_of_work() as session:
        await making.begin(session, report.id or 0, at=counter.clock.now())
        await making.finish(session, report.id or 0, files={}, records=0, total=Money.ZERO, at=counter.clock.now())
    async with counter.database.reading() as session:
        with pytest.raises(ProofNeeded):
            await queries.ready_report(session, counter.olena, report.code, at=counter.clock.now())


async def test_a_payer_sees_no_details_and_a_viewer_spends_no_money(counter: Counter) -> None:
    payer = await counter.share_with(HoldingRole.PAYER, "payer")
    viewer = await counter.share_with(HoldingRole.VIEWER, "viewer")
    for order in (counter.order(), counter.order(LAST_MONTH, agreed=Money.ZERO)):
        with pytest.raises(NotFound):
            await counter.send(order, payer)
    with pytest.raises(OnlyOwnersPay):
        await counter.send(counter.order(), viewer)
    assert (await counter.send(counter.order(LAST_MONTH, agreed=Money.ZERO), viewer)).fee == Money.ZERO
    assert await counter.balance() == Money.uah(100)


async def test_a_stranger_learns_nothing_and_orders_nothing(counter: Counter) -> None:
    report = await counter.send(counter.order())
    async with counter.database.unit_of_work() as session:
        stranger = counter.proved(await make_person(session, "stranger"))
    with pytest.raises(NotFound):
        await counter.send(counter.order(LAST_MONTH, agreed=Money.ZERO), stranger)
    asked: dict[str, Any] = {"line_id": counter.line.id, "first_day": THIS_MONTH[0], "last_day": THIS_MONTH[1]}
    async with counter.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await price(session, stranger, **asked, tariff=DetailsTariff(), at=counter.clock.now())
        with pytest.raises(NotFound):
            await queries.report_of(session, stranger, report.code)
        with pytest.raises(NotFound):
            await queries.mail_again(session, stranger, report.code, to="a@example.com", at=counter.clock.now())
        assert await queries.reports(session, stranger) == []
    order = counter.order()
    await counter.send(counter.order(agreed=Money.uah(1, 6), key=order.key))
    with pytest.raises(NotFound):
        await counter.send(order, stranger)


async def test_without_a_format_or_with_five_on_their_way_nothing_is_taken(counter: Counter) -> None:
    with pytest.raises(NoFormat):
        await counter.send(counter.order(formats=[]))
    for _ in range(5):
        await counter.send(counter.order(LAST_MONTH, agreed=Money.ZERO))
    with pytest.raises(TooManyReports):
        await counter.send(counter.order())
    assert await counter.balance() == Money.uah(100)


async def test_files_are_kept_for_thirty_days_and_what_is_deleted_is_gone(counter: Counter) -> None:
    files = {"csv": {"name": "x.csv", "size": 1}}
    made = []
    for _ in range(2):
        report = await counter.send(counter.order(LAST_MONTH, agreed=Money.ZERO))
        async with counter.database.unit_of_work() as session:
            await making.begin(session, report.id or 0, at=counter.clock.now())
            await making.finish(session, report.id or 0, files=files, records=1, total=Money(1), at=counter.clock.now())
        made.append(report)
    async with counter.database.unit_of_work() as session:
        assert await queries.delete(session, counter.olena, made[0].code, at=counter.clock.now()) == ["x.csv"]
    async with counter.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await queries.report_of(session, counter.olena, made[0].code)
        assert [view.report.id for view in await queries.reports(session, counter.olena)] == [made[1].id]
        assert await making.expire(session, at=counter.clock.now()) == []
    counter.clock.moment += timedelta(days=30)
    async with counter.database.unit_of_work() as session:
        assert await making.expire(session, at=counter.clock.now()) == ["x.csv"]
    assert {report.state for report in await counter.all()} == {ReportState.EXPIRED}
