"""Books to measure with: lines with money on their accounts, made by the migrations and written past the domain."""

import asyncio
from collections.abc import Sequence
from random import Random

from sqlalchemy import insert, text

from mykyivstar.db import schema
from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata  # noqa: F401  -- relations between tables need all of them
from mykyivstar.db.statements import table_of
from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.models import IDS_OF_ONE, Entry, LedgerAccount, Operation, OperationKind, Unit
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

FIRST_NUMBER = 380_676_000_000
# Never missed by what a measurement moves.
EACH_HAS = Money.uah(1_000_000)
# One request in twenty is sent again, with the same key and content: networks and impatient fingers do that.
RESENT = 0.05


def opened(url: str, accounts: int, *, each_has: Money = EACH_HAS) -> list[int]:
    """Migrate this database and open so many accounts in it; their ids."""

    async def opening() -> list[int]:
        await schema.upgrade(url)
        database = Database(url)
        try:
            return await _open(database, accounts, each_has)
        finally:
            await database.dispose()

    return asyncio.run(opening())


async def _open(database: Database, count: int, each_has: Money) -> list[int]:
    at = SystemClock().now()
    async with database.unit_of_work() as session:
        connection = await session.connection()
        session.add_all(Line(msisdn=Msisdn(str(FIRST_NUMBER + number))) for number in range(count))
        await session.flush()
        line_ids = list(await connection.scalars(text("SELECT id FROM line ORDER BY id")))
        opening = await system_account(session, SystemAccount.OPENING)
        rows = [
            {"code": f"line:{line_id}:uah", "unit": Unit.UAH, "line_id": line_id, "floor": Money.ZERO}
            for line_id in line_ids
        ]
        await connection.execute(insert(table_of(LedgerAccount)), [row | {"balance": each_has} for row in rows])
        ids = list(
            await connection.scalars(text("SELECT id FROM ledger_account WHERE line_id IS NOT NULL ORDER BY id"))
        )
        total = Money(-each_has.kopiykas * count)
        opening.balance = total
        kind = OperationKind.OPENING_BALANCE
        operations = [Operation(key=f"opening:{key}", request_hash="", kind=kind, at=at) for key in ids]
        session.add_all(operations)
        await session.flush()
        facts = {"at": at, "kind": kind, "category": kind.value, "explanation": {}}
        entries, left = [], Money.ZERO
        for key, operation in zip(ids, operations, strict=True):
            left -= each_has
            sides = ((key, each_has, each_has), (opening.id, -each_has, left))
            for place, (account_id, amount, after) in enumerate(sides):
                one = {"id": (operation.id or 0) * IDS_OF_ONE + place, "operation_id": operation.id}
                entries.append(facts | one | {"account_id": account_id, "amount": amount, "balance_after": after})
        await connection.execute(insert(table_of(Entry)), entries)
    return ids


class Requests:
    """What one client asks for: a key, two accounts and kopiykas; now and then the same again."""

    def __init__(self, name: str, accounts: Sequence[int]) -> None:
        self._rng = Random(name)
        self._name = name
        self._accounts = accounts
        self._number = 0
        self._last: tuple[str, int, int, int] | None = None

    def next(self) -> tuple[str, int, int, int]:
        """The next request."""
        if self._last is not None and self._rng.random() < RESENT:
            return self._last
        source, target = self._rng.sample(self._accounts, 2)
        self._number += 1
        self._last = f"{self._name}:{self._number}", source, target, self._rng.randrange(100, 10_000)
        return self._last
