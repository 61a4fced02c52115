"""What the demo bank writes down, in an SQLite file of its own: invoices, refunds, kept cards, notices to send.

A card's number and its CVV are no part of it: what is kept of a card is its mask and what it does.
"""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

WAIT_FOR_OTHERS_S = 10

_TABLES = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS invoice (
    id TEXT PRIMARY KEY, reference TEXT NOT NULL, amount INTEGER NOT NULL, purpose TEXT NOT NULL,
    return_url TEXT NOT NULL, notice_url TEXT NOT NULL, wallet TEXT NOT NULL, status TEXT NOT NULL,
    created_at TEXT NOT NULL, changed_at TEXT NOT NULL, expires_at TEXT NOT NULL, error TEXT NOT NULL,
    mask TEXT NOT NULL, brand TEXT NOT NULL, rrn TEXT NOT NULL, conduct TEXT NOT NULL, code TEXT NOT NULL,
    tries INTEGER NOT NULL, settles_at TEXT NOT NULL, token TEXT NOT NULL, is_by_token INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_invoice_settles ON invoice (settles_at) WHERE settles_at <> '';
CREATE INDEX IF NOT EXISTS ix_invoice_changed ON invoice (changed_at);
CREATE TABLE IF NOT EXISTS refund (
    id INTEGER PRIMARY KEY, invoice_id TEXT NOT NULL REFERENCES invoice, ext_ref TEXT NOT NULL,
    amount INTEGER NOT NULL, at TEXT NOT NULL, rrn TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_refund_invoice ON refund (invoice_id);
CREATE TABLE IF NOT EXISTS kept_card (
    token TEXT PRIMARY KEY, wallet TEXT NOT NULL, mask TEXT NOT NULL, brand TEXT NOT NULL, conduct TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS notice (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL, body BLOB NOT NULL, tries INTEGER NOT NULL, due_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS ix_notice_due ON notice (due_at);
"""


class Status(StrEnum):
    """Where an invoice stands at the bank."""

    CREATED = "created"
    CONFIRMING = "confirming"  # a card was given, its owner is asked for the code
    PROCESSING = "processing"
    SUCCESS = "success"
    FAILURE = "failure"
    EXPIRED = "expired"


@dataclass(slots=True)
class Invoice:
    """One order of a shop. Times are text that sorts."""

    id: str
    reference: str
    amount: int
    purpose: str
    return_url: str
    notice_url: str
    wallet: str
    status: Status
    created_at: str
    changed_at: str
    expires_at: str
    error: str = ""
    mask: str = ""
    brand: str = ""
    rrn: str = ""
    conduct: str = ""
    code: str = ""
    tries: int = 0
    settles_at: str = ""
    token: str = ""
    is_by_token: int = 0


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """What a shop asks for."""

    reference: str
    amount: int
    purpose: str
    return_url: str
    notice_url: str
    valid_for: timedelta
    wallet: str = ""


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that went back."""

    ext_ref: str
    amount: int
    at: str
    rrn: str


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card that a shop may charge again."""

    token: str
    wallet: str
    mask: str
    brand: str
    conduct: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to a shop that was not taken yet."""

    id: int
    url: str
    body: bytes
    tries: int


class Records:
    """The file. Several processes may use it at once: writers take turns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_ready = False

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes: all of it is kept, or nothing."""
        with closing(self._connect()) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def look(self) -> Iterator[sqlite3.Connection]:
        """A look that waits for nobody."""
        with closing(self._connect()) as connection:
            yield connection

    def _connect(self) -> sqlite3.Connection:
        if not self._is_ready:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=WAIT_FOR_OTHERS_S, isolation_level=None)
        connection.row_factory = sqlite3.Row
        if not self._is_ready:
            # Tables are made by whoever comes first; the file is nobody else's business.
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(_TABLES)
            self._path.chmod(0o600)
            self._is_ready = True
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection


def text_of(moment: datetime) -> str:
    """A moment as text that sorts, in RFC 3339."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The moment in such a text."""
    return datetime.fromisoformat(text)


def fresh(new: NewInvoice, at: datetime) -> Invoice:
    """An invoice that nobody has looked at yet; its id is also the secret of its page."""
    now = text_of(at)
    return Invoice(
        id=secrets.token_urlsafe(15),
        reference=new.reference,
        amount=new.amount,
        purpose=new.purpose,
        return_url=new.return_url,
        notice_url=new.notice_url,
        wallet=new.wallet,
        status=Status.CREATED,
        created_at=now,
        changed_at=now,
        expires_at=text_of(at + new.valid_for),
    )
