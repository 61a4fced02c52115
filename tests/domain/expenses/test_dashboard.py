"""What a month has cost on the dashboard and in the report is the same."""

from mykyivstar.db.database import Database
from mykyivstar.domain.expenses.report import month_report
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.overview.queries import overview
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.expenses.moving import move
from tests.factories.people import hold, make_line, make_person


async def test_a_fee_that_was_taken_back_counts_in_neither(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
        await move(session, line, -15_000, at=clock.now(), kind=OperationKind.TARIFF_FEE)
        fee = await move(session, line, -2_900, at=clock.now(), kind=OperationKind.SERVICE_FEE)
        await reverse(session, key="back", of=fee.operation_id, at=clock.now(), explanation={})
    async with database.reading() as session:
        key = HoldingKey(HoldingKind.LINE, line.id or 0)
        found = await month_report(session, actor, key, Month.of(clock.now()), at=clock.now())
        seen = await overview(session, actor, clock.now())
    assert (found.line.spent, seen.parts[0].month_cost) == (Money.uah(150), Money.uah(150))
