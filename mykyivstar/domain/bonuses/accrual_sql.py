"""The statements of the fourth: what each home internet account earned, and whose accounts in the books are missing."""

from typing import Final

from sqlalchemy import Column, MetaData, String

from mykyivstar.db.types import BigId, MoneyType
from mykyivstar.domain.ledger.set_tables import posting_set, temporary

TEMPORARY: Final = MetaData()

# The whole fee of the month of every account that paid one in it.
BONUS_FEE: Final = temporary(
    "bonus_fee",
    TEMPORARY,
    Column("internet_account_id", BigId, autoincrement=False, nullable=False),
    Column("fee", MoneyType, nullable=False),
    key="internet_account_id",
)
BONUS_DAYS: Final = temporary(
    "bonus_days",
    TEMPORARY,
    Column("internet_account_id", BigId, autoincrement=False, nullable=False),
    Column("fee", MoneyType, nullable=False),
    Column("period", String(32), nullable=False),
    Column("days", BigId, nullable=False),
    key="internet_account_id",
)
# What each sum of fee and days comes to; a few rows however many accounts there are.
BONUS_TERM: Final = temporary(
    "bonus_term",
    TEMPORARY,
    Column("id", BigId, autoincrement=False, nullable=False),
    Column("fee", MoneyType, nullable=False),
    Column("period", String(32), nullable=False),
    Column("days", BigId, nullable=False),
    Column("amount", MoneyType, nullable=False),
    key="id",
)
BONUS_POSTING: Final = posting_set("bonus_posting", TEMPORARY)

# A fee that was taken for some days of its period says what the whole one is; a fee that was taken back is none.
_PAID: Final = """
e.account_id = a.id AND e.at >= :start AND e.at < :end AND e.kind = 'tariff_fee' AND e.amount < 0
      AND NOT EXISTS (SELECT 1 FROM operation r WHERE r.reverses_id = e.operation_id
                      AND (r.reverses_entry_id = 0 OR r.reverses_entry_id = e.id))
"""
_FEES: Final = """
INSERT INTO bonus_fee (internet_account_id, fee)
SELECT a.internet_account_id, max(coalesce(json_extract(e.explanation, '$.fee'), -e.amount))
FROM ledger_account a JOIN entry e ON <paid>
WHERE a.internet_account_id BETWEEN :lo AND :hi AND a.unit = 'uah' GROUP BY a.internet_account_id
"""
# Account by account: statistics of yesterday know of no entries of this month, and a planner who believes that there
# are hardly any would read all of them.
_FEES_EACH: Final = """
INSERT INTO bonus_fee (internet_account_id, fee)
SELECT a.internet_account_id, p.fee
FROM ledger_account a CROSS JOIN LATERAL
     (SELECT max(coalesce((e.explanation->>'fee')::bigint, -e.amount)) AS fee FROM entry e WHERE <paid>) p
WHERE a.internet_account_id BETWEEN :lo AND :hi AND a.unit = 'uah' AND p.fee IS NOT NULL
"""
FEES: Final = {
    "sqlite": _FEES.replace("<paid>", _PAID),
    "postgresql": _FEES_EACH.replace("<paid>", _PAID),
}
SUMS: Final = "SELECT DISTINCT fee, period, days FROM bonus_days"
OPENED: Final = """
INSERT INTO ledger_account (code, unit, internet_account_id, balance, floor)
SELECT 'internet:' || d.internet_account_id || ':' || 'bonus', 'bonus', d.internet_account_id, 0, 0
FROM bonus_days d
WHERE NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.internet_account_id = d.internet_account_id
                  AND a.internet_account_id BETWEEN :lo AND :hi AND a.unit = 'bonus')
ORDER BY d.internet_account_id
ON CONFLICT DO NOTHING
"""
# All of the range: a query that also asked whose fee was paid would be planned as if hardly any were there.
ACCOUNTS: Final = "a.unit = 'bonus' AND (a.earned_to IS NULL OR a.earned_to < :earned_to)"
POSTINGS: Final = """
INSERT INTO bonus_posting (account_id, balance, amount, reason)
SELECT a.account_id, a.balance, t.amount, t.id
FROM bonus_days d JOIN bonus_term t ON t.fee = d.fee AND t.period = d.period AND t.days = d.days
     JOIN held_pot a ON a.holder_id = d.internet_account_id
WHERE t.amount > 0
"""
TALLY: Final = "SELECT count(*), coalesce(sum(amount), 0) FROM bonus_posting WHERE amount > 0"
ANNOUNCE: Final = """
INSERT INTO change (subject, at)
SELECT DISTINCT 'internet:' || d.internet_account_id, :at
FROM bonus_days d JOIN holding h ON h.internet_account_id = d.internet_account_id
"""
