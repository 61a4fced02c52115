"""Posting moves money exactly once or not at all."""

import asyncio

import pytest
from sqlmodel import col, select

from mykyivstar.db.changes import Change
from mykyivstar.db.database import Database
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.accounts import set_floor
from mykyivstar.domain.ledger.errors import NotEnoughMoney, OperationMismatch, UnbalancedLegs
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind, Unit
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.domain.ledger.service import (
    Leg,
    Posting,
    SystemAccount,
    account_for,
    post,
    post_many,
    system_account,
)
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.ledger.conftest import MakeAccount
from tests.factories.people import make_line

TRANSFER = OperationKind.TRANSFER


def moving(amount: Money, source: LedgerAccount, target: LedgerAccount) -> list[Leg]:
    return [Leg(source.id, -amount, {"rule": "transfer"}), Leg(target.id, amount)]


async def test_a_transfer_moves_money_and_each_entry_explains_itself(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        operation = await post(
            session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(20, 50), source, target)
        )
    async with database.reading() as session:
        entries = (await session.exec(select(Entry).where(Entry.operation_id == operation.id))).all()
        assert [(e.account_id, e.amount, e.balance_after, e.explanation) for e in entries] == [
            (source.id, Money(-2050), Money(2950), {"rule": "transfer"}),
            (target.id, Money(2050), Money(2050), {}),
        ]
        assert {e.at for e in entries} == {clock.now()}
        known = await balances(session, line_ids=[source.line_id, target.line_id])
        assert [known.lines[a.line_id].money for a in (source, target)] == [Money(2950), Money(2050)]
        assert (await proof(session)).holds


async def test_accounts_in_hand_show_the_new_balance(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(20), source, target))
        assert (source.balance, target.balance) == (Money.uah(30), Money.uah(20))


async def test_the_same_operation_again_posts_nothing(database: Database, clock: FixedClock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        legs = moving(Money.uah(40), source, target)
        first = await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=legs)
    async with database.unit_of_work() as session:
        # Repeated later, and although the money would not suffice for a second one.
        legs[0] = Leg(source.id, legs[0].amount, {"rule": "worded otherwise"})
        second = await post(session, key="t1", kind=TRANSFER, at=clock.now().replace(hour=11), legs=legs)
        assert second.id == first.id
        assert second.at == clock.now()
    async with database.reading() as session:
        assert (await balances(session, line_ids=[source.line_id])).lines[source.line_id].money == Money.uah(10)
        assert len((await session.exec(select(Entry))).all()) == 4


async def test_the_same_key_with_another_amount_is_refused(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(5), source, target))
        with pytest.raises(OperationMismatch):
            await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(6), source, target))
        with pytest.raises(OperationMismatch):
            await post(
                session,
                key="t1",
                kind=OperationKind.ADJUSTMENT,
                at=clock.now(),
                legs=moving(Money.uah(5), source, target),
            )
        assert source.balance == Money.uah(45)


async def test_the_same_key_from_another_payer_is_refused(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        strangers = await account(session, Money.uah(50)), await account(session)
        await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(5), source, target))
        with pytest.raises(OperationMismatch):
            await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(5), *strangers))
        assert strangers[0].balance == Money.uah(50)


async def test_a_customer_cannot_go_below_the_floor_and_learns_what_is_missing(database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        with pytest.raises(NotEnoughMoney) as refused:
            await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(50, 1), source, target))
        assert refused.value.params == {"missing": Money(1)}
        # The refusal wrote nothing, so the transaction may go on, with the same key too.
        await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(50), source, target))
        assert source.balance == Money.ZERO
        assert (await proof(session)).holds


async def test_the_operators_fee_may_go_below_the_floor_and_a_payment_from_there_is_accepted(
    database: Database, clock, account: MakeAccount
):
    async with database.unit_of_work() as session:
        line, fees = await account(session, Money.uah(5)), await system_account(session, SystemAccount.FEES)
        fee = [Leg(line.id, Money.uah(-30), {"rule": "tariff_fee"}), Leg(fees.id, Money.uah(30))]
        kind = OperationKind.TARIFF_FEE
        await post(session, key="fee", kind=kind, at=clock.now(), legs=fee, respect_floors=False)
        assert line.balance == Money.uah(-25)
        top_ups = await system_account(session, SystemAccount.TOP_UPS)
        paid = [Leg(top_ups.id, Money.uah(-10)), Leg(line.id, Money.uah(10))]
        await post(session, key="pay", kind=OperationKind.TOP_UP, at=clock.now(), legs=paid)
        assert line.balance == Money.uah(-15)


async def test_an_account_without_a_floor_may_owe(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, floor=None), await account(session)
        await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(5), source, target))
        assert source.balance == Money.uah(-5)


async def test_bonuses_and_money_do_not_mix(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        money, bonus = await account(session, Money.uah(50)), await account(session, unit=Unit.BONUS)
        with pytest.raises(UnbalancedLegs):
            await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(5), money, bonus))


@pytest.mark.parametrize("amounts", [(5,), (-5, 4), (0, 0), (-5, 5, 0)])
async def test_legs_that_do_not_balance_are_our_mistake(database: Database, clock, account: MakeAccount, amounts):
    async with database.unit_of_work() as session:
        accounts = [await account(session, Money.uah(50)) for _ in amounts]
        legs = [Leg(one.id, Money(amount)) for one, amount in zip(accounts, amounts, strict=True)]
        with pytest.raises(UnbalancedLegs):
            await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=legs)
        assert not (await session.exec(select(Operation).where(Operation.key == "t1"))).all()


