"""What the rows of a fee cost by themselves: bare INSERT … SELECT of the same rows into the same tables.

Nothing is looked at: not who is due, whether there is money, which tariff it is, whether it was taken before. Tables,
indexes, triggers, foreign keys and the size of a transaction are the same. A run cannot be faster.
"""

import time
from datetime import timedelta

from sqlalchemy import bindparam, text

from benchmarks.billing.people import DAY
from mykyivstar.db.database import Database
from mykyivstar.db.types import UtcDateTime
from mykyivstar.domain.billing.runs import BATCHES
from mykyivstar.domain.ledger.bulk import MOST
from mykyivstar.kit.clock import kyiv_midnight

_FEES = "SELECT id FROM ledger_account WHERE code = 'system:fees:uah'"
_FREE, _LAST = "SELECT max(id) FROM operation", "SELECT max(id) FROM line"
_PAYING = "l.id BETWEEN :lo AND :hi"
_WHY = (
    '{"rule": "tariff/mobile-10", "period": "2026-12-01/2026-12-28",'
    ' "net": 14070, "vat": 2814, "pension_fund_duty": 1055}'
)
_ROWS = (
    f"""INSERT INTO operation (id, key, request_hash, kind, at)
SELECT DISTINCT :free + l.id / {MOST}, 'floor:' || (:free + l.id / {MOST}), 'set', 'tariff_fee', :at
FROM line l WHERE {_PAYING} AND (l.id = :lo OR l.id % {MOST} = 0)""",
    f"""INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)
SELECT (:free + l.id / {MOST}) * 1024 + l.id % {MOST}, :free + l.id / {MOST}, a.id, 'tariff_fee', 'tariff_fee', -1,
a.balance - 1, :at, <why>
FROM line l JOIN ledger_account a ON a.line_id = l.id AND a.unit = 'uah' WHERE {_PAYING} ORDER BY l.id""",
    f"""INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)
SELECT o.id * 1024 + {MOST}, o.id, :fees, 'tariff_fee', 'tariff_fee', 1, 1, :at, <why>
FROM operation o WHERE o.id BETWEEN :free + :lo / {MOST} AND :free + :hi / {MOST}""",
    "UPDATE ledger_account SET balance = balance - 1 WHERE line_id BETWEEN :lo AND :hi AND unit = 'uah'",
    f"""INSERT INTO allowance (line_id, kind, source, granted, "left", is_unlimited, expires_at)
SELECT l.id, k.kind, 'floor', 1, 1, <no>, :at FROM line l
CROSS JOIN (SELECT 'data' AS kind UNION ALL SELECT 'minutes_ukraine') k WHERE {_PAYING} ORDER BY l.id""",
    "UPDATE line SET next_charge_at = :at, last_fee_on = 1 WHERE id BETWEEN :lo AND :hi",
)


async def rows_alone(url: str, count: int) -> tuple[float, int]:
    """The rows of a fee of so many lines; in how many seconds, and of how many. Spoils the books."""
    database = Database(url)
    moment = bindparam("at", type_=UtcDateTime())
    at, name = kyiv_midnight(DAY) + timedelta(days=30), "sqlite" if database.is_sqlite else "postgresql"
    why, no = {"sqlite": (f"'{_WHY}'", "0"), "postgresql": (f"'{_WHY}'::json", "false")}[name]
    async with database.reading() as session:
        fees = (
            await session.execute(text("SELECT id FROM ledger_account WHERE code = 'system:fees:uah'"))
        ).scalar_one()
        free = (await session.execute(text(_FREE))).scalar_one()
        last = (await session.execute(text("SELECT max(id) FROM line"))).scalar_one()
    done, last = 0, min(last, count)
    begun = time.perf_counter()
    async with database.storing_much():
        while done < last:
            values = {"lo": done + 1, "hi": min(done + BATCHES[name], last), "free": free, "fees": fees, "at": at}
            # A transaction begins an operation of its own: its numbers leave one out.
            free = values["free"] = free + 1
            async with database.unit_of_work() as session:
                connection = await session.connection()
                for row in _ROWS:
                    whole = row.replace("<why>", why.replace(":", "\\:")).replace("<no>", no)
                    asked = {key: value for key, value in values.items() if f":{key}" in row}
                    typed = text(whole).bindparams(moment) if "at" in asked else text(whole)
                    await connection.execute(typed, asked)
            done = values["hi"]
    seconds = time.perf_counter() - begun
    await database.dispose()
    return seconds, last
