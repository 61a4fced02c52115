"""The statements that take fees of a range of lines or internet accounts; both databases read them alike.

`due_holder` is who has anything due, `due_item` what that is, in the order in which it is taken (`place`: the tariff
first, then services in the order of the catalogue), `fee_term` what each fee comes to, and `due_fee` the items of one
place with what became of them. Places are done one after the other, because each begins with what the last one left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mykyivstar.domain.billing.terms import Holds


@dataclass(frozen=True, slots=True)
class Statements:
    """Of one kind of holder. Values are asked by name: lo, hi, before, place, day, at.

    Large tables are asked for the range of holders wherever they are joined: whatever a planner believes about the
    other side, it then reads a part of an index and never the whole table.
    """

    holders: str
    hold_holders: str
    items: str
    savers: str
    new_terms: str
    column: str
    accounts: str
    fees: str
    spent: str
    hold_back: str
    move_tariffs: str
    move_services: str
    forget_packages: str
    grant_packages: str
    note_unpaid: str
    forget_unpaid: str
    announce: str
    tally: str


def statements(holds: Holds) -> Statements:
    """Written for lines or for internet accounts."""
    words = _WORDS[holds]
    return Statements(**{name: _filled(text, words) for name, text in _TEXTS.items()})


_WORDS: Mapping[Holds, Mapping[str, str]] = {
    Holds.LINE: {
        "holder": "line",
        "column": "line_id",
        "name": "line",
        "alive": "h.state <> 'inactive'",
        # A contract line has no floor. What stands aside for the tariff may be taken for it, and for nothing else (O2).
        "missing": "t.amount + a.floor + CASE WHEN i.connection_id IS NOT NULL THEN coalesce(k.amount, 0) - a.balance"
        " WHEN k.amount > a.balance THEN -k.amount ELSE -a.balance END",
        "lock": "LEFT JOIN locked_money k ON k.line_id = i.holder_id",
    },
    Holds.INTERNET: {
        "holder": "internet_account",
        "column": "internet_account_id",
        "name": "internet",
        "alive": "h.state = 'active'",
        # It is taken, and who comes below the threshold is switched off (H1).
        "missing": "0",
        "lock": "",
    },
}

#: Holds whom `holders` finds, on PostgreSQL.
HELD: Final = "FOR NO KEY UPDATE OF h"

_TEXTS: Mapping[str, str] = {
    "holders": """
INSERT INTO due_holder
SELECT h.id FROM <holder> h
WHERE h.id BETWEEN :lo AND :hi AND <alive> AND (
    h.next_charge_at < :before OR EXISTS (
        SELECT 1 FROM service_connection c
        WHERE c.<column> = h.id AND c.ended_at IS NULL AND c.next_charge_at < :before))
ORDER BY h.id
""",
    "items": """
INSERT INTO due_item (holder_id, place, connection_id, price_id, due_at, charge_day, last_fee_on)
SELECT h.id, 0, NULL, h.tariff_id, h.next_charge_at, coalesce(h.charge_day, 0), h.last_fee_on
FROM due_holder d JOIN <holder> h ON h.id = d.id
WHERE h.id BETWEEN :lo AND :hi AND h.tariff_id IS NOT NULL AND h.next_charge_at < :before AND <alive>
UNION ALL
SELECT c.<column>, row_number() OVER (PARTITION BY c.<column> ORDER BY s.position, c.id), c.id, s.id,
       c.next_charge_at, coalesce(c.charge_day, 0), c.last_fee_on
FROM service_connection c CROSS JOIN due_holder d CROSS JOIN <holder> h CROSS JOIN service s
WHERE c.<column> BETWEEN :lo AND :hi AND c.ended_at IS NULL AND c.next_charge_at < :before
      AND d.id = c.<column> AND h.id = d.id AND s.id = c.service_id AND <alive>
""",
    "hold_holders": """
SELECT count(*) FROM (SELECT h.id FROM <holder> h JOIN due_holder d ON d.id = h.id WHERE h.id BETWEEN :lo AND :hi
                      ORDER BY h.id FOR NO KEY UPDATE OF h) held
""",
    "savers": """
SELECT DISTINCT i.holder_id FROM due_item i JOIN tariff_lock k ON k.line_id = i.holder_id WHERE i.place >= :place
""",
    "new_terms": """
SELECT DISTINCT connection_id IS NULL, price_id, due_at, charge_day FROM due_item
""",
    "column": "<column>",
    "accounts": "a.unit = 'uah'",
    "fees": """
INSERT INTO due_fee (account_id, balance, amount, reason, holder_id, connection_id, missing, is_taken)
SELECT w.account_id, w.balance, CASE WHEN w.missing > 0 OR w.is_spent THEN 0 ELSE -w.amount END, w.term_id, w.holder_id,
       w.connection_id, CASE WHEN w.missing > 0 THEN w.missing ELSE 0 END, w.missing <= 0
