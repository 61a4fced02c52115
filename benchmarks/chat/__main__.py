"""Conversations under load, with consultants cut off and the server killed in the middle.

    python -m benchmarks.chat [--conversations 200] [--seconds 25] [--on sqlite postgresql] [--known-bad]
                              [--processes 1]

One server process, as in production, or several with Redis; each conversation has two tabs, the customer's and one of
a consultant who has five at once, each in a tab. Every five seconds one of the two says something, after "is typing",
and the other side says that it was seen. Delivery is counted from typing to the frame that shows the text in the other
tab. It takes one and a half minutes a database with 25 seconds of calm.

With --known-bad the consultants' tabs send once and never again, and the customers' send again with new keys; the
benchmark fails unless it catches them: exit 0 means caught.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlmodel import col, select

from benchmarks.chat.cast import gather
from benchmarks.chat.evening import Evening, Seen
from benchmarks.chat.judge import Findings, judged
from benchmarks.chat.server import Server
from benchmarks.postgres import our_postgres
from benchmarks.redis import our_redis
from benchmarks.verdicts import Verdict, judge
from mykyivstar.db.database import Database
from mykyivstar.domain.support.models import Author, Message

DATABASES = ("sqlite", "postgresql")
_ERROR = "Traceback (most recent call last)"
MEDIAN_MS, P95_MS, SESSION_KIB = 300.0, 1000.0, 250.0


@contextmanager
def installation(database: str, processes: int) -> Iterator[tuple[Server, str]]:
    """A server that is not started yet, and the address of its database, which has its tables."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mykyivstar-bench-"))
        if database == "sqlite":
            address = f"sqlite+aiosqlite:///{folder}/chat.db"
        else:
            postgres = stack.enter_context(our_postgres())
            postgres.run("createdb", "chat")
            address = postgres.url("chat")
        redis = stack.enter_context(our_redis()) if processes > 1 else ("", 0)
        server = Server(Path(folder), address, processes=processes, redis=redis)
        server.migrate()
        yield server, address


async def kept(address: str) -> list[tuple[int, str]]:
    """What people wrote, by conversation, as the database has it."""
    database = Database(address)
    try:
        async with database.studying() as session:
            rows = await session.exec(
                select(col(Message.conversation_id), col(Message.text)).where(col(Message.author) != Author.SYSTEM)
            )
            return [(conversation, text) for conversation, text in rows]
    finally:
        await database.dispose()


def spend(
    database: str, conversations: int, calm_s: float, *, processes: int, careless: bool
) -> tuple[Seen, Findings, str]:
    """One evening on one database, counted; and what the server printed."""
    with installation(database, processes) as (server, address):
        pairs = asyncio.run(gather(address, conversations))
        with server:
            evening = Evening(server, pairs, holds=server.front_end_holds(), careless=careless)
            seen = asyncio.run(evening.pass_by(calm_s))
            # Before it is told to stop: what is said then is of no interest here.
            log = server.log
        return seen, judged(seen.book, asyncio.run(kept(address))), log


def show(name: str, seen: Seen, found: Findings) -> None:
    """What it was like."""
    print(f"{name}: {seen.per_s:.0f} messages a second; load of the machine {os.getloadavg()[0]:.1f}")
    for what, times in (("calm", seen.calm), ("after the restart", seen.after), ("all", seen.whole)):
        print(f"  {what}: median {_ms(times, 0.5):.0f} ms, p95 {_ms(times, 0.95):.0f}, longest {_ms(times, 1):.0f}")
    each = seen.cpu / seen.per_s * 1000 if seen.per_s else 0.0
    print(f"  processor: server {seen.cpu:.2f} of a core ({each:.1f} ms a message), clients {seen.own_cpu:.2f}")
    back = f"answered again after {seen.restart_s:.1f} s, everything was seen {seen.caught_up_s:.1f} s later"
    print(f"  killed: {back}; {seen.reloads} pages were loaded again")
    print(f"  {found}", flush=True)


def _ms(ordered: Sequence[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 if ordered else float("inf")


def verdicts(name: str, seen: Seen, found: Findings) -> list[Verdict]:
    """What is wanted of each database."""
    return [
        Verdict(f"{name}: delivery, median", _ms(seen.calm, 0.5), " ms", at_most=MEDIAN_MS),
        Verdict(f"{name}: delivery, p95", _ms(seen.calm, 0.95), " ms", at_most=P95_MS),
        Verdict(f"{name}: delivery after the restart, p95", _ms(seen.after, 0.95), " ms", at_most=P95_MS),
        Verdict(f"{name}: memory of a session", seen.memory, " KiB", at_most=SESSION_KIB),
        Verdict(f"{name}: messages", found.typed, at_least=1),
        Verdict(f"{name}: lost", found.lost, at_most=0),
        Verdict(f"{name}: doubled", found.doubled, at_most=0),
        Verdict(f"{name}: anything else wrong", found.wrong, at_most=0),
    ]


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.chat")
    asked.add_argument("--conversations", type=int, default=200)
    asked.add_argument("--seconds", type=float, default=25.0, help="how long it is calm before the first cut")
    asked.add_argument("--on", nargs="+", choices=DATABASES, default=DATABASES)
    asked.add_argument("--processes", type=int, default=1, help="how many serve; more than one with Redis")
    asked.add_argument("--known-bad", action="store_true", help="careless clients, which must be caught")
    given = asked.parse_args()
    wanted: list[Verdict] = []
    missed: list[str] = []
    for name in given.on:
        seen, found, log = spend(
            name, given.conversations, given.seconds, processes=given.processes, careless=given.known_bad
        )
        show(name, seen, found)
        wanted += verdicts(name, seen, found)
        errors = log.count(_ERROR)
        wanted.append(Verdict(f"{name}: errors of the server", errors, at_most=0))
        if errors:
            print(log[log.index(_ERROR) :][:4000], flush=True)
        if not (found.lost and found.doubled):
            missed.append(name)
    if given.known_bad:
        print(f"NOT CAUGHT on {', '.join(missed)}" if missed else "caught on every database")
        return int(bool(missed))
    return judge(wanted)


if __name__ == "__main__":
    sys.exit(main())
