"""`mykyivstar refund-payment` asks for the money to go back, once, and says when it cannot."""

import asyncio

import pytest
from click.testing import CliRunner
from sqlmodel import select

from mykyivstar import wiring
from mykyivstar.cli import main
from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause, Payment
from mykyivstar.domain.payments.refunds import REFUND_JOB
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import LONG_AGO, make_line


@pytest.fixture
def payments(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A credited payment (1) and one that was never paid (2)."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)

    async def prepare() -> None:
        async with database.unit_of_work() as session:
            line = await make_line(session)
            paid = await make_payment(session, share(line, Money.uah(50)), key="paid")
            paid.invoice_id, paid.acquirer = "inv-1", "bank"
            await credit(session, paid, at=LONG_AGO, cause=Cause.NOTICE)
            await make_payment(session, share(line, Money.uah(50)), key="unpaid")
        await database.dispose()

    asyncio.run(prepare())
    return database


async def asked_for(database: Database) -> tuple[list[dict[str, object]], bool]:
    async with database.reading() as session:
        jobs = (await session.exec(select(Job).where(Job.kind == REFUND_JOB))).all()
        first = await session.get_one(Payment, 1)
        return [job.payload for job in jobs], first.refund_asked_at is not None


def test_a_paid_one_goes_back_once(payments: Database) -> None:
    for _ in range(2):
        done = CliRunner().invoke(main, ["refund-payment", "1"])
        assert (done.exit_code, done.output) == (0, "Payment 1 is on its way back.\n")
    assert asyncio.run(asked_for(payments)) == ([{"payment_id": 1, "acquirer": "bank"}], True)


@pytest.mark.parametrize(("payment_id", "word"), [("2", "gone on in the meantime"), ("77", "could not find")])
def test_an_unpaid_and_an_unknown_one_are_refused(payments: Database, payment_id: str, word: str) -> None:
    done = CliRunner().invoke(main, ["refund-payment", payment_id])
    assert done.exit_code == 1
    assert word in done.output
    assert asyncio.run(asked_for(payments)) == ([], False)