FROM (SELECT i.holder_id, i.connection_id, a.account_id, a.balance, t.id AS term_id, t.amount,
             coalesce(i.last_fee_on >= t.due_on, false) AS is_spent,
             CASE WHEN t.amount = 0 THEN 0 ELSE coalesce(<missing>, 0) END AS missing
      FROM due_item i
      JOIN fee_term t ON t.is_tariff = (i.connection_id IS NULL) AND t.price_id = i.price_id AND t.due_at = i.due_at
                         AND t.charge_day = i.charge_day
      JOIN held_pot a ON a.holder_id = i.holder_id
      <lock>
      WHERE i.place = :place AND NOT EXISTS (SELECT 1 FROM held_back b WHERE b.id = i.holder_id)) w
""",
    "spent": """
UPDATE held_pot SET balance = held_pot.balance + f.amount
FROM due_fee f WHERE held_pot.holder_id = f.holder_id AND f.amount <> 0
""",
    "hold_back": """
INSERT INTO held_back SELECT holder_id FROM due_fee WHERE NOT is_taken
""",
    "move_tariffs": """
UPDATE <holder> SET next_charge_at = t.next_at, charge_day = t.next_charge_day,
    last_fee_on = CASE WHEN <holder>.last_fee_on > t.due_on THEN <holder>.last_fee_on ELSE t.due_on END
FROM due_fee f JOIN fee_term t ON t.id = f.reason
WHERE <holder>.id = f.holder_id AND <holder>.id BETWEEN :lo AND :hi AND f.is_taken
""",
    "move_services": """
UPDATE service_connection
SET next_charge_at = t.next_at, charge_day = t.next_charge_day,
    last_fee_on = CASE WHEN service_connection.last_fee_on > t.due_on THEN service_connection.last_fee_on
                       ELSE t.due_on END,
    ended_at = CASE WHEN t.next_at IS NULL THEN t.lasts_until END
FROM due_fee f JOIN fee_term t ON t.id = f.reason
WHERE service_connection.id = f.connection_id AND f.is_taken
""",
    "forget_packages": """
DELETE FROM allowance WHERE line_id BETWEEN :lo AND :hi AND (line_id, source) IN (
    SELECT f.holder_id, t.code FROM due_fee f JOIN fee_term t ON t.id = f.reason
    WHERE f.is_taken AND t.lasts_until IS NOT NULL)
""",
    "grant_packages": """
INSERT INTO allowance (line_id, kind, source, granted, "left", is_unlimited, expires_at)
SELECT f.holder_id, p.kind, t.code, p.amount, p.amount, p.is_unlimited, t.lasts_until
FROM due_fee f JOIN fee_term t ON t.id = f.reason JOIN fee_part p ON p.term_id = t.id
WHERE f.is_taken AND t.lasts_until IS NOT NULL
""",
    "note_unpaid": """
INSERT INTO unpaid_fee (line_id, item, due_on, amount, missing, since)
SELECT f.holder_id, CASE WHEN f.connection_id IS NULL THEN 'tariff' ELSE 'service:' || f.connection_id END,
       t.due_on, t.amount, f.missing, :at
FROM due_fee f JOIN fee_term t ON t.id = f.reason
WHERE NOT f.is_taken
ON CONFLICT (line_id, item, due_on) DO NOTHING
""",
    "forget_unpaid": """
DELETE FROM unpaid_fee WHERE line_id BETWEEN :lo AND :hi AND id IN (
    SELECT u.id FROM due_fee f JOIN unpaid_fee u ON u.line_id = f.holder_id
    AND u.item = CASE WHEN f.connection_id IS NULL THEN 'tariff' ELSE 'service:' || f.connection_id END
    WHERE u.line_id BETWEEN :lo AND :hi AND f.is_taken)
""",
    "announce": """
INSERT INTO change (subject, at)
SELECT DISTINCT '<name>:' || f.holder_id, :at FROM due_fee f JOIN holding h ON h.<column> = f.holder_id
WHERE f.is_taken
""",
    "tally": """
SELECT t.code, sum(c.taken), sum(c.amount), sum(c.waiting)
FROM (SELECT reason, sum(CASE WHEN is_taken THEN 1 ELSE 0 END) AS taken, -sum(amount) AS amount,
             sum(CASE WHEN is_taken THEN 0 ELSE 1 END) AS waiting
      FROM due_fee GROUP BY reason) c JOIN fee_term t ON t.id = c.reason
GROUP BY t.code
""",
}


def _filled(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"<{name}>", word)
    return text
