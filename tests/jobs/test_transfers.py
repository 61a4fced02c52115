"""The job that ends transfers whose time is over."""

from datetime import timedelta

from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.payments.models import Cause, Failure, Payment, PaymentState, Source
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.payments.states import advance
from mykyivstar.domain.transfers import flow
from mykyivstar.jobs.catalogue import every_job
from mykyivstar.jobs.registry import JobContext
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import make_line, make_person


async def test_every_late_transfer_is_ended_and_no_other(database: Database, clock: FixedClock) -> None:
    at = clock.now()
    async with database.unit_of_work() as session:
        olena, giver = await make_person(session), await make_line(session)
        getter = await make_line(session, "380671000002")
        payer = Payer(profile_id=olena.profile_id, from_line_id=giver.id)
        for number in range(flow.EXPIRED_AT_ONCE + 2):
            # make_payment gives half an hour; the last one began later than the others.
            began = at - timedelta(minutes=30) if number else at
            payment = await make_payment(
                session,
                share(getter, Money.uah(50)),
                key=f"form-{number}",
                source=Source.BALANCE,
                payer=payer,
                at=began,
            )
            await advance(session, payment, PaymentState.CONFIRMING, at=began, cause=Cause.PAYER)
    await every_job().kinds["transfer.expire"].handler(JobContext(database, None, clock), {}, at)  # type: ignore[arg-type]
    async with database.reading() as session:
        found = (await session.exec(select(Payment.key, Payment.state, Payment.failure))).all()
    assert [key for key, state, _ in found if state is PaymentState.CONFIRMING] == ["form-0"]
    ended = [failure for _, state, failure in found if state is PaymentState.FAILED]
    assert ended == [Failure.NOT_FINISHED] * (flow.EXPIRED_AT_ONCE + 1)
