"""What the books say, and the proof that they are right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, Unit
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Balance:
    """What a line or internet account has; None where it has no such account."""

    money: Money | None = None
    bonus: Money | None = None


@dataclass(frozen=True, slots=True)
class Balances:
    """Balances by line id and by internet account id; everyone asked for is there."""

    lines: Mapping[int, Balance]
    internet: Mapping[int, Balance]


async def balances(
    session: AsyncSession, *, line_ids: Iterable[int] = (), internet_account_ids: Iterable[int] = ()
) -> Balances:
    """Money and bonus balances of these lines and internet accounts (C1), in one statement."""
    lines, internet = sorted(set(line_ids)), sorted(set(internet_account_ids))
    theirs = or_(col(LedgerAccount.line_id).in_(lines), col(LedgerAccount.internet_account_id).in_(internet))
    accounts = (await session.exec(select(LedgerAccount).where(theirs).execution_options(populate_existing=True))).all()
    pots = {(account.line_id, account.internet_account_id, account.unit): account.balance for account in accounts}
    return Balances(
        lines={key: Balance(pots.get((key, None, Unit.UAH)), pots.get((key, None, Unit.BONUS))) for key in lines},
        internet={key: Balance(pots.get((None, key, Unit.UAH)), pots.get((None, key, Unit.BONUS))) for key in internet},
    )


async def accounts_with_entries(session: AsyncSession, account_ids: Iterable[int]) -> set[int]:
    """Which of these accounts anything was ever posted to."""
    query = select(Entry.account_id).where(col(Entry.account_id).in_(sorted(account_ids))).distinct()
    return set(await session.exec(query))


async def posted_keys(session: AsyncSession, keys: Iterable[str]) -> set[str]:
    """Which of these operation keys are spent."""
    return set(await session.exec(select(Operation.key).where(col(Operation.key).in_(sorted(keys)))))


@dataclass(frozen=True, slots=True)
class WrongBalance:
    """An account whose kept balance is not the sum of its entries."""

    account: str
    balance: Money
    entries: Money


@dataclass(frozen=True, slots=True)
class Proof:
    """What is wrong with the books; all empty when they are right."""

    accounts: int
    wrong_balances: Sequence[WrongBalance]
    # Units whose balances do not sum to zero, and operations whose entries do not.
    wrong_totals: Mapping[Unit, Money]
    wrong_operations: Sequence[int]

    @property
    def holds(self) -> bool:
        return not (self.wrong_balances or self.wrong_totals or self.wrong_operations)


async def proof(session: AsyncSession) -> Proof:
    """Prove that every balance is the sum of its entries, and that every operation and each unit sum to zero."""
    entries = (
        select(Entry.account_id, func.sum(col(Entry.amount)).label("total")).group_by(col(Entry.account_id)).subquery()
    )
    summed = func.coalesce(entries.c.total, 0)
    kept = select(LedgerAccount, entries.c.total).outerjoin(entries, entries.c.account_id == LedgerAccount.id)
    wrong = await session.exec(kept.where(summed != LedgerAccount.balance).execution_options(populate_existing=True))
    pots = select(LedgerAccount.unit, func.count(), func.sum(col(LedgerAccount.balance)))
    totals = (await session.exec(pots.group_by(col(LedgerAccount.unit)))).all()
    unbalanced = (
        select(Entry.operation_id)
        .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
        .group_by(col(Entry.operation_id), col(LedgerAccount.unit))
        .having(func.sum(Entry.amount) != Money.ZERO)
        .distinct()
    )
    return Proof(
        accounts=sum(count for _, count, _ in totals),
        wrong_balances=[
            WrongBalance(account.code, account.balance, total or Money.ZERO) for account, total in wrong.all()
        ],
        wrong_totals={Unit(unit): total for unit, _, total in totals if total},
        wrong_operations=list((await session.exec(unbalanced)).all()),
    )
