"""One measurement in a process that may be killed: `fees`, `bonuses`, `rows`, one account after another, or `floor`.

    python -m benchmarks.billing.measure fees URL
    python -m benchmarks.billing.measure rows URL 300
    python -m benchmarks.billing.measure floor URL 100000

Prints what it did and how long it took as JSON.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import text
from sqlmodel import col, select

from benchmarks.billing.floor import rows_alone
from benchmarks.billing.people import DAY, FOURTH
from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata  # noqa: F401  -- relations between tables need all of them
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.billing.terms import Holds, Price, term
from mykyivstar.domain.bonuses.accrual import BONUSES
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.ledger.models import IDS_OF_ONE, Entry, LedgerAccount, Operation, Unit
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.usage.models import Allowance, AllowanceKind
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money

_FEES_ACCOUNT = "system:fees:uah"


@dataclass(frozen=True)
class Measured:
    """What was done in how many seconds."""

    seconds: float
    done: int
    waiting: int


async def run(url: str, name: str) -> Measured:
    """The whole run of the day, from where it is."""
    database = Database(url)
    begun = time.perf_counter()
    if name == "fees":
        tally = await carry_out(database, FEES, day=DAY, at=kyiv_midnight(DAY))
    else:
        tally = await carry_out(database, BONUSES, day=FOURTH, at=kyiv_midnight(FOURTH) + timedelta(hours=9))
    seconds = time.perf_counter() - begun
    await database.dispose()
    return Measured(seconds, tally.total.taken, tally.total.waiting)


async def rows(url: str, count: int) -> Measured:
    """The same fees as one would write them at first: a transaction with objects for each line.

    It takes the last lines, and they are due no more afterwards: the run leaves them alone.
    """
    database = Database(url)
    async with database.unit_of_work() as session:
        await (await session.connection()).execute(
            text(
                "INSERT INTO ledger_account (code, unit, balance) VALUES ('system:fees:uah', 'uah', 0)"
                " ON CONFLICT (code) DO NOTHING"
            )
        )
    async with database.reading() as session:
        ids = (await session.exec(select(col(Line.id)).order_by(col(Line.id).desc()).limit(count))).all()
    begun = time.perf_counter()
    done = sum([await _one(database, line_id or 0) for line_id in ids])
    seconds = time.perf_counter() - begun
    await database.dispose()
    return Measured(seconds, done, len(ids) - done)


async def _one(database: Database, line_id: int) -> bool:
    async with database.unit_of_work() as session:
        line = await session.get_one(Line, line_id, with_for_update=True)
        tariff = await session.get_one(Tariff, line.tariff_id)
        assert line.next_charge_at is not None
        fee = term(Price.of(tariff), line.next_charge_at, line.charge_day, day=DAY, holds=Holds.LINE)
        theirs = select(LedgerAccount).where(LedgerAccount.line_id == line_id, LedgerAccount.unit == Unit.UAH)
        pot = (await session.exec(theirs.with_for_update())).one()
        fees = (
            await session.exec(select(LedgerAccount).where(LedgerAccount.code == _FEES_ACCOUNT).with_for_update())
        ).one()
        if pot.floor is not None and pot.balance - fee.amount < pot.floor:
            return False
        at, kind = line.next_charge_at, Price.of(tariff).kind
        operation = Operation(key=f"fee:line:{line_id}:tariff:{fee.due_on:%Y%m%d}", request_hash="", kind=kind, at=at)
        session.add(operation)
        await session.flush()
        for place, (account, amount) in enumerate(((pot, -fee.amount), (fees, fee.amount))):
            account.balance += amount
            session.add(account)
            session.add(
                Entry(
                    id=(operation.id or 0) * IDS_OF_ONE + place,
                    operation_id=operation.id or 0,
                    account_id=account.id or 0,
                    kind=kind,
                    category=kind.value,
                    amount=amount,
                    balance_after=account.balance,
                    at=at,
                    explanation=dict(fee.explanation),
                )
            )
        for part in tariff.package:
            session.add(
                Allowance(
                    line_id=line_id,
                    kind=AllowanceKind(part["kind"]),
                    source=tariff.code,
                    granted=part["amount"],
                    left=part["amount"],
                    expires_at=fee.lasts_until or at,
                )
            )
        line.next_charge_at, line.charge_day = fee.next_at, fee.charge_day
        session.add(line)
    return fee.amount > Money.ZERO


def main() -> None:
    name, url, *more = sys.argv[1:]
    match name:
        case "rows":
            measured = asyncio.run(rows(url, int(more[0])))
        case "floor":
            seconds, done = asyncio.run(rows_alone(url, int(more[0])))
            measured = Measured(seconds, done, 0)
        case _:
            measured = asyncio.run(run(url, name))
    print(json.dumps(asdict(measured)))


if __name__ == "__main__":
    main()
