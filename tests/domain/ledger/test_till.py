"""Many post at once: each learns its own outcome, after one commit for all."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import select

from mykyivstar.db.calls import Call
from mykyivstar.db.changes import Change, Subject, Topic
from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.errors import NotEnoughMoney, OperationMismatch, UnbalancedLegs
from mykyivstar.domain.ledger.models import LedgerAccount, Operation, OperationKind
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.ledger.service import Leg, Posting, post
from mykyivstar.domain.ledger.till import BATCH_MAX, Till
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.domain.ledger.conftest import MakeAccount


@pytest.fixture
def till(database: Database, clock: FixedClock) -> Till:
    return Till(database, clock)


@pytest.fixture
async def lines(database: Database, account: MakeAccount) -> list[LedgerAccount]:
    """Three lines; the first has fifty hryvnias."""
    async with database.unit_of_work() as session:
        return [await account(session, Money.uah(50)), await account(session), await account(session)]


@pytest.fixture
def transfer(clock: FixedClock, lines: list[LedgerAccount]):
    def make(key: str, amount: Money, *, source: int = 0, target: int = 1, **explanation) -> Posting:
        legs = [Leg(lines[source].id, -amount, explanation), Leg(lines[target].id, amount, explanation)]
        return Posting(key, OperationKind.TRANSFER, clock.now(), legs)

    return make


@pytest.fixture
def calls(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What the database was called for."""
    made: list[Call] = []
    really = database.at_once

    async def counted(call: Call):
        made.append(call)
        return await really(call)

    monkeypatch.setattr(database, "at_once", counted)
    return made


def asked_at(till: Till):
    return till._clock.now()


async def money(database: Database, lines: list[LedgerAccount]) -> list[Money | None]:
    async with database.reading() as session:
        assert (await proof(session)).holds
        known = await balances(session, line_ids=[line.line_id for line in lines])
        return [known.lines[line.line_id].money for line in lines]


async def test_a_transfer_is_committed_when_the_till_says_so(database: Database, clock, till: Till, lines, transfer):
    posted = await till.post(transfer("t", Money.uah(20), rule="transfer"))
    assert posted.is_new
    assert (posted.key, posted.at) == ("t", clock.now())
    assert await money(database, lines) == [Money.uah(30), Money.uah(20), Money.ZERO]
    async with database.reading() as session:
        stored = (await session.exec(select(Operation).where(Operation.key == "t"))).one()
    assert (stored.id, stored.request_hash) == (posted.id, transfer("t", Money.uah(20)).request_hash)


async def test_each_of_a_batch_has_an_outcome_of_its_own(database, till: Till, lines, transfer, calls):
    asked = [
        transfer("a", Money.uah(30)),
        transfer("too much", Money.uah(30)),
        transfer("back", Money.uah(5), source=1, target=0),
        transfer("a", Money.uah(30)),
        transfer("a", Money.uah(31)),
        Posting("nobody", OperationKind.TRANSFER, asked_at(till), [Leg(10**6, Money(-1)), Leg(lines[1].id, Money(1))]),
        transfer("last", Money.uah(25)),
    ]
    outcomes = await asyncio.gather(*(till.post(posting) for posting in asked), return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "Posted",
        "NotEnoughMoney",
        "Posted",
        "Posted",
        "OperationMismatch",
        "UnbalancedLegs",
        "Posted",
    ]
    assert outcomes[1].params == {"missing": Money.uah(10)}
    assert [outcomes[place].is_new for place in (0, 2, 3, 6)] == [True, True, False, True]
    assert outcomes[3].id == outcomes[0].id
    assert len(calls) == 1
    assert await money(database, lines) == [Money.ZERO, Money.uah(50), Money.ZERO]


async def test_a_key_that_was_refused_is_free_for_the_next(database, till: Till, lines, transfer):
    asked = [transfer("k", Money.uah(60)), transfer("k", Money.uah(40)), transfer("k", Money.uah(40))]
    first, second, third = await asyncio.gather(*(till.post(posting) for posting in asked), return_exceptions=True)
    assert isinstance(first, NotEnoughMoney)
    assert (second.is_new, third.is_new) == (True, False)
    assert await money(database, lines) == [Money.uah(10), Money.uah(40), Money.ZERO]


async def test_the_operators_postings_go_below_the_floor_beside_customers_that_may_not(till: Till, lines, transfer):
    asked = [till.post(transfer("fee", Money.uah(60)), respect_floors=False), till.post(transfer("t", Money.uah(1)))]
    fee, refused = await asyncio.gather(*asked, return_exceptions=True)
    assert fee.is_new
    assert refused.params == {"missing": Money.uah(11)}


async def test_those_who_come_meanwhile_share_the_next_batch(database, till: Till, lines, transfer, calls):
    tasks = [asyncio.create_task(till.post(transfer("first", Money(1))))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(till.post(transfer(f"t{number}", Money(1)))) for number in range(BATCH_MAX + 5)]
    await asyncio.gather(*tasks)
    assert [len(call.values[3]) for call in calls] == [1, BATCH_MAX, 5]
    assert (await money(database, lines))[1] == Money(BATCH_MAX + 6)


