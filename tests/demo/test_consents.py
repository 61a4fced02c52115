"""The demo people agreed to their services; to one thing that was charged nobody did."""

from datetime import timedelta

from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.expenses.consent import Basis, ground_of
from mykyivstar.domain.expenses.disputes import dispute_entry
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.lines.models import Holding
from mykyivstar.domain.payments.models import DisputeState
from mykyivstar.kit.money import Money
from tests.demo.conftest import NOON


async def charges(session, *conditions):
    rows = await session.exec(
        select(Entry, LedgerAccount)
        .join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
        .join(Holding, col(Holding.line_id) == col(LedgerAccount.line_id))
        .where(LedgerAccount.unit == Unit.UAH, Entry.amount < Money.ZERO, *conditions)
        .order_by(col(Entry.at))
    )
    return rows.all()


async def test_every_fee_of_a_service_rests_on_a_yes(demo: Database) -> None:
    async with demo.reading() as session:
        fees = await charges(session, Entry.kind == OperationKind.SERVICE_FEE)
        grounds = [await ground_of(session, entry, account) for entry, account in fees]
    assert len(grounds) > 10
    assert {ground.basis for ground in grounds} == {Basis.AGREED}


async def test_the_daughters_paid_content_is_back_as_soon_as_it_is_disputed(demo: Database) -> None:
    async with demo.unit_of_work() as session:
        olena = (await session.exec(select(Profile).where(Profile.login_key == "380671000001"))).one()
        [(entry, _)] = await charges(session, Entry.category == "paid_content")
        assert entry.at > NOON - timedelta(days=60)
        dispute = await dispute_entry(session, Actor(olena.id or 0, 1), entry.id or 0, at=NOON)
        assert (dispute.state, dispute.refund_id is not None) == (DisputeState.CLOSED, True)
