"""A fee shares its operation with strangers' fees: what is told of it and given back is its owner's alone."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.expenses.disputes import dispute_entry
from mykyivstar.domain.expenses.errors import NotDisputable
from mykyivstar.domain.expenses.report import dearest
from mykyivstar.domain.expenses.story import story_of
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.models import DisputeState
from mykyivstar.kit.clock import FixedClock, kyiv_date, kyiv_midnight
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.billing import small_world as world
from tests.factories.people import hold, make_person

Neighbours = tuple[Actor, Line, Line, Actor, Line]


@pytest.fixture
async def neighbours(database: Database, clock: FixedClock) -> Neighbours:
    """Olena with two lines, and a stranger; each line paid 150 for its tariff and 30 for a service today."""
    today = kyiv_date(clock.now())
    async with database.unit_of_work() as session:
        olena, stranger = await make_person(session), await make_person(session, "mallory")
        wide, radio = await world.tariff(session), await world.service(session)
        lines = []
        for number, who in enumerate((olena, olena, stranger)):
            line = await world.line(session, wide, 500, today, f"38067100000{number}")
            await hold(session, who, line, position=number)
            await world.connect(session, line, radio, today)
            lines.append(line)
    await carry_out(database, FEES, day=today, at=kyiv_midnight(today))
    return olena, lines[0], lines[1], stranger, lines[2]


async def fee_of(database: Database, line: Line, kind: str) -> Entry:
    async with database.reading() as session:
        query = select(Entry).join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
        return (await session.exec(query.where(LedgerAccount.line_id == line.id, Entry.kind == kind))).one()


async def test_all_of_a_kind_are_of_one_operation(database: Database, neighbours: Neighbours) -> None:
    _, first, second, _, theirs = neighbours
    found = {(await fee_of(database, line, "tariff_fee")).operation_id for line in (first, second, theirs)}
    assert len(found) == 1


async def test_the_story_of_a_fee_tells_of_no_other_fee(database: Database, neighbours: Neighbours) -> None:
    """Not even of one's own: they have nothing to do with each other."""
    olena, first, _, stranger, theirs = neighbours
    fee, other = await fee_of(database, first, "tariff_fee"), await fee_of(database, theirs, "tariff_fee")
    async with database.reading() as session:
        story = await story_of(session, olena, fee.id or 0)
        assert (story.sides, story.taken_back_by, story.takes_back) == ((), None, None)
        with pytest.raises(NotFound):
            await story_of(session, olena, other.id or 0)
        with pytest.raises(NotFound):
            await story_of(session, stranger, fee.id or 0)
        operators = (
            await session.exec(
                select(Entry.id)
                .join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
                .where(Entry.operation_id == fee.operation_id, col(LedgerAccount.line_id).is_(None))
            )
        ).one()
        with pytest.raises(NotFound):
            await story_of(session, olena, operators)


async def test_a_disputed_fee_comes_back_to_its_owner_alone_and_once(
    database: Database, clock: FixedClock, neighbours: Neighbours
) -> None:
    """A service without a yes on record."""
    olena, first, second, stranger, theirs = neighbours
    fee, other = await fee_of(database, first, "service_fee"), await fee_of(database, theirs, "service_fee")
    at = clock.now() + timedelta(hours=1)
    async with database.unit_of_work() as session:
        dispute = await dispute_entry(session, olena, fee.id or 0, at=at)
        assert (dispute.state, (await dispute_entry(session, olena, fee.id or 0, at=at)).id) == (
            DisputeState.CLOSED,
            dispute.id,
        )
    money = [await world.money_of(database, line) for line in (first, second, theirs)]
    assert money == [Money.uah(350), Money.uah(320), Money.uah(320)]
    async with database.reading() as session:
        story = await story_of(session, olena, fee.id or 0)
        assert (story.sides, story.can_be_disputed) == ((), False)
        back = await session.get_one(Entry, story.taken_back_by)
        assert (back.operation_id, back.amount) == (dispute.refund_id, Money.uah(30))
        told = await story_of(session, olena, back.id or 0)
        assert (told.takes_back, told.sides) == (fee.id, ())
        untouched = await story_of(session, stranger, other.id or 0)
        assert (untouched.taken_back_by, untouched.can_be_disputed) == (None, True)
        with pytest.raises(NotFound):
            await story_of(session, stranger, back.id or 0)
    async with database.unit_of_work() as session:
        with pytest.raises(NotDisputable):
            await dispute_entry(session, olena, back.id or 0, at=at)
        # The stranger's own comes back by an operation of its own.
        assert (await dispute_entry(session, stranger, other.id or 0, at=at)).refund_id != dispute.refund_id
    assert await world.money_of(database, theirs) == Money.uah(350)
    assert await world.the_books_hold(database)


async def test_what_was_taken_back_is_not_among_the_dearest_and_the_neighbours_is(
    database: Database, clock: FixedClock, neighbours: Neighbours
) -> None:
    olena, first, second, *_ = neighbours
    fee, kept = await fee_of(database, first, "service_fee"), await fee_of(database, second, "service_fee")
    async with database.unit_of_work() as session:
        await dispute_entry(session, olena, fee.id or 0, at=clock.now() + timedelta(hours=1))
    month = Month.of(clock.now()).period
    async with database.reading() as session:
        assert [entry.amount for entry in await dearest(session, fee.account_id, month)] == [Money.uah(-150)]
        both = [Money.uah(-150), Money.uah(-30)]
        assert [entry.amount for entry in await dearest(session, kept.account_id, month)] == both
        taken_back = await session.exec(select(Operation).where(col(Operation.reverses_id).is_not(None)))
        assert [each.reverses_entry_id for each in taken_back] == [fee.id]