async def test_who_gives_up_before_the_batch_is_not_posted_and_hinders_nobody(database, till: Till, lines, transfer):
    tasks = [asyncio.create_task(till.post(transfer(f"t{number}", Money.uah(1)))) for number in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(outcomes[1], asyncio.CancelledError)
    assert [outcomes[0].is_new, outcomes[2].is_new] == [True, True]
    assert await money(database, lines) == [Money.uah(48), Money.uah(2), Money.ZERO]


async def test_who_gives_up_during_the_commit_finds_it_posted_under_the_same_key(till: Till, transfer, calls):
    task = asyncio.create_task(till.post(transfer("t", Money.uah(1))))
    while not calls:  # noqa: ASYNC110 a turn of the loop at a time, to meet it in the middle
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not (await till.post(transfer("t", Money.uah(1)))).is_new


async def test_a_failing_database_fails_all_of_the_batch_and_the_till_goes_on(
    database, till: Till, lines, transfer, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:

        async def fails(_call: Call):
            raise OperationalError("a call", None, OSError("the disk is full"))

        broken.setattr(database, "at_once", fails)
        asked = [till.post(transfer(f"t{number}", Money.uah(1))) for number in range(3)]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [OperationalError] * 3
    assert (await till.post(transfer("t1", Money.uah(1)))).is_new
    assert await money(database, lines) == [Money.uah(49), Money.uah(1), Money.ZERO]


async def test_what_the_database_cannot_store_harms_nobody_else(database, till: Till, lines, transfer):
    wrong = Posting("wrong", OperationKind.REVERSAL, asked_at(till), transfer("", Money(1)).legs, reverses=10**6)
    asked = [transfer("a", Money.uah(1)), wrong, transfer("b", Money.uah(1))]
    a, refused, b = await asyncio.gather(*(till.post(posting) for posting in asked), return_exceptions=True)
    assert isinstance(refused, DBAPIError)
    assert (a.is_new, b.is_new) == (True, True)
    assert await money(database, lines) == [Money.uah(48), Money.uah(2), Money.ZERO]


@pytest.mark.parametrize("key", ["", "x" * 81, "a\0b", "\ud800"])
async def test_an_impossible_key_is_our_mistake_at_once(till: Till, transfer, key):
    with pytest.raises(ValueError, match="not an operation key"):
        await till.post(transfer(key, Money.uah(1)))


async def test_an_impossible_amount_is_our_mistake_at_once(till: Till, transfer):
    with pytest.raises(UnbalancedLegs):
        await till.post(transfer("t", Money(2**63)))


async def test_what_was_touched_is_announced_once_committed(database_url, clock, account):
    told: list[Subject] = []
    database = Database(database_url, clock=clock, published=told.extend)
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
    told.clear()
    posting = Posting("t", OperationKind.TRANSFER, clock.now(), [Leg(source.id, Money(-1)), Leg(target.id, Money(1))])
    await Till(database, clock).post(posting)
    subjects = {Subject(Topic.LINE, source.line_id), Subject(Topic.LINE, target.line_id)}
    assert set(told) == subjects
    async with database.reading() as session:
        written = [Subject.of(change.subject) for change in await session.exec(select(Change))][-2:]
    assert set(written) == subjects
    await database.dispose()


async def test_the_till_and_transactions_cannot_spend_the_same_hryvnia(database, clock, till: Till, lines, transfer):
    async def by_transaction(number: int) -> bool:
        async with database.unit_of_work() as session:
            posting = transfer(f"u{number}", Money.uah(4))
            await post(session, key=posting.key, kind=posting.kind, at=posting.at, legs=posting.legs)
        return True

    async def by_till(number: int) -> bool:
        return (await till.post(transfer(f"t{number}", Money.uah(4)))).is_new

    ways = [way(number) for number in range(12) for way in (by_till, by_transaction)]
    outcomes = await asyncio.gather(*ways, return_exceptions=True)
    assert sum(outcome is True for outcome in outcomes) == 12
    assert {type(outcome) for outcome in outcomes} == {bool, NotEnoughMoney}
    assert (await money(database, lines))[0] == Money.uah(2)


async def test_the_same_key_by_till_and_by_transaction_moves_money_once(database, till: Till, lines, transfer):
    async def by_transaction() -> bool:
        posting = transfer("k", Money.uah(4))
        async with database.unit_of_work() as session:
            await post(session, key=posting.key, kind=posting.kind, at=posting.at, legs=posting.legs)
        return True

    strangers = [till.post(transfer("k", Money.uah(4), source=0, target=2)) for _ in range(3)]
    outcomes = await asyncio.gather(*strangers, *(by_transaction() for _ in range(3)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} <= {type(outcomes[0]), bool, OperationMismatch}
    left = await money(database, lines)
    assert left[0] == Money.uah(46)


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_a_connection_that_died_meanwhile_is_replaced(database: Database, till: Till, lines, transfer):
    await till.post(transfer("a", Money.uah(1)))
    async with database.unit_of_work() as session:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        await (await session.connection()).execute(text(f"{others} AND pid <> pg_backend_pid()"))
    assert (await till.post(transfer("b", Money.uah(1)))).is_new
    assert (await money(database, lines))[0] == Money.uah(48)


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
async def test_a_key_that_somebody_else_is_spending_on_other_accounts_is_refused(database, till: Till, lines, transfer):
    posting = transfer("k", Money.uah(1))
    strange = Posting(posting.key, posting.kind, posting.at, transfer("k", Money.uah(1), source=2, target=1).legs)

    async def by_transaction() -> None:
        async with database.unit_of_work() as session:
            await post(session, key="k", kind=strange.kind, at=strange.at, legs=strange.legs, respect_floors=False)

    async with database.unit_of_work() as session:
        # Of the first line alone, which the others do not touch: they meet at the key.
        legs = [Leg(lines[0].id, Money.uah(-1)), Leg(lines[0].id, Money.uah(1))]
        await post(session, key="k", kind=posting.kind, at=posting.at, legs=legs)
        waiting = [
            asyncio.create_task(till.post(strange, respect_floors=False)),
            asyncio.create_task(by_transaction()),
        ]
        done, _ = await asyncio.wait(waiting, timeout=0.5)
        assert not done, "they wait for what becomes of the key"
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [OperationMismatch] * 2
    assert await money(database, lines) == [Money.uah(50), Money.ZERO, Money.ZERO]
