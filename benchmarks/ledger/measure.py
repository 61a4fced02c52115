"""One measurement of transfers, in the process that `benchmarks.ledger` starts for it; prints what it found as JSON."""

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import uvloop

from benchmarks.ledger.books import Requests
from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import IDS_OF_ONE, OperationKind
from mykyivstar.domain.ledger.service import Leg, Posting, post_many
from mykyivstar.domain.ledger.till import Till
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.secret import new_token

WHY = {"rule": "transfer", "reason": "a gift"}
Post = Callable[[Posting], Awaitable[object]]


def transfer(key: str, source: int, target: int, amount: int) -> Posting:
    """Money from one line to another."""
    legs = [Leg(source, Money(-amount), WHY), Leg(target, Money(amount), WHY)]
    return Posting(key, OperationKind.TRANSFER, SystemClock().now(), legs)


async def ours(url: str, way: str, accounts: list[int], clients: int, seconds: float) -> dict[str, Any]:
    """So many clients at once, each asking as soon as it was answered, all in this process, as in a server."""
    database = Database(url)
    till = Till(database, SystemClock())

    async def in_a_transaction(posting: Posting) -> None:
        async with database.unit_of_work() as session:
            await post_many(session, [posting])

    post: Post = till.post if way == "till" else in_a_transaction
    run, taken = new_token()[:12], []
    # Connections are opened before the clock runs.
    await asyncio.gather(*(post(transfer(f"{run}:warm:{number}", *accounts[:2], 1)) for number in range(clients)))
    began = time.perf_counter()

    async def client(number: int) -> None:
        requests = Requests(f"{run}:{number}", accounts)
        while (asked := time.perf_counter()) < began + seconds:
            await post(transfer(*requests.next()))
            taken.append(time.perf_counter() - asked)

    cpu = time.process_time()
    await asyncio.gather(*(client(number) for number in range(clients)))
    found = _found(taken, time.perf_counter() - began, time.process_time() - cpu)
    await database.dispose()
    return found


def plain(path: str, accounts: list[int], seconds: float) -> dict[str, Any]:
    """One thread, one connection, one transfer a commit, as durable as ours: no more than the statements needed."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-20000"):
        connection.execute(f"PRAGMA {pragma}")
    requests, taken = Requests(f"plain:{new_token()[:12]}", accounts), []
    began, cpu = time.perf_counter(), time.process_time()
    while (asked := time.perf_counter()) < began + seconds:
        _plain_transfer(connection, *requests.next())
        taken.append(time.perf_counter() - asked)
    return _found(taken, time.perf_counter() - began, time.process_time() - cpu)


def _plain_transfer(connection: sqlite3.Connection, key: str, source: int, target: int, amount: int) -> None:
    run = connection.execute
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    run("BEGIN IMMEDIATE")
    try:
        (operation_id,) = run(
            "INSERT INTO operation (key, request_hash, kind, at) VALUES (?, '', 'transfer', ?) RETURNING id", (key, at)
        ).fetchone()
    except sqlite3.IntegrityError:
        run("ROLLBACK")
        return
    for account, moved in ((source, -amount), (target, amount)):
        (balance,) = run(
            "UPDATE ledger_account SET balance = balance + ?1 WHERE id = ?2 AND balance + ?1 >= floor"
            " RETURNING balance",
            (moved, account),
        ).fetchone()
        run(
            "INSERT INTO entry (id, operation_id, account_id, kind, category, amount, balance_after, at, explanation)"
            " VALUES (?, ?, ?, 'transfer', 'transfer', ?, ?, ?, ?)",
            (operation_id * IDS_OF_ONE + (moved > 0), operation_id, account, moved, balance, at, json.dumps(WHY)),
        )
    run("COMMIT")


def _found(taken: list[float], seconds: float, cpu: float) -> dict[str, Any]:
    taken.sort()
    return {
        "rate": len(taken) / seconds,
        "p99_ms": taken[int(len(taken) * 0.99)] * 1000,
        "cpu_us": cpu / len(taken) * 1e6,
    }


def main() -> None:
    way, where, clients, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    accounts = json.loads(sys.stdin.read())
    if way == "plain":
        found = plain(where, accounts, seconds)
    else:
        found = uvloop.run(ours(where, way, accounts, clients, seconds))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
