"""Rows that come by the ten thousand have their parents, on both databases, whoever writes and deletes."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.service import SystemAccount, system_account
from mykyivstar.domain.usage.models import Allowance, AllowanceKind
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.people import make_account, make_line, put_money

OPERATION = "INSERT INTO operation (id, key, request_hash, kind, at) VALUES (900, 'k', '', 'usage', '2026-11-22')"
ENTRIES = (
    "INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)"
    " SELECT o.id * 1024, o.id, a.id, 'usage', 'usage', 1, 1, '2026-11-22', '{}'"
    " FROM (SELECT 900 AS id UNION ALL SELECT %s) o CROSS JOIN (SELECT min(id) AS id FROM ledger_account) a"
)
ORPHANS = {
    "an entry without its operation": ENTRIES % 901,
    "an entry without its account": ENTRIES.replace("min(id)", "max(id) + 1") % 900,
    "what takes back nothing": "INSERT INTO operation (key, request_hash, kind, at, reverses_id)"
    " VALUES ('back', '', 'reversal', '2026-11-22', 999)",
    "a package of no line": 'INSERT INTO allowance (line_id, kind, source, granted, "left", is_unlimited, expires_at)'
    " SELECT 901, kind, 'none', granted, \"left\", is_unlimited, expires_at FROM allowance",
    "an account of no line": "INSERT INTO ledger_account (code, unit, line_id, balance) VALUES ('l', 'uah', 901, 0)",
    "an account of no internet": "INSERT INTO ledger_account (code, unit, internet_account_id, balance)"
    " VALUES ('i', 'uah', 901, 0)",
    "a package moved to no line": "UPDATE allowance SET line_id = 901",
    "an account moved to no line": "UPDATE ledger_account SET line_id = 901 WHERE line_id IS NOT NULL",
    "a line with an account gone": "DELETE FROM line WHERE id = (SELECT max(line_id) FROM ledger_account)",
    "a line with a package gone": "DELETE FROM line WHERE id = (SELECT max(line_id) FROM allowance)",
    "a line with a package renumbered": "UPDATE line SET id = 901 WHERE id = (SELECT max(line_id) FROM allowance)",
    "internet with an account gone": "DELETE FROM internet_account",
    "an account with entries gone": "DELETE FROM ledger_account WHERE id IN (SELECT account_id FROM entry)",
    "an account with entries renumbered": "UPDATE ledger_account SET id = 901 WHERE line_id IS NOT NULL",
}


async def people(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        await put_money(session, await make_line(session), Money.uah(5))
        await put_money(session, await make_account(session), Money.uah(5))
        line = await make_line(session, "380671000002")
        fields = {"source": "wide", "granted": 1, "left": 1, "expires_at": clock.now()}
        session.add(Allowance(line_id=line.id or 0, kind=AllowanceKind.DATA, **fields))
        await system_account(session, SystemAccount.FEES)


async def run(database: Database, *statements: str) -> None:
    async with database.unit_of_work() as session:
        for statement in statements:
            await (await session.connection()).execute(text(statement))


async def test_nothing_refers_to_what_is_not_there(database: Database, clock: FixedClock) -> None:
    await people(database, clock)
    let_through = []
    for what, statement in ORPHANS.items():
        try:
            await run(database, OPERATION, statement)
        except IntegrityError:
            continue
        let_through.append(what)
    assert let_through == []
    await run(database, OPERATION, (ENTRIES % 900).replace("UNION ALL SELECT 900", ""))
    await run(database, "DELETE FROM allowance", "DELETE FROM line WHERE msisdn = '380671000002'")


@pytest.mark.postgres
async def test_a_parent_cannot_go_while_a_row_of_it_is_on_its_way(postgres_url: str, clock: FixedClock) -> None:
    """The row is written and not committed; whoever takes the line away waits, and is refused then."""
    database = Database(postgres_url, clock=clock)
    async with database.unit_of_work() as session:
        line = await make_line(session)
    row = 'INSERT INTO allowance (line_id, kind, source, granted, "left", is_unlimited, expires_at)'
    async with database.unit_of_work() as session:
        await (await session.connection()).execute(text(f"{row} VALUES ({line.id}, 'data', '', 1, 1, false, now())"))
        going = asyncio.create_task(run(database, "DELETE FROM line"))
        assert not (await asyncio.wait({going}, timeout=0.3))[0]
    with pytest.raises(IntegrityError):
        await going
    await database.dispose()
