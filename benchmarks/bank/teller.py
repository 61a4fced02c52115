"""A process that transfers until the bank closes or it is killed; started again, it goes on where its notebook ends.

    python -m benchmarks.bank.teller app|worker|naive URL NOTEBOOK FIRST_ACCOUNT LAST_ACCOUNT

`app` posts by the till for many clients at once, as a server does; `worker` in a transaction for each transfer.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

import uvloop
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.bank.naive import NaiveTeller
from benchmarks.bank.notebook import Note, Notebook, Pen, Transfer
from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata  # noqa: F401  -- relations between tables need all of them
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.postings import Leg, Posted, Posting
from mykyivstar.domain.ledger.service import post_many
from mykyivstar.domain.ledger.till import Till
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.secret import new_token

CLIENTS = {"app": 16, "worker": 4, "naive": 8}
AMOUNT_MAX = 5_000
RESENT = 0.05
# Between tries while the database is away.
PAUSE_S = 0.05

# When this file lies beside the notebooks, nothing new is begun; what is open is still answered.
CLOSING = "closing"

Post = Callable[[Posting], Awaitable[Posted]]


class Teller:
    """Writes down what is asked for, posts it until there is an answer, and writes that down."""

    def __init__(self, post: Post, notebook: Path, accounts: range) -> None:
        self._post = post
        self._open = Notebook.read(notebook).open if notebook.exists() else []
        self._pen = Pen(notebook)
        self._accounts = accounts
        self._run = new_token()[:10]
        self._closing = notebook.with_name(CLOSING)

    async def serve(self, client: int) -> None:
        """Be one client: first ask again for what a killed predecessor got no answer to."""
        rng, number = Random(f"{self._run}:{client}"), 0
        while self._open or not self._closing.exists():
            if self._open:
                await self._answer(self._open.pop())
                continue
            number += 1
            source, target = rng.sample(self._accounts, 2)
            transfer = Transfer(f"{self._run}:{client}:{number}", source, target, rng.randint(1, AMOUNT_MAX))
            self._pen.write(Note.ASKED, transfer.key, source, target, transfer.amount)
            is_posted = await self._answer(transfer)
            if is_posted and rng.random() < RESENT and (await self._posted(transfer)).is_new:
                self._pen.write(Note.TWICE, transfer.key)

    async def _answer(self, transfer: Transfer) -> bool:
        try:
            await self._posted(transfer)
        except NotEnoughMoney:
            self._pen.write(Note.REFUSED, transfer.key)
            return False
        self._pen.write(Note.POSTED, transfer.key)
        return True

    async def _posted(self, transfer: Transfer) -> Posted:
        """Ask with the same key until the database answers."""
        legs = [Leg(transfer.source, Money(-transfer.amount)), Leg(transfer.target, Money(transfer.amount))]
        posting = Posting(transfer.key, OperationKind.TRANSFER, SystemClock().now(), legs)
        while True:
            try:
                return await self._post(posting)
            except (SQLAlchemyError, OSError):
                await asyncio.sleep(PAUSE_S)


async def main(role: str, url: str, notebook: str, first: int, last: int) -> None:
    database = Database(url)

    async def in_a_transaction(posting: Posting) -> Posted:
        async with database.unit_of_work() as session:
            return (await post_many(session, [posting]))[0]

    posts: dict[str, Post] = {
        "app": Till(database, SystemClock()).post,
        "worker": in_a_transaction,
        "naive": NaiveTeller(database).post,
    }
    teller = Teller(posts[role], Path(notebook), range(first, last + 1))

    await asyncio.gather(*(teller.serve(client) for client in range(CLIENTS[role])))
    await database.dispose()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
