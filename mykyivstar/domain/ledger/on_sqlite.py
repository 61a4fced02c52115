"""Deciding about postings on SQLite: a function that runs in the driver's thread, inside one transaction."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mykyivstar.domain.ledger.models import IDS_OF_ONE

_ACCOUNTS = (
    "SELECT id, balance, floor, unit, line_id, internet_account_id FROM ledger_account"
    " WHERE id IN (SELECT value FROM json_each(?))"
)
_OLD = "SELECT key, id, request_hash, at FROM operation WHERE key IN (SELECT value FROM json_each(?))"
_OPEN = (
    "INSERT INTO operation (id, key, request_hash, kind, at, reverses_id, reverses_entry_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_ENTER = (
    "INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVE = "UPDATE ledger_account SET balance = ? WHERE id = ?"
_ANNOUNCE = "INSERT INTO change (subject, at) VALUES (?, ?)"


@dataclass(slots=True)
class Batch:
    """Postings as columns; places count from one. The comment of `ledger_post` in db/migrations says what is what."""

    together: bool
    announced: datetime | None
    account_ids: Sequence[int]
    keys: Sequence[str]
    hashes: Sequence[str]
    kinds: Sequence[str]
    moments: Sequence[datetime]
    reverses: Sequence[int | None]
    reverses_entries: Sequence[int]
    bound: Sequence[bool]
    firsts: Sequence[int]
    ends: list[int] = field(default_factory=list)
    leg_postings: list[int] = field(default_factory=list)
    leg_accounts: list[int] = field(default_factory=list)
    leg_amounts: list[int] = field(default_factory=list)
    leg_categories: list[str] = field(default_factory=list)
    leg_whys: list[str] = field(default_factory=list)

    @property
    def columns(self) -> tuple[Any, ...]:
        """In the order of the function's arguments."""
        return tuple(getattr(self, name) for name in self.__slots__)


@dataclass(slots=True)
class _Account:
    id: int
    balance: int
    floor: int | None
    unit: str
    line_id: int | None
    internet_id: int | None

    @property
    def subject(self) -> str | None:
        if self.line_id is not None:
            return f"line:{self.line_id}"
        return None if self.internet_id is None else f"internet:{self.internet_id}"


@dataclass(slots=True)
class _Decision:
    outcome: str
    operation_id: int | None = None
    at: datetime | None = None
    missing: int | None = None


def decide(connection: sqlite3.Connection, batch: Batch) -> Sequence[Any]:
    """Post what may be posted; the row that `ledger_post` answers with on PostgreSQL."""
    return _Deciding(connection, batch).row()


class _Deciding:
    def __init__(self, connection: sqlite3.Connection, batch: Batch) -> None:
        self._connection = connection
        self._batch = batch
        found = connection.execute(_ACCOUNTS, (json.dumps(batch.account_ids),))
        by_id = {account.id: account for account in (_Account(*row) for row in found)}
        self._accounts = [by_id.get(account_id) for account_id in batch.account_ids]
        old = connection.execute(_OLD, (json.dumps(batch.keys),))
        # What each key is spent for: the operation, its hash and its time.
        self._spent = {key: (number, digest, _moment(at)) for key, number, digest, at in old}
        # Numbers are ours to give: nobody else writes meanwhile.
        (self._last_id,) = connection.execute("SELECT coalesce(max(id), 0) FROM operation").fetchone()
        self._operations: list[tuple[Any, ...]] = []
        self._entries: list[tuple[Any, ...]] = []
        self._moved: dict[int, _Account] = {}

    def row(self) -> Sequence[Any]:
        decisions = []
        for place in range(len(self._batch.keys)):
            decision = self._decided(place)
            decisions.append(decision)
            if self._batch.together and decision.outcome not in {"posted", "repeat"}:
                undecided = [_Decision("")] * (len(self._batch.keys) - len(decisions))
                return self._answer([*decisions, *undecided])
        self._write()
        return self._answer(decisions)

    def _decided(self, place: int) -> _Decision:
        batch = self._batch
        legs = range(batch.ends[place - 1] if place else 0, batch.ends[place])
        accounts = [self._accounts[batch.leg_accounts[leg] - 1] for leg in legs]
        amounts = [batch.leg_amounts[leg] for leg in legs]
        known = [account for account in accounts if account is not None]
        if len(known) < len(accounts) or not _is_balanced(known, amounts):
            return _Decision("unbalanced")
        if spent := self._spent.get(batch.keys[place]):
            number, digest, at = spent
            return _Decision("repeat" if digest == batch.hashes[place] else "mismatch", number, at)
        if missing := self._entered(place, known, amounts):
            return _Decision("missing", missing=missing)
        at = batch.moments[place]
        self._spent[batch.keys[place]] = self._last_id, batch.hashes[place], at
        return _Decision("posted", self._last_id, at)

    def _entered(self, place: int, accounts: Sequence[_Account], amounts: Sequence[int]) -> int:
        """How much is missing; 0 when the posting's rows are ready to be written."""
        batch, first_leg = self._batch, self._batch.ends[place - 1] if place else 0
        before = [account.balance for account in accounts]
        number, at = self._last_id + 1, _stored(batch.moments[place])
        rows = []
        for leg, (account, amount) in enumerate(zip(accounts, amounts, strict=True), first_leg):
            account.balance += amount
            if batch.bound[place] and amount < 0 and account.floor is not None and account.balance < account.floor:
                missing = account.floor - account.balance
                for touched, balance in zip(accounts, before, strict=True):
                    touched.balance = balance
                return missing
            what = number * IDS_OF_ONE + leg - first_leg, number, account.id
            counts_as = batch.kinds[place], batch.leg_categories[leg]
            rows.append((*what, *counts_as, amount, account.balance, at, batch.leg_whys[leg]))
        self._entries += rows
        taken_back = batch.reverses[place], batch.reverses_entries[place]
        self._operations.append((number, batch.keys[place], batch.hashes[place], batch.kinds[place], at, *taken_back))
        self._moved.update((account.id, account) for account in accounts)
        self._last_id = number
        return 0

    def _write(self) -> None:
        if not self._operations:
            return
        run = self._connection.executemany
        run(_OPEN, self._operations)
        run(_ENTER, self._entries)
        run(_MOVE, [(account.balance, account.id) for account in self._moved.values()])
        if self._batch.announced is not None:
            at = _stored(self._batch.announced)
            subjects = dict.fromkeys(account.subject for account in self._moved.values())
            run(_ANNOUNCE, [(subject, at) for subject in subjects if subject])

    def _answer(self, decisions: Sequence[_Decision]) -> Sequence[Any]:
        return (
            [decision.outcome for decision in decisions],
            [decision.operation_id for decision in decisions],
            [decision.at for decision in decisions],
            [decision.missing for decision in decisions],
            [account and account.balance for account in self._accounts],
            [account and account.line_id for account in self._accounts],
            [account and account.internet_id for account in self._accounts],
        )


def _is_balanced(accounts: Sequence[_Account], amounts: Sequence[int]) -> bool:
    totals: dict[str, int] = {}
    for account, amount in zip(accounts, amounts, strict=True):
        totals[account.unit] = totals.get(account.unit, 0) + amount
    return all(amounts) and not any(totals.values())


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def _stored(moment: datetime) -> str:
    """As the type of our moments stores it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
