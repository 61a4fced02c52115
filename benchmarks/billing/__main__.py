"""How long fees and bonuses of a million accounts take, beside one account after another, and what a kill does to them.

    python -m benchmarks.billing [--accounts 1000000] [--sample 300] [--databases sqlite,postgresql]

All accounts are due on the same day, which no day of a real month is. The run of fees is killed in the middle and begun
again; then every invariant is proved, and a second run of each must do nothing. The comparison is a transaction with
objects for each account, on a sample, in the same database and before the run. Commits are durable throughout.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.billing.people import opened
from benchmarks.postgres import our_postgres
from benchmarks.verdicts import Verdict, judge
from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.queries import proof

_PAID = (
    "SELECT a.line_id, a.internet_account_id, count(*) AS fees FROM entry e JOIN ledger_account a"
    " ON a.id = e.account_id WHERE e.kind = 'tariff_fee' AND coalesce(a.line_id, a.internet_account_id) IS NOT NULL"
    " GROUP BY a.line_id, a.internet_account_id"
)
_EARNED = (
    "SELECT a.internet_account_id, count(*) AS times FROM entry e JOIN ledger_account a ON a.id = e.account_id"
    " WHERE e.kind = 'bonus_accrual' AND a.internet_account_id IS NOT NULL GROUP BY a.internet_account_id"
)
# What must be nothing after the kill, the rest and the second run.
_WRONG = {
    "accounts with a fee and still due": f"SELECT count(*) FROM line l JOIN ({_PAID}) p ON p.line_id = l.id"
    " JOIN (SELECT min(next_charge_at) AS due FROM line) d"
    " ON l.next_charge_at = d.due WHERE d.due < (SELECT max(next_charge_at) FROM line)",
    "lines neither paid nor waiting": f"SELECT count(*) FROM line l LEFT JOIN ({_PAID}) p ON p.line_id = l.id"
    " WHERE p.line_id IS NULL AND NOT EXISTS (SELECT 1 FROM unpaid_fee u WHERE u.line_id = l.id)",
    "lines paid and waiting": f"SELECT count(*) FROM unpaid_fee u JOIN ({_PAID}) p ON p.line_id = u.line_id",
    "accounts with more fees than one": f"SELECT count(*) FROM ({_PAID}) p WHERE p.fees <> 1",
    "accounts with more bonuses than once": f"SELECT count(*) FROM ({_EARNED}) p WHERE p.times <> 1",
    "internet accounts without a fee": "SELECT count(*) FROM internet_account a"
    f" LEFT JOIN ({_PAID}) p ON p.internet_account_id = a.id WHERE p.internet_account_id IS NULL",
    "internet accounts without bonuses": "SELECT count(*) FROM internet_account a"
    f" LEFT JOIN ({_EARNED}) p ON p.internet_account_id = a.id WHERE p.internet_account_id IS NULL",
    "lines whose package is not whole": "SELECT count(*) FROM (SELECT l.id FROM line l LEFT JOIN allowance a"
    " ON a.line_id = l.id LEFT JOIN unpaid_fee u ON u.line_id = l.id GROUP BY l.id, u.id"
    " HAVING count(a.kind) <> CASE WHEN u.id IS NULL THEN 2 ELSE 0 END) w",
    "prepaid accounts below zero": "SELECT count(*) FROM ledger_account WHERE line_id IS NOT NULL AND balance < floor",
}


def measured(name: str, url: str, *more: str) -> dict[str, Any]:
    """What a process of its own found out."""
    found: dict[str, Any] = json.loads(_begun(name, url, *more).communicate()[0])
    return found


def killed(url: str, enough: int) -> int:
    """Begin the run of fees and kill it once it has taken so many; how many it had taken."""
    process = _begun("fees", url)
    while process.poll() is None and position(url) < enough:
        time.sleep(0.05)
    process.kill()
    process.communicate()
    return position(url)


def _begun(name: str, url: str, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.billing.measure", name, url, *more]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE)


async def mistakes(url: str) -> int:
    """How many things are not as they must be; each kind is named."""
    database = Database(url)
    try:
        async with database.studying() as session:
            found = {what: (await session.execute(text(query))).scalar_one() for what, query in _WRONG.items()}
            books = await proof(session)
    finally:
        await database.dispose()
    found["balances"] = len(books.wrong_balances)
    found["operations"] = len(books.wrong_operations)
    found["totals"] = len(books.wrong_totals)
    for what, count in found.items():
        if count:
            print(f"  WRONG {what}: {count:,}")
    return sum(found.values())


def position(url: str) -> int:
    """How many fees the run has taken so far."""

    async def look() -> int:
        database = Database(url)
        try:
            async with database.reading() as session:
                query = text("SELECT coalesce(sum(taken), 0) FROM billing_run WHERE name = 'fees'")
                return int((await session.execute(query)).scalar_one())
        finally:
            await database.dispose()

    return asyncio.run(look())


def measure(
    name: str, url: str, given: argparse.Namespace, *, analyse: Callable[[], object] = lambda: None
) -> list[Verdict]:
    """Everything on one kind of database."""
    begun = time.perf_counter()
    opened(url, given.accounts)
    analyse()
    print(f"{name}: {given.accounts:,} accounts made in {time.perf_counter() - begun:.0f} s", flush=True)
    sample = measured("rows", url, str(given.sample))
    by_row = sample["seconds"] / given.sample * 1e6
    done = killed(url, given.accounts // 5)
    print(f"  killed after {done:,} fees", flush=True)
    fees = measured("fees", url)
    bonuses = measured("bonuses", url)
    again = [measured(run, url) for run in ("fees", "bonuses")]
    # What is proved reads whole tables that were a fifth as long when they were counted last.
    analyse()
    wrong = asyncio.run(mistakes(url))
    rest = max(fees["done"] + fees["waiting"], 1)
    per_fee = fees["seconds"] / rest * 1e6
    per_bonus = bonuses["seconds"] / max(bonuses["done"], 1) * 1e6
    # A quarter of the accounts has bonuses: what both runs cost, shared by all.
    each = per_fee + bonuses["seconds"] / given.accounts * 1e6
    print(f"  one after another {by_row:,.0f} us an account; fees {per_fee:.1f} us, bonuses {per_bonus:.1f} us each")
    bare = measured("floor", url, str(given.accounts // 5))
    floor = bare["seconds"] / bare["done"] * 1e6
    print(
        f"  the rows of a fee alone, by bare INSERT … SELECT: {floor:.1f} us; the run takes {per_fee / floor:.2f}x that"
    )
    return [
        Verdict(f"{name}: fees and bonuses, an account", each, " us", at_most=20),
        Verdict(f"{name}: one after another to a run", by_row / per_fee, "x", at_least=100),
        Verdict(f"{name}: wrong after a kill and the rest", wrong, "", at_most=0),
        Verdict(
            f"{name}: done by a second run", sum(found["done"] + found["waiting"] for found in again), "", at_most=0
        ),
        Verdict(f"{name}: fees that the kill left to do", fees["done"], "", at_least=1),
    ]


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.billing")
    asked.add_argument("--accounts", type=int, default=1_000_000)
    asked.add_argument("--sample", type=int, default=300)
    asked.add_argument("--databases", default="sqlite,postgresql")
    given = asked.parse_args()
    verdicts: list[Verdict] = []
    if "sqlite" in given.databases:
        with tempfile.TemporaryDirectory(prefix="mykyivstar-bench-") as folder:
            verdicts += measure("SQLite", f"sqlite+aiosqlite:///{Path(folder) / 'billing.db'}", given)
    if "postgresql" in given.databases:
        with our_postgres() as server:
            server.run("createdb", "billing")
            analyse = partial(server.run, "vacuumdb", "--analyze", "--all")
            verdicts += measure("PostgreSQL", server.url("billing"), given, analyse=analyse)
    return judge(verdicts)


if __name__ == "__main__":
    sys.exit(main())
