"""`mykyivstar prove-ledger` says whether the books are right, to people and to scripts."""

import asyncio
import sqlite3

import pytest
from click.testing import CliRunner

from mykyivstar import wiring
from mykyivstar.cli import main
from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.service import Leg, SystemAccount, post, system_account
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money


@pytest.fixture
def database(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Books with one operation between two of the operator's accounts."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)

    async def prepare() -> None:
        async with database.unit_of_work() as session:
            fees = await system_account(session, SystemAccount.FEES)
            usage = await system_account(session, SystemAccount.USAGE)
            legs = [Leg(fees.id, Money.uah(-5)), Leg(usage.id, Money.uah(5))]
            await post(session, key="t", kind=OperationKind.ADJUSTMENT, at=clock.now(), legs=legs)
        await database.dispose()

    asyncio.run(prepare())
    return database


def test_right_books_end_with_0(database: Database) -> None:
    done = CliRunner().invoke(main, ["prove-ledger"])
    assert (done.exit_code, done.output) == (0, "The books are right: 2 accounts.\n")


def test_wrong_books_end_with_1_and_are_named(database: Database) -> None:
    with sqlite3.connect(database.url.database) as connection:
        connection.execute("UPDATE ledger_account SET balance = 501 WHERE code = 'system:usage:uah'")
    done = CliRunner().invoke(main, ["prove-ledger"])
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        "system:usage:uah: 501 kopiykas, entries 500",
        "all accounts of uah sum to 1, not to zero",
    ]
