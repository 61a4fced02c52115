"""Putting postings before the database, which decides about all of them in one round trip, and reading its answer.

Two programs decide by the same rules: the function `ledger_post` of PostgreSQL (`db/migrations/ledger_sql.py`) and
`on_sqlite`. Each posting is, in this order: unbalanced (an unknown account, units that do not sum to zero), a repeat of
an operation with its key and its moves, a mismatch with one that has its key and other moves, missing money, or posted.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from typing import Any

from mykyivstar.db.calls import Call
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.ledger.errors import NotEnoughMoney, OperationMismatch, UnbalancedLegs
from mykyivstar.domain.ledger.on_sqlite import Batch, decide
from mykyivstar.domain.ledger.postings import Posted, Posting
from mykyivstar.kit.money import Money

# The state of PostgreSQL's error when another transaction spent one of the keys at this very moment.
KEY_RACE = "LK001"

_SQL = (
    "SELECT * FROM ledger_post(%s, %s::timestamptz, %s::bigint[], %s::text[], %s::text[], %s::text[],"
    " %s::timestamptz[], %s::bigint[], %s::bigint[], %s::boolean[], %s::int[], %s::int[], %s::int[], %s::int[],"
    " %s::bigint[], %s::text[], %s::text[])"
)


class Outcome(StrEnum):
    """What became of a posting."""

    POSTED = "posted"
    REPEAT = "repeat"
    MISMATCH = "mismatch"
    MISSING = "missing"
    UNBALANCED = "unbalanced"


@dataclass(frozen=True, slots=True)
class Bound:
    """A posting, and whether the floors of the accounts bind it."""

    posting: Posting
    respect_floors: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the database decided: a result for each posting, and the accounts as they are now."""

    results: Sequence[Posted | NotEnoughMoney | OperationMismatch | UnbalancedLegs]
    balances: dict[int, Money]
    changed: Sequence[Subject]


class Question:
    """Postings on their way to the database. `together`: one refusal refuses all of them, and nothing is written."""

    def __init__(self, asked: Sequence[Bound], *, together: bool, announce_at: datetime | None = None) -> None:
        self._asked = asked
        self._batch = _batch(asked, together=together, announce_at=announce_at)

    @property
    def call(self) -> Call:
        """What the database is to do."""
        return Call(_SQL, self._batch.columns, lambda connection: decide(connection, self._batch))

    def answer(self, row: Sequence[Any]) -> Answer:
        """What its row means."""
        outcomes, operation_ids, moments, missing, balances, line_ids, internet_ids = row
        results = [
            _result(bound.posting, outcome, *facts)
            for bound, outcome, *facts in zip(self._asked, outcomes, operation_ids, moments, missing, strict=True)
        ]
        known = zip(self._batch.account_ids, balances or (), strict=False)
        holders = dict(zip(self._batch.account_ids, zip(line_ids or (), internet_ids or (), strict=True), strict=False))
        posted = (
            bound.posting for bound, outcome in zip(self._asked, outcomes, strict=True) if outcome == Outcome.POSTED
        )
        moved = dict.fromkeys(leg.account_id for posting in posted for leg in posting.legs)
        return Answer(
            results=results,
            balances={key: Money(balance) for key, balance in known if balance is not None},
            changed=list(chain.from_iterable(_subjects(*holders[key]) for key in moved)),
        )


def _batch(asked: Sequence[Bound], *, together: bool, announce_at: datetime | None) -> Batch:
    postings = [bound.posting for bound in asked]
    account_ids = sorted({leg.account_id for posting in postings for leg in posting.legs})
    places = {account_id: place for place, account_id in enumerate(account_ids, 1)}
    firsts: dict[str, int] = {}
    batch = Batch(
        together=together,
        announced=announce_at,
        account_ids=account_ids,
        keys=[posting.key for posting in postings],
        hashes=[posting.request_hash for posting in postings],
        kinds=[posting.kind.value for posting in postings],
        moments=[posting.at.astimezone(UTC) for posting in postings],
        reverses=[posting.reverses for posting in postings],
        reverses_entries=[posting.reverses_entry for posting in postings],
        bound=[bound.respect_floors for bound in asked],
        firsts=[firsts.setdefault(posting.key, place) for place, posting in enumerate(postings, 1)],
    )
    for place, posting in enumerate(postings, 1):
        for leg in posting.legs:
            batch.leg_postings.append(place)
            batch.leg_accounts.append(places[leg.account_id])
            batch.leg_amounts.append(leg.amount.kopiykas)
            batch.leg_categories.append(leg.category(posting.kind))
            batch.leg_whys.append(json.dumps(dict(leg.explanation)))
        batch.ends.append(len(batch.leg_postings))
    return batch


def _result(
    posting: Posting, outcome: str | None, operation_id: int, at: datetime, missing: int | None
) -> Posted | NotEnoughMoney | OperationMismatch | UnbalancedLegs:
    match outcome:
        case Outcome.POSTED | Outcome.REPEAT:
            return Posted(operation_id, posting.key, at.astimezone(UTC), outcome == Outcome.POSTED, posting.reverses)
        case Outcome.MISSING:
            assert missing is not None
            return NotEnoughMoney(missing=Money(missing))
        case Outcome.UNBALANCED:
            return UnbalancedLegs(f"{posting.key}: an account is unknown, or a unit does not sum to zero")
    # Also of those that were not looked at, because one before them refuses all.
    return OperationMismatch()


def _subjects(line_id: int | None, internet_id: int | None) -> Iterable[Subject]:
    if line_id is not None:
        yield Subject(Topic.LINE, line_id)
    if internet_id is not None:
        yield Subject(Topic.INTERNET, internet_id)
