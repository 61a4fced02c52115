"""The proof sees every way in which books can be wrong."""

from sqlalchemy import insert, update

from mykyivstar.db.database import Database
from mykyivstar.db.statements import table_of
from mykyivstar.domain.ledger.models import IDS_OF_ONE, Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.queries import WrongBalance, balances, proof
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.kit.money import Money
from tests.domain.ledger.conftest import MakeAccount


async def test_empty_books_are_right(database: Database):
    async with database.reading() as session:
        assert (await proof(session)).holds


async def test_a_balance_changed_by_hand_is_found(database: Database, account: MakeAccount):
    async with database.unit_of_work() as session:
        line = await account(session, Money.uah(50))
        accounts = table_of(LedgerAccount)
        await (await session.connection()).execute(
            update(accounts).where(accounts.c.id == line.id).values(balance=Money.uah(51))
        )
    async with database.reading() as session:
        found = await proof(session)
        assert not found.holds
        assert found.wrong_balances == [WrongBalance(line.code, Money.uah(51), Money.uah(50))]
        assert found.wrong_totals == {Unit.UAH: Money.uah(1)}


async def test_an_entry_added_by_hand_is_found(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        legs = [Leg(source.id, Money.uah(-1)), Leg(target.id, Money.uah(1))]
        operation = await post(session, key="t", kind=OperationKind.TRANSFER, at=clock.now(), legs=legs)
        forged: dict[str, object] = {"id": operation.id * IDS_OF_ONE + 9, "operation_id": operation.id}
        forged |= {"account_id": target.id, "amount": Money(7), "at": clock.now()}
        await (await session.connection()).execute(
            insert(table_of(Entry)),
            [forged | {"balance_after": Money(107), "explanation": {}, "kind": OperationKind.TRANSFER, "category": ""}],
        )
    async with database.reading() as session:
        found = await proof(session)
        assert [wrong.account for wrong in found.wrong_balances] == [target.code]
        assert found.wrong_operations == [operation.id]


async def test_whoever_has_no_account_has_no_balance(database: Database):
    async with database.reading() as session:
        known = await balances(session, line_ids=[7])
        assert known.lines[7].money is None
        assert known.lines[7].bonus is None
        assert known.internet == {}


async def test_money_and_bonuses_are_told_apart(database: Database, account: MakeAccount):
    async with database.unit_of_work() as session:
        line = await account(session, Money.uah(50))
        other = await account(session, Money(1250), unit=Unit.BONUS)
        known = (await balances(session, line_ids=[line.line_id, other.line_id])).lines
        assert (known[line.line_id].money, known[line.line_id].bonus) == (Money.uah(50), None)
        assert (known[other.line_id].money, known[other.line_id].bonus) == (None, Money(1250))
