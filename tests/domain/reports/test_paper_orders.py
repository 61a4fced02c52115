"""Ordering statements and invoices: for whom, which days, once, free of charge (E5)."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line
from mykyivstar.domain.reports import errors
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportKind
from mykyivstar.domain.reports.orders import OPEN_MOST
from mykyivstar.domain.reports.paper_orders import PaperOrder, order_paper
from mykyivstar.domain.reports.periods import parse_month
from mykyivstar.domain.reports.queries import report_of, reports
from mykyivstar.i18n import LANGUAGES, describe
from mykyivstar.kit.errors import CustomerError, Malformed, NotFound
from mykyivstar.kit.money import Money
from tests.domain.reports.conftest import Counter
from tests.factories.people import make_account, make_person

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
_keys = count(1)


def wanted(counter: Counter, days: tuple[date, date] = OCTOBER, **changes: Any) -> PaperOrder:
    fields: dict[str, Any] = {"key": f"a-key-of-a-paper-{next(_keys)}", "kind": ReportKind.STATEMENT}
    fields |= {"of": HoldingKey(HoldingKind.LINE, counter.line.id or 0), "formats": [ReportFormat.CSV]}
    return PaperOrder(**{**fields, "first_day": days[0], "last_day": days[1], **changes})


async def order(counter: Counter, paper: PaperOrder, actor: Actor | None = None) -> Report:
    async with counter.database.unit_of_work() as session:
        return await order_paper(
            session, actor or counter.proved(), paper, language=Language.UK, at=counter.clock.now()
        )


async def contract(counter: Counter) -> None:
    async with counter.database.unit_of_work() as session:
        line = await session.get_one(Line, counter.line.id)
        line.payment = Billing.CONTRACT
        session.add(line)


async def test_it_costs_nothing_and_is_ordered_once(counter: Counter) -> None:
    paper = wanted(counter)
    first, again = await order(counter, paper), await order(counter, paper)
    assert (first.id, first.fee) == (again.id, Money.ZERO)
    assert await counter.balance() == Money.uah(100)
    with pytest.raises(errors.ReportMismatch):
        await order(counter, wanted(counter, key=paper.key, email="a@example.com"))


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ((date(2026, 11, 2), date(2026, 11, 1)), errors.PeriodReversed),
        ((date(2026, 11, 1), date(2026, 11, 23)), errors.PeriodAhead),
        ((date(2023, 11, 21), date(2026, 11, 1)), errors.PeriodTooOld),
        ((date(1, 1, 1), date(2026, 11, 1)), errors.PeriodTooOld),
        ((date(9999, 12, 31), date(9999, 12, 31)), errors.PeriodAhead),
    ],
)
async def test_bad_days_are_refused_in_words(
    counter: Counter, days: tuple[date, date], refusal: type[CustomerError]
) -> None:
    with pytest.raises(refusal) as refused:
        await order(counter, wanted(counter, days))
    assert len({describe(refused.value, lang) for lang in LANGUAGES}) == 3
    assert await counter.all() == []


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        ((date(2026, 3, 29), date(2026, 3, 29)), 23),
        ((date(2026, 10, 25), date(2026, 10, 25)), 25),
        ((date(2024, 2, 28), date(2024, 3, 1)), 72),
        # Exactly three years back, as far as it goes; until the noon of the order.
        ((date(2023, 11, 22), date(2026, 11, 22)), 24 * 1096 + 12),
    ],
)
async def test_days_of_clock_changes_and_month_ends_are_whole(
    counter: Counter, days: tuple[date, date], hours: int
) -> None:
    report = await order(counter, wanted(counter, days))
    assert report.period.end - report.period.start == timedelta(hours=hours)


async def test_today_ends_with_the_order(counter: Counter) -> None:
    report = await order(counter, wanted(counter, (date(2026, 11, 22), date(2026, 11, 22))))
    assert report.period.end == counter.clock.now()


async def test_invoices_are_of_contract_lines_and_of_months_that_are_over(counter: Counter) -> None:
    paper = wanted(counter, kind=ReportKind.INVOICE)
    with pytest.raises(errors.OnlyContractsHaveInvoices):
        await order(counter, paper)
    await contract(counter)
    report = await order(counter, paper)
    assert (report.first_day, report.last_day) == OCTOBER
    for day, refusal in (
        (date(2026, 11, 1), errors.MonthNotOver),
        (date(2027, 1, 1), errors.MonthNotOver),
        (date(2023, 10, 1), errors.PeriodTooOld),
    ):
        with pytest.raises(refusal):
            await order(counter, wanted(counter, (day, day), kind=ReportKind.INVOICE))


async def test_a_month_is_over_at_midnight_in_kyiv(counter: Counter) -> None:
    await contract(counter)
    november = (date(2026, 11, 1), date(2026, 11, 1))
    counter.clock.moment = datetime(2026, 11, 30, 21, 59, 59, tzinfo=UTC)
    with pytest.raises(errors.MonthNotOver):
        await order(counter, wanted(counter, november, kind=ReportKind.INVOICE))
    counter.clock.moment = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
    assert (await order(counter, wanted(counter, november, kind=ReportKind.INVOICE))).last_day == date(2026, 11, 30)


async def test_strangers_and_payers_learn_nothing(counter: Counter) -> None:
    payer = await counter.share_with(HoldingRole.PAYER, "payer")
    async with counter.database.unit_of_work() as session:
        stranger = counter.proved(await make_person(session, "stranger"))
        account = await make_account(session)
    for actor in (payer, stranger):
        with pytest.raises(NotFound):
            await order(counter, wanted(counter), actor)
    with pytest.raises(NotFound):
        await order(counter, wanted(counter, of=HoldingKey(HoldingKind.INTERNET, account.id or 0)))
    assert await counter.all() == []


async def test_a_viewer_may_order_and_the_owner_does_not_see_it(counter: Counter) -> None:
    viewer = await counter.share_with(HoldingRole.VIEWER, "viewer")
    report = await order(counter, wanted(counter), viewer)
    async with counter.database.reading() as session:
        assert [view.report.id for view in await reports(session, viewer)] == [report.id]
        assert await reports(session, counter.olena) == []
        with pytest.raises(NotFound):
            await report_of(session, counter.olena, report.code)


async def test_somebody_elses_key_opens_nothing(counter: Counter) -> None:
    viewer, paper = await counter.share_with(HoldingRole.VIEWER, "viewer"), wanted(counter)
    await order(counter, paper)
    with pytest.raises(NotFound):
        await order(counter, paper, viewer)


async def test_without_a_proof_a_format_or_room_nothing_is_ordered(counter: Counter) -> None:
    with pytest.raises(ProofNeeded):
        await order(counter, wanted(counter), counter.olena)
    with pytest.raises(errors.NoFormat):
        await order(counter, wanted(counter, formats=[]))
    with pytest.raises(Malformed):
        await order(counter, wanted(counter, key="short"))
    with pytest.raises(Malformed):
        await order(counter, wanted(counter, kind=ReportKind.DETAILS))
    for _ in range(OPEN_MOST):
        await order(counter, wanted(counter))
    with pytest.raises(errors.TooManyReports):
        await order(counter, wanted(counter))


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-1", "2026-11-01", "tomorrow", "2026-11'--"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(errors.NotADay):
        parse_month(text)
