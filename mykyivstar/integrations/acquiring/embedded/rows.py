"""Reading and writing what the demo bank keeps; every function works in the caller's transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mykyivstar.integrations.acquiring.embedded.records import (
    Invoice,
    KeptCard,
    Notice,
    Refund,
    Status,
    moment_of,
    text_of,
)

_OUTAGE = "unreachable until"


def load(connection: sqlite3.Connection, invoice_id: str) -> Invoice | None:
    """The invoice with this id."""
    row = connection.execute("SELECT * FROM invoice WHERE id = ?", (invoice_id,)).fetchone()
    return _invoice(row) if row else None


def store(connection: sqlite3.Connection, invoice: Invoice) -> None:
    """Write an invoice down, as it is now."""
    _insert(connection, "INSERT OR REPLACE INTO invoice", asdict(invoice))


def settling(connection: sqlite3.Connection, at: datetime) -> Sequence[Invoice]:
    """Invoices whose slow payment is over by now."""
    found = "SELECT * FROM invoice WHERE settles_at <> '' AND settles_at <= ?"
    return [_invoice(row) for row in connection.execute(found, (text_of(at),))]


def used_between(connection: sqlite3.Connection, since: datetime, until: datetime) -> Sequence[Invoice]:
    """Invoices that somebody tried to pay, the newest first."""
    found = "SELECT * FROM invoice WHERE changed_at >= ? AND changed_at <= ? AND mask <> '' ORDER BY changed_at DESC"
    return [_invoice(row) for row in connection.execute(found, (text_of(since), text_of(until)))]


def refunds_of(connection: sqlite3.Connection, invoice_id: str) -> Sequence[Refund]:
    """What went back of an invoice."""
    found = "SELECT ext_ref, amount, at, rrn FROM refund WHERE invoice_id = ? ORDER BY id"
    return [Refund(**dict(row)) for row in connection.execute(found, (invoice_id,))]


def add_refund(connection: sqlite3.Connection, invoice_id: str, refund: Refund) -> None:
    """Give money back."""
    _insert(connection, "INSERT INTO refund", asdict(refund) | {"invoice_id": invoice_id})


def kept_card(connection: sqlite3.Connection, token: str) -> KeptCard | None:
    """The card behind a token."""
    row = connection.execute("SELECT * FROM kept_card WHERE token = ?", (token,)).fetchone()
    return KeptCard(**dict(row)) if row else None


def keep_card(connection: sqlite3.Connection, card: KeptCard) -> str:
    """Keep a card; the token under which the same card is kept already, or its new one."""
    same = "SELECT token FROM kept_card WHERE wallet = ? AND mask = ? AND conduct = ?"
    row = connection.execute(same, (card.wallet, card.mask, card.conduct)).fetchone()
    if row:
        return str(row["token"])
    _insert(connection, "INSERT INTO kept_card", asdict(card))
    return card.token


def drop_card(connection: sqlite3.Connection, token: str) -> bool:
    """Forget a kept card; whether there was one."""
    return connection.execute("DELETE FROM kept_card WHERE token = ?", (token,)).rowcount > 0


def add_notice(connection: sqlite3.Connection, url: str, body: bytes, due_at: datetime) -> None:
    """Have a shop told."""
    _insert(connection, "INSERT INTO notice", {"url": url, "body": body, "tries": 0, "due_at": text_of(due_at)})


def claim_notice(connection: sqlite3.Connection, *, at: datetime, until: datetime) -> Notice | None:
    """A notice that is due. Nobody else sends it before `until`, and then only if this process did not end it."""
    claimed = (
        "UPDATE notice SET tries = tries + 1, due_at = ? WHERE id = "
        "(SELECT id FROM notice WHERE due_at <= ? ORDER BY due_at, id LIMIT 1) RETURNING id, url, body, tries"
    )
    row = connection.execute(claimed, (text_of(until), text_of(at))).fetchone()
    return Notice(**dict(row)) if row else None


def end_notice(connection: sqlite3.Connection, notice_id: int) -> None:
    """It was taken, or tried often enough."""
    connection.execute("DELETE FROM notice WHERE id = ?", (notice_id,))


def put_off_notice(connection: sqlite3.Connection, notice_id: int, due_at: datetime) -> None:
    """Try it again later."""
    connection.execute("UPDATE notice SET due_at = ? WHERE id = ?", (text_of(due_at), notice_id))


def next_due(connection: sqlite3.Connection) -> str:
    """When there is something to do next, "" when nothing waits."""
    due = (
        "SELECT min(at) AS at FROM (SELECT min(due_at) AS at FROM notice "
        "UNION ALL SELECT min(settles_at) FROM invoice WHERE settles_at <> '')"
    )
    return str(connection.execute(due).fetchone()["at"] or "")


def fact(connection: sqlite3.Connection, name: str) -> bytes | None:
    """Something that is written down once."""
    row = connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
    return bytes(row["value"]) if row else None


def put_fact(connection: sqlite3.Connection, name: str, value: bytes) -> None:
    """Write it down, or anew."""
    _insert(connection, "INSERT OR REPLACE INTO fact", {"name": name, "value": value})


def outage_until(connection: sqlite3.Connection, at: datetime) -> datetime | None:
    """Until when shops get no answer; None when they do."""
    until = fact(connection, _OUTAGE)
    return moment if until and (moment := moment_of(until.decode())) > at else None


def set_outage(connection: sqlite3.Connection, until: datetime) -> None:
    """Give shops no answer until then."""
    put_fact(connection, _OUTAGE, text_of(until).encode())


def _insert(connection: sqlite3.Connection, how: str, values: dict[str, Any]) -> None:
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(f"{how} ({names}) VALUES ({marks})", values)


def _invoice(row: sqlite3.Row) -> Invoice:
    return Invoice(**dict(row) | {"status": Status(row["status"])})
