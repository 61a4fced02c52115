"""Whatever is posted by whichever door, at once or one after the other: the books stay right and floors hold."""

import asyncio
import itertools
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, func, select

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.accounts import Holder
from mykyivstar.domain.ledger.errors import NotEnoughMoney, OperationMismatch
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind
from mykyivstar.domain.ledger.queries import proof
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.domain.ledger.service import (
    Leg,
    Posted,
    Posting,
    SystemAccount,
    accounts_for,
    post_many,
    system_account,
)
from mykyivstar.domain.ledger.till import Till
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
# The operator, three prepaid lines, and a contract line, which may owe.
POTS = 5
FLOORS = (None, 0, 0, 0, None)

# Few keys, so that repeats and mismatches happen: key, source, target, kopiykas.
Move = tuple[str, int, int, int]
moves = st.tuples(
    st.integers(0, 9).map("k{}".format), st.integers(0, POTS - 1), st.integers(0, POTS - 1), st.integers(1, 5_000)
).filter(lambda move: move[1] != move[2])
_machines = itertools.count(1)


class Books(RuleBasedStateMachine):
    """The database beside a model of it: balances, and what each key was spent for."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.number = next(_machines)
        self.runner = asyncio.Runner()
        self.database = Database(url, clock=FixedClock(AT))
        self.till = Till(self.database, FixedClock(AT))
        self.balances = [0] * POTS
        self.spent: dict[str, Move] = {}
        self.reversed: set[str] = set()
        self.entries = 0

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.database.dispose())
        self.runner.close()

    @initialize()
    def open_accounts(self) -> None:
        async def opened() -> list[int]:
            async with self.database.unit_of_work() as session:
                lines = [Line(msisdn=Msisdn(f"38067{self.number:04d}00{place}")) for place in range(1, POTS)]
                session.add_all(lines)
                await session.flush()
                floors = [None if floor is None else Money(floor) for floor in FLOORS[1:]]
                held = [Holder(line_id=line.id, floor=floor) for line, floor in zip(lines, floors, strict=True)]
                operator = await system_account(session, SystemAccount.TOP_UPS)
                return [operator.id, *(account.id for account in await accounts_for(session, held))]

        self.pots = self.run(opened())
        self.balances[0] = self.run(self.stored())[0]

    async def stored(self) -> list[int]:
        async with self.database.reading() as session:
            query = select(LedgerAccount.id, LedgerAccount.balance).where(col(LedgerAccount.id).in_(self.pots))
            found = dict((await session.exec(query)).all())
            return [found[pot].kopiykas for pot in self.pots]

    def posting(self, move: Move) -> Posting:
        key, source, target, amount = move
        legs = [Leg(self.pots[source], Money(-amount)), Leg(self.pots[target], Money(amount))]
        if amount % 2:
            # Given before it is taken: a refusal has something to undo.
            legs.reverse()
        return Posting(f"{self.number}:{key}", OperationKind.TRANSFER, AT, legs)

    def expected(self, move: Move, *, respect_floors: bool) -> type:
        """What becomes of this move now."""
        key, source, _, amount = move
        if key in self.spent:
            return Posted if self.spent[key] == move else OperationMismatch
        floor = FLOORS[source]
        if respect_floors and floor is not None and self.balances[source] - amount < floor:
            return NotEnoughMoney
        return Posted

    def apply(self, move: Move) -> None:
        key, source, target, amount = move
        if key not in self.spent:
            self.spent[key] = move
            self.balances[source] -= amount
            self.balances[target] += amount
            self.entries += 2

    @rule(batch=st.lists(moves, min_size=1, max_size=4), respect_floors=st.booleans())
    def post_together(self, batch: list[Move], respect_floors: bool) -> None:
        """In one transaction: all or none."""

        async def posted() -> Any:
            async with self.database.unit_of_work() as session:
                return await post_many(session, [self.posting(m) for m in batch], respect_floors=respect_floors)

        before = list(self.balances), dict(self.spent), self.entries
        expected = Posted
        for move in batch:
            expected = self.expected(move, respect_floors=respect_floors)
            if expected is not Posted:
                self.balances, self.spent, self.entries = before
                break
            self.apply(move)
        if expected is Posted:
            keys = [move[0] for move in batch]
            # Of one key twice in a call, the first is new.
            new = [key not in before[1] and keys.index(key) == place for place, key in enumerate(keys)]
            assert [posted.is_new for posted in self.run(posted())] == new
        else:
            with pytest.raises(expected):
                self.run(posted())

    @rule(batch=st.lists(st.tuples(moves, st.booleans()), min_size=1, max_size=8))
    def post_by_the_till(self, batch: list[tuple[Move, bool]]) -> None:
        """At once, each on its own; decided in the order they came."""

        async def posted() -> list[Any]:
            asked = [self.till.post(self.posting(move), respect_floors=floors) for move, floors in batch]
            return await asyncio.gather(*asked, return_exceptions=True)

        for (move, respect_floors), outcome in zip(batch, self.run(posted()), strict=True):
            expected = self.expected(move, respect_floors=respect_floors)
            assert isinstance(outcome, expected), (outcome, expected)
            if expected is Posted:
                assert outcome.is_new == (move[0] not in self.spent)
                self.apply(move)

    @rule(batch=st.lists(st.tuples(moves, st.booleans()), min_size=2, max_size=6))
    def post_by_both_doors_at_once(self, batch: list[tuple[Move, bool]]) -> None:
        """In any order: what succeeded counts, and no customer's act went below a floor."""

        async def alone(posting: Posting) -> Posted:
            async with self.database.unit_of_work() as session:
                return (await post_many(session, [posting]))[0]

        async def posted() -> list[Any]:
            asked = [(alone if alone_ else self.till.post)(self.posting(move)) for move, alone_ in batch]
            return await asyncio.gather(*asked, return_exceptions=True)

        before = list(self.balances)
        for (move, _), outcome in zip(batch, self.run(posted()), strict=True):
            assert isinstance(outcome, Posted | NotEnoughMoney | OperationMismatch), outcome
            if isinstance(outcome, Posted):
                self.apply(move)
        for was, now, floor in zip(before, self.balances, FLOORS, strict=True):
            assert floor is None or now >= min(was, floor)

    @precondition(lambda self: self.spent)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """Once, however often it is asked for, by several at the same time too."""
        key = data.draw(st.sampled_from(sorted(self.spent)))

        async def taken(number: int) -> bool:
            async with self.database.unit_of_work() as session:
                name = f"{self.number}:r{number}:{key}"
                done = await reverse(session, key=name, of=f"{self.number}:{key}", at=AT, explanation={})
                return done.is_new

        async def both() -> list[bool]:
            return await asyncio.gather(taken(1), taken(2))

        assert sum(self.run(both())) == (0 if key in self.reversed else 1)
        if key not in self.reversed:
            self.reversed.add(key)
            _, source, target, amount = self.spent[key]
            self.balances[source] += amount
            self.balances[target] -= amount
            self.entries += 2

    @invariant()
    def the_books_are_right(self) -> None:
        async def looked() -> tuple[Any, int, int]:
            async with self.database.reading() as session:
                ours = select(Operation.id).where(col(Operation.key).startswith(f"{self.number}:"))
                operations = len((await session.exec(ours)).all())
                counted = select(func.count()).select_from(Entry).where(col(Entry.operation_id).in_(ours))
                return await proof(session), operations, (await session.exec(counted)).one()

        if not hasattr(self, "pots"):
            return
        found, operations, entries = self.run(looked())
        assert found.holds
        assert self.run(self.stored()) == self.balances
        assert operations == len(self.spent) + len(self.reversed)
        assert entries == self.entries


def test_the_books_stay_right_whatever_happens(database_url: str) -> None:
    checks = settings(
        max_examples=25, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(lambda: Books(database_url), settings=checks)
