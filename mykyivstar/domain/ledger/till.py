"""One transaction for all who post at the same moment: what a commit costs is shared (group commit)."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.deciding import KEY_RACE, Bound, Question
from mykyivstar.domain.ledger.postings import Posted, Posting
from mykyivstar.kit.clock import Clock

BATCH_MAX = 256
# States of PostgreSQL after which the same may succeed: somebody else was in the way.
_IN_THE_WAY = {KEY_RACE, "40P01", "40001"}


@dataclass(frozen=True, slots=True)
class _Customer:
    bound: Bound
    outcome: asyncio.Future[Posted]


class Till:
    """Posts what has no other rows to write in the same transaction: transfers and credits.

    Whoever comes while a batch is being committed goes into the next one. Each is decided on its own, in the order
    they came, and learns its outcome after the commit. For the tasks of one event loop.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._waiting: deque[_Customer] = deque()
        self._serving: asyncio.Task[None] | None = None

    async def post(self, posting: Posting, *, respect_floors: bool = True) -> Posted:
        """Post this once and for good (O1, I1): it is committed when this returns.

        Raises NotEnoughMoney and OperationMismatch, which concern no other; UnbalancedLegs is our mistake. An error of
        the database leaves open whether it was posted, as being cancelled here does: ask again with the same key.
        """
        posting.demand_sense()
        outcome: asyncio.Future[Posted] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Customer(Bound(posting, respect_floors and not posting.is_operators), outcome))
        if self._serving is None:
            self._serving = asyncio.create_task(self._serve(), name="till")
        return await outcome

    async def _serve(self) -> None:
        batch: Sequence[_Customer] = ()
        try:
            while batch := self._next():
                await self._settle(batch)
        finally:
            self._serving = None
            # Only when this task is cancelled is there anybody left.
            for customer in (*batch, *self._waiting):
                customer.outcome.cancel()
            self._waiting.clear()

    def _next(self) -> Sequence[_Customer]:
        """Those who are next, without those who have gone meanwhile."""
        batch: list[_Customer] = []
        while self._waiting and len(batch) < BATCH_MAX:
            customer = self._waiting.popleft()
            if not customer.outcome.done():
                batch.append(customer)
        return batch

    async def _settle(self, batch: Sequence[_Customer], *, is_retry: bool = False) -> None:
        """Post these and tell each its outcome. Waiting for it as a task meets every error without catching any."""
        posting = asyncio.ensure_future(self._posted([customer.bound for customer in batch]))
        await asyncio.wait({posting})
        error = posting.exception()
        if not is_retry and _may_succeed_alone(error):
            # Others shall not suffer for one that the database cannot take.
            for customer in batch:
                await self._settle([customer], is_retry=True)
            return
        for place, customer in enumerate(batch):
            outcome = error or posting.result()[place]
            if customer.outcome.done():
                continue
            if isinstance(outcome, Posted):
                customer.outcome.set_result(outcome)
            else:
                customer.outcome.set_exception(outcome)

    async def _posted(self, asked: Sequence[Bound]) -> Sequence[Posted | Exception]:
        question = Question(asked, together=False, announce_at=self._clock.now())
        answer = question.answer(await self._database.at_once(question.call))
        self._database.tell(list(answer.changed))
        return answer.results


def _may_succeed_alone(error: BaseException | None) -> bool:
    """Whether the database refused some posting and would take the others, or somebody was in the way."""
    if isinstance(error, DataError | IntegrityError):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _IN_THE_WAY
