"""A million who pay: 65 % prepaid lines, 10 % contract lines, 25 % home internet, all of them due on one day.

Written past the domain by statements of their own; the books hold: everybody's money came by an opening operation.
One prepaid line in eight has not enough, one internet account in fifty was off for some days of the month.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from mykyivstar.db import schema
from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata  # noqa: F401  -- relations between tables need all of them
from mykyivstar.domain.catalogue.models import FeePeriod, Tariff, TariffKind
from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.models import IDS_OF_ONE
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money

#: The day on which everybody's fee is due, and the fourth after its month.
DAY, FOURTH = date(2026, 12, 1), date(2027, 1, 4)
TARIFFS = 20
PACKAGE = [{"kind": "data", "amount": 20 * 1024**3}, {"kind": "minutes_ukraine", "amount": 36_000}]

_SERIES = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) ",
    "postgresql": "WITH n AS (SELECT i FROM generate_series(1, :count) AS i) ",
}
_LINES = """INSERT INTO line (msisdn, brand, payment, state, tariff_id, next_charge_at)
<series> SELECT '380' || (660000000 + i), 'kyivstar', CASE WHEN i % 15 < 2 THEN 'contract' ELSE 'prepaid' END, 'active',
1 + i % :tariffs, :due FROM n"""
_ACCOUNTS = """INSERT INTO internet_account (number, contract_phone, address, state, tariff_id, disconnect_threshold,
next_charge_at)
<series> SELECT '00' || (10000000 + i), '380671000001', '', 'active', 1 + :tariffs + i % :tariffs, -100000, :due
FROM n"""
_POTS = """INSERT INTO ledger_account (code, unit, line_id, balance, floor)
SELECT 'line:' || id || ':' || 'uah', 'uah', id, CASE WHEN payment = 'prepaid' AND id % 8 = 0 THEN 100 ELSE 100000 END,
CASE WHEN payment = 'prepaid' THEN 0 END FROM line ORDER BY id"""
_INTERNET_POTS = """INSERT INTO ledger_account (code, unit, internet_account_id, balance, floor)
SELECT 'internet:' || id || ':' || 'uah', 'uah', id, 100000, 0 FROM internet_account ORDER BY id"""
_OPERATIONS = """INSERT INTO operation (id, key, request_hash, kind, at)
SELECT id, 'opening:' || id, '', 'opening_balance', :before FROM ledger_account WHERE balance <> 0 ORDER BY id"""
_ENTRIES = """INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)
SELECT a.id * :ids_of_one + side.n, a.id, CASE side.n WHEN 0 THEN a.id ELSE :opening END, 'opening_balance',
'opening_balance', CASE side.n WHEN 0 THEN a.balance ELSE -a.balance END,
CASE side.n WHEN 0 THEN a.balance ELSE -a.total END, :before, '{}'
FROM (SELECT id, balance, sum(balance) OVER (ORDER BY id) AS total FROM ledger_account WHERE balance <> 0) a
CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1) side"""
_OPENING = """UPDATE ledger_account SET balance = -(SELECT sum(balance) FROM ledger_account) WHERE id = :opening"""
_OFF = """INSERT INTO internet_period (internet_account_id, state, cause, since, until, first_day, last_day)
SELECT id, s.state, 'found', :before, s.until, s.first_day, s.last_day FROM internet_account
CROSS JOIN (SELECT 'active' AS state, CAST(:off AS <moment>) AS until, :first AS first_day, :second - 1 AS last_day
UNION ALL SELECT 'off_for_debt', CAST(:on AS <moment>), :second, :third - 1
UNION ALL SELECT 'active', CAST(NULL AS <moment>), :third, NULL) s
WHERE internet_account.id % 50 = 0 ORDER BY internet_account.id, s.first_day"""


def opened(url: str, count: int) -> None:
    """Migrate this database and let so many live in it."""

    async def opening() -> None:
        await schema.upgrade(url)
        database = Database(url)
        try:
            await _fill(database, count)
        finally:
            await database.dispose()

    asyncio.run(opening())


def tariffs() -> Sequence[Tariff]:
    """Mobile ones with packages for four weeks, then those of home internet by the month."""
    mobile = [
        Tariff(
            code=f"mobile-{number}",
            kind=TariffKind.MOBILE,
            name={},
            fee=Money.uah(90 + 10 * number),
            fee_period=FeePeriod.FOUR_WEEKS,
            package=PACKAGE,
        )
        for number in range(TARIFFS)
    ]
    home = [
        Tariff(code=f"home-{number}", kind=TariffKind.INTERNET, name={}, fee=Money.uah(100 + 10 * number))
        for number in range(TARIFFS)
    ]
    return [*mobile, *home]


async def _fill(database: Database, count: int) -> None:
    async with database.storing_much(), database.unit_of_work() as session:
        for tariff in tariffs():
            session.add(tariff)
            await session.flush()
        opening = await system_account(session, SystemAccount.OPENING)
        connection = await session.connection()
        if connection.dialect.name == "postgresql":
            # Checks of foreign keys keep the plan that they made when the table was empty.
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        internet = count // 4
        midnight = kyiv_midnight(DAY)
        days = {
            "first": DAY - timedelta(days=300),
            "second": DAY + timedelta(days=9),
            "third": DAY + timedelta(days=19),
        }
        values = {name: day.toordinal() for name, day in days.items()}
        moments = {"due": midnight, "before": midnight - timedelta(days=300)}
        moments |= {"off": midnight + timedelta(days=9), "on": midnight + timedelta(days=19)}
        values |= {"tariffs": TARIFFS, "opening": opening.id, "ids_of_one": IDS_OF_ONE}
        await _run(connection, _LINES, values | {"count": count - internet} | moments)
        await _run(connection, _ACCOUNTS, values | {"count": internet} | moments)
        for statement in (_POTS, _INTERNET_POTS, _OPERATIONS, _ENTRIES, _OPENING, _OFF):
            await _run(connection, statement, values | moments)
        if connection.dialect.name == "postgresql":
            await connection.execute(text("SELECT setval('operation_id_seq', (SELECT max(id) FROM operation))"))


async def _run(connection: AsyncConnection, statement: str, values: dict[str, object]) -> None:
    name = connection.dialect.name
    moment = {"sqlite": "text", "postgresql": "timestamptz"}[name]
    whole = statement.replace("<series>", _SERIES[name]).replace("<moment>", moment)
    if name == "postgresql":
        whole = whole.replace("'{}'", "'{}'::json")
    asked = {key: value for key, value in values.items() if f":{key}" in whole}
    if name == "sqlite":
        asked = {key: _written(value) for key, value in asked.items()}
    await connection.execute(text(whole), asked)


def _written(value: object) -> object:
    """A moment as SQLite keeps it."""
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if hasattr(value, "strftime") else value
