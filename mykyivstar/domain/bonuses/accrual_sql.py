"""The statements of the fourth: what each home internet account earned, and whose accounts in the books are missing."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Column, MetaData, String, Table

from mykyivstar.db.types import BigId, MoneyType

TEMPORARY = MetaData()
_OPTIONS: Mapping[str, Any] = {"prefixes": ["TEMPORARY"], "postgresql_on_commit": "DELETE ROWS"}

# The whole fee of the month of every account that paid one in it.
BONUS_FEE: Final = Table(
    "bonus_fee",
    TEMPORARY,
    Column("internet_account_id", BigId, primary_key=True, autoincrement=False),
    Column("fee", MoneyType, nullable=False),
    **_OPTIONS,
)
BONUS_DAYS: Final = Table(
    "bonus_days",
    TEMPORARY,
    Column("internet_account_id", BigId, primary_key=True, autoincrement=False),
    Column("fee", MoneyType, nullable=False),
    Column("period", String(32), nullable=False),
    Column("days", BigId, nullable=False),
    **_OPTIONS,
)
# What each sum of fee and days comes to; a few rows however many accounts there are.
BONUS_TERM: Final = Table(
    "bonus_term",
    TEMPORARY,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("fee", MoneyType, nullable=False),
    Column("period", String(32), nullable=False),
    Column("days", BigId, nullable=False),
    Column("amount", MoneyType, nullable=False),
    **_OPTIONS,
)

# A fee that was taken for some days of its period says what the whole one is; a fee that was taken back is none.
_FEES: Final = """
INSERT INTO bonus_fee (internet_account_id, fee)
SELECT a.internet_account_id, max(coalesce(<whole>, -e.amount))
FROM ledger_account a JOIN entry e ON e.account_id = a.id AND e.at >= :start AND e.at < :end
WHERE a.internet_account_id BETWEEN :lo AND :hi AND a.unit = 'uah' AND e.kind = 'tariff_fee' AND e.amount < 0
      AND NOT EXISTS (SELECT 1 FROM operation r WHERE r.reverses_id = e.operation_id)
GROUP BY a.internet_account_id
"""
FEES: Final = {
    "sqlite": _FEES.replace("<whole>", "json_extract(e.explanation, '$.fee')"),
    "postgresql": _FEES.replace("<whole>", "(e.explanation->>'fee')::bigint"),
}
SUMS: Final = "SELECT DISTINCT fee, period, days FROM bonus_days"
OPENED: Final = """
INSERT INTO ledger_account (code, unit, internet_account_id, balance, floor)
SELECT 'internet:' || d.internet_account_id || ':' || 'bonus', 'bonus', d.internet_account_id, 0, 0
FROM bonus_days d
WHERE NOT EXISTS (
    SELECT 1 FROM ledger_account a WHERE a.internet_account_id = d.internet_account_id AND a.unit = 'bonus')
ON CONFLICT (code) DO NOTHING
"""
ACCOUNTS: Final = """
SELECT a.id FROM bonus_days d JOIN ledger_account a ON a.internet_account_id = d.internet_account_id
WHERE a.unit = 'bonus'
"""
POSTINGS: Final = """
INSERT INTO posting_set (n, account_id, key, amount, reason)
SELECT row_number() OVER (ORDER BY a.id), a.id, 'bonus:' || d.internet_account_id || ':' || :month, t.amount, t.id
FROM bonus_days d JOIN bonus_term t ON t.fee = d.fee AND t.period = d.period AND t.days = d.days
     JOIN ledger_account a ON a.internet_account_id = d.internet_account_id AND a.unit = 'bonus'
WHERE t.amount > 0 AND NOT EXISTS (
    SELECT 1 FROM operation o WHERE o.key = 'bonus:' || d.internet_account_id || ':' || :month)
"""
TALLY: Final = "SELECT count(*), coalesce(sum(amount), 0) FROM posting_set"
ANNOUNCE: Final = """
INSERT INTO change (subject, at)
SELECT DISTINCT 'internet:' || d.internet_account_id, :at
FROM bonus_days d JOIN holding h ON h.internet_account_id = d.internet_account_id
"""
