"""Balances from files are entries in the books, and never doubled."""

from sqlmodel import select

from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.kit.money import Money
from tests.domain.imports.conftest import Office, counts

HEADER = "msisdn,internet_account,unit,balance"


async def money(office: Office, line_id: int = 1) -> Money | None:
    async with office.database.reading() as session:
        assert (await proof(session)).holds
        return (await balances(session, line_ids=[line_id])).lines[line_id].money


async def spend(office: Office, amount: Money, key: str = "spent") -> None:
    async with office.database.unit_of_work() as session:
        line, fees = await account_for(session, line_id=1), await system_account(session, SystemAccount.FEES)
        legs = [Leg(line.id, -amount), Leg(fees.id, amount)]
        at = office.clock.now()
        await post(session, key=key, kind=OperationKind.TARIFF_FEE, at=at, legs=legs, respect_floors=False)


async def test_opening_balances_are_entries_that_say_where_they_come_from(office: Office):
    await office.settle()
    rows = ("0676000001,,,187.45", "0676000001,,bonus,32.50", "0676000002,,uah,-356.20", ",0000600001,uah,250")
    assert counts(await office.imports("balances", HEADER, *rows)) == (4, 0, 0, 0)
    async with office.database.reading() as session:
        known = await balances(session, line_ids=[1, 2], internet_account_ids=[1])
        assert (known.lines[1].money, known.lines[1].bonus) == (Money(18745), Money(3250))
        assert known.lines[2].money == Money(-35620)
        assert known.internet[1].money == Money(25000)
        assert (await proof(session)).holds
        operations = (await session.exec(select(Operation))).all()
        assert {operation.kind for operation in operations} == {OperationKind.OPENING_BALANCE}
        entry = (await session.exec(select(Entry).where(Entry.account_id == 1))).one()
        assert entry.explanation == {
            "rule": "opening_balance",
            "stated_balance": 18745,
            "file": "balances.csv",
            "line": 2,
        }
        floors = {account.code: account.floor for account in await session.exec(select(LedgerAccount))}
        assert (floors["line:1:uah"], floors["line:2:uah"]) == (Money.ZERO, None)


async def test_the_same_file_again_changes_nothing_even_when_money_was_spent_since(office: Office):
    await office.settle()
    await office.imports("balances", HEADER, "0676000001,,,100")
    await spend(office, Money.uah(30))
    assert counts(await office.imports("balances", HEADER, "0676000001,,,100")) == (0, 0, 1, 0)
    assert await money(office) == Money.uah(70)


async def test_a_zero_that_was_read_once_takes_nothing_away_later(office: Office):
    await office.settle()
    assert counts(await office.imports("balances", HEADER, "0676000001,,,0")) == (1, 0, 0, 0)
    await spend(office, Money.uah(-50), "paid in")
    assert counts(await office.imports("balances", HEADER, "0676000001,,,0")) == (0, 0, 1, 0)
    assert await money(office) == Money.uah(50)


async def test_a_new_file_posts_the_difference_and_says_so(office: Office):
    await office.settle()
    await office.imports("balances", HEADER, "0676000001,,,100")
    await spend(office, Money.uah(30))
    report = await office.imports("balances", HEADER, "0676000001,,,120", "0676000002,,,0")
    assert counts(report) == (1, 1, 0, 0)
    assert await money(office) == Money.uah(120)
    async with office.database.reading() as session:
        latest = (await session.exec(select(Operation).where(Operation.kind == OperationKind.ADJUSTMENT))).one()
        entries = (await session.exec(select(Entry).where(Entry.operation_id == latest.id))).all()
        assert sorted(entry.amount.kopiykas for entry in entries) == [-5000, 5000]
        assert {entry.explanation["rule"] for entry in entries} == {"balance_correction"}


async def test_a_new_file_with_the_balance_as_it_is_changes_nothing(office: Office):
    await office.settle()
    await office.imports("balances", HEADER, "0676000001,,,100", "0676000002,,,0")
    assert counts(await office.imports("balances", HEADER, "0676000001,,,100", "0676000002,,,0.00")) == (0, 0, 2, 0)
    async with office.database.reading() as session:
        assert len((await session.exec(select(Entry))).all()) == 2


async def test_whose_balance_it_is_must_be_said_once_and_known(office: Office):
    await office.settle()
    rows = (
        ",,,1",
        "0676000001,0000600001,,1",
        "0676000009,,,1",
        ",0000600009,,1",
        "0676000001,,points,1",
        "0676000001,,,",
    )
    assert counts(await office.imports("balances", HEADER, *rows)) == (0, 0, 0, 6)
    assert sorted(office.problems) == [
        "2: needs either msisdn or internet_account",
        "3: needs either msisdn or internet_account, not both",
        "4: msisdn: there is no line +380676000009",
        "5: internet_account: there is no internet account 0000600009",
        "6: unit: 'points' is none of uah, bonus",
        "7: balance: is empty",
    ]


async def test_one_account_twice_in_a_file_is_taken_once(office: Office):
    await office.settle()
    report = await office.imports("balances", HEADER, "0676000001,,,1", "0676000001,,bonus,1", "380676000001,,uah,2")
    assert counts(report) == (2, 0, 0, 1)
    assert await money(office) == Money.uah(1)