async def test_an_operation_without_legs_spends_its_key_and_moves_nothing(database: Database, clock, account):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=[])
        with pytest.raises(OperationMismatch):
            await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(5), source, target))
        assert source.balance == Money.uah(50)
        assert (await proof(session)).holds


async def test_a_line_that_changes_to_a_contract_may_owe(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session), await account(session)
        await set_floor(session, source.line_id, None)
        await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(5), source, target))
        assert source.balance == Money.uah(-5)


async def test_two_legs_of_one_account_each_have_their_balance(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        line, fees = await account(session, Money.uah(50)), await system_account(session, SystemAccount.FEES)
        legs = [
            Leg(line.id, Money.uah(-10), {"rule": "net"}),
            Leg(line.id, Money.uah(-2), {"rule": "vat"}),
            Leg(fees.id, Money.uah(12)),
        ]
        operation = await post(session, key="fee", kind=OperationKind.SERVICE_FEE, at=clock.now(), legs=legs)
        entries = (await session.exec(select(Entry).where(Entry.operation_id == operation.id))).all()
        assert [e.balance_after for e in entries] == [Money.uah(40), Money.uah(38), Money.uah(12)]
        assert line.balance == Money.uah(38)


async def test_many_operations_are_posted_in_their_order_and_repeats_among_them_left_alone(database, clock, account):
    async with database.unit_of_work() as session:
        one, two = await account(session, Money.uah(10)), await account(session)
        old = Posting("old", TRANSFER, clock.now(), moving(Money.uah(10), one, two))
        await post_many(session, [old])
        back = Posting("back", TRANSFER, clock.now(), moving(Money.uah(4), two, one))
        on = Posting("on", TRANSFER, clock.now(), moving(Money.uah(3), one, two))
        posted = await post_many(session, [old, back, on])
        assert [p.is_new for p in posted] == [False, True, True]
        assert (one.balance, two.balance) == (Money.uah(1), Money.uah(9))
        assert (await proof(session)).holds


async def test_what_was_touched_is_announced(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        internet = InternetAccount(number="0004477600", contract_phone=Msisdn("380676000001"))
        session.add(internet)
    async with database.unit_of_work() as session:
        home = await account_for(session, internet_account_id=internet.id)
        await session.exec(select(Change))
        await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=moving(Money.uah(5), source, home))
    async with database.reading() as session:
        subjects = [change.subject for change in await session.exec(select(Change))][-2:]
        assert set(subjects) == {f"line:{source.line_id}", f"internet:{internet.id}"}
        known = await balances(session, line_ids=[target.line_id], internet_account_ids=[internet.id])
        assert known.internet[internet.id].money == Money.uah(5)
        assert known.internet[internet.id].bonus is None


async def test_an_account_asked_for_twice_is_one(database: Database, account: MakeAccount):
    async with database.unit_of_work() as session:
        opened = await account(session, floor=None)
        again = await account_for(session, line_id=opened.line_id)
        assert again.id == opened.id
        assert again.floor is None


async def test_whoever_opens_an_account_at_once_with_others_gets_it(database: Database):
    async def opened(line_id: int | None) -> int | None:
        async with database.unit_of_work() as session:
            return (await account_for(session, line_id=line_id)).id

    # Where only one of the two unique indexes was asked, it came to a refusal once in some sixty meetings.
    for number in range(60):
        async with database.unit_of_work() as session:
            line = await make_line(session, f"38067{number:07}")
        assert len(set(await asyncio.gather(*(opened(line.id) for _ in range(10))))) == 1


async def test_the_same_operation_at_once_from_many_moves_money_once(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
    legs = moving(Money.uah(10), source, target)

    async def attempt() -> int | None:
        async with database.unit_of_work() as session:
            return (await post(session, key="t1", kind=TRANSFER, at=clock.now(), legs=legs)).id

    assert len(set(await asyncio.gather(*(attempt() for _ in range(8))))) == 1
    async with database.reading() as session:
        assert (await balances(session, line_ids=[source.line_id])).lines[source.line_id].money == Money.uah(40)


async def test_payers_at_once_cannot_spend_the_same_hryvnia(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        one, two = await account(session, Money.uah(10)), await account(session, Money.uah(10))

    async def attempt(number: int) -> bool:
        there = (one, two) if number % 2 else (two, one)
        try:
            async with database.unit_of_work() as session:
                legs = moving(Money.uah(4), *there)
                await post(session, key=f"t{number}", kind=TRANSFER, at=clock.now(), legs=legs)
        except NotEnoughMoney:
            return False
        return True

    assert any(await asyncio.gather(*(attempt(number) for number in range(20))))
    async with database.reading() as session:
        known = (await balances(session, line_ids=[one.line_id, two.line_id])).lines
        left = [known[a.line_id].money for a in (one, two)]
        assert sum(m.kopiykas for m in left) == 2000
        assert min(left) >= Money.ZERO
        assert (await proof(session)).holds


async def test_an_entry_knows_its_kind_and_what_it_counts_as(database: Database, clock, account: MakeAccount):
    async with database.unit_of_work() as session:
        source, target = await account(session, Money.uah(50)), await account(session)
        for key, why in (("data", {"category": "data"}), ("other", {})):
            legs = [Leg(source.id, -Money.uah(1), why), Leg(target.id, Money.uah(1), why)]
            await post(session, key=key, kind=OperationKind.USAGE, at=clock.now(), legs=legs)
        await reverse(session, key="back", of="data", at=clock.now(), explanation={})
        entries = await session.exec(select(Entry).where(Entry.account_id == target.id).order_by(col(Entry.id)))
        assert [(entry.kind, entry.category) for entry in entries] == [
            (OperationKind.USAGE, "data"),
            (OperationKind.USAGE, "usage"),
            (OperationKind.REVERSAL, "data"),
        ]
