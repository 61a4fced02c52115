"""The demo people's card top-ups are payments as real ones are."""

from sqlmodel import col, func, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation
from mykyivstar.domain.payments.crediting import credit_key
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.payments.queries import history
from mykyivstar.kit.money import Money


async def test_olena_finds_her_card_payments_with_their_steps(demo: Database) -> None:
    async with demo.reading() as session:
        olena = (await session.exec(select(Profile).where(Profile.login_key == "380671000001"))).one()
        found = await history(session, Actor(profile_id=olena.id or 0, session_id=1), limit=500)
    assert len(found) > 5
    for view in found:
        assert view.payment.state is PaymentState.CREDITED
        assert [step.state.value for step in view.steps] == ["created", "confirming", "processing", "credited"]
        assert sum(share.amount.kopiykas for share in view.shares) == view.payment.amount.kopiykas
        assert view.payment.card_mask[:6].isdigit()


async def test_each_is_credited_by_its_operation_on_its_account(demo: Database) -> None:
    async with demo.reading() as session:
        payments = (await session.exec(select(Payment))).all()
        for payment in payments[:: max(len(payments) // 20, 1)]:
            rows = await session.exec(
                select(Entry)
                .join(Operation, col(Operation.id) == col(Entry.operation_id))
                .join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
                .where(Operation.key == credit_key(payment.id), Entry.amount > Money.ZERO)
            )
            entry = rows.one()
            assert (entry.amount, entry.at) == (payment.amount, payment.state_at)
            assert entry.explanation["payment_id"] == payment.id
        keys = (await session.exec(select(func.count(func.distinct(Payment.key))))).one()
        assert keys == len(payments)
