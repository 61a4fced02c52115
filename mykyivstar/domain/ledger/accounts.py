"""Which pots there are: one per line or internet account and unit, and the operator's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.kit.money import Money


class SystemAccount(StrEnum):
    """The operator's own accounts: the other side of every movement. They have no floor."""

    OPENING = "opening"
    USAGE = "usage"
    FEES = "fees"
    TOP_UPS = "top_ups"
    BONUSES = "bonuses"
    # What acquirers and partners owe us, and what subscribers owe for promised payments: these stand below zero.
    ACQUIRER = "acquirer"
    PARTNERS = "partners"
    PROMISES = "promises"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account it is: exactly one line or internet account, in one unit.

    `floor` counts only when the account is opened; None is for those who may owe (contract lines).
    """

    line_id: int | None = None
    internet_account_id: int | None = None
    unit: Unit = Unit.UAH
    floor: Money | None = Money.ZERO

    def __post_init__(self) -> None:
        assert (self.line_id is None) != (self.internet_account_id is None), "of a line or of an internet account"

    @property
    def code(self) -> str:
        name = f"line:{self.line_id}" if self.line_id is not None else f"internet:{self.internet_account_id}"
        return f"{name}:{self.unit.value}"


async def account_for(
    session: AsyncSession,
    *,
    line_id: int | None = None,
    internet_account_id: int | None = None,
    unit: Unit = Unit.UAH,
    floor: Money | None = Money.ZERO,
) -> LedgerAccount:
    """The account of exactly one line or internet account in this unit, opened empty when there is none.

    `floor` counts only when the account is opened; None is for those who may owe (contract lines).
    """
    holder = Holder(line_id=line_id, internet_account_id=internet_account_id, unit=unit, floor=floor)
    return (await accounts_for(session, [holder]))[0]


async def accounts_for(session: AsyncSession, holders: Sequence[Holder]) -> list[LedgerAccount]:
    """The accounts of these holders, in their order, in three statements however many they are; see `account_for`."""
    wanted = [
        LedgerAccount(
            code=holder.code,
            unit=holder.unit,
            line_id=holder.line_id,
            internet_account_id=holder.internet_account_id,
            floor=holder.floor,
        )
        for holder in holders
    ]
    return await _opened(session, wanted)


async def known_codes(session: AsyncSession, holders: Sequence[Holder]) -> set[str]:
    """The codes of those of these accounts that have been opened."""
    return {account.code for account in await _by_code(session, [holder.code for holder in holders])}


async def set_floor(session: AsyncSession, line_id: int, floor: Money | None) -> None:
    """From now on the money of this line may not fall below `floor` by a customer's act; None: it may owe."""
    theirs = (col(LedgerAccount.line_id) == line_id, col(LedgerAccount.unit) == Unit.UAH)
    await session.exec(update(LedgerAccount).where(*theirs).values(floor=floor))


async def system_account(
    session: AsyncSession, account: SystemAccount, unit: Unit = Unit.UAH, *, part: int = 0
) -> LedgerAccount:
    """The operator's own account of this name and unit, opened when there is none.

    Whoever posts holds it until the end of the transaction; those who post much at the same moment use different
    parts of it, which are accounts of their own.
    """
    code = f"system:{account.value}:{unit.value}" + (f":{part}" if part else "")
    opened = LedgerAccount(code=code, unit=unit, floor=None)
    return (await _opened(session, [opened]))[0]


async def _opened(session: AsyncSession, wanted: Sequence[LedgerAccount]) -> list[LedgerAccount]:
    """The accounts with these codes, in this order; missing ones are opened, however many sessions ask at once."""
    codes = [account.code for account in wanted]
    held = {account.code: account for account in await _by_code(session, codes)}
    missing = {account.code: account for account in wanted if account.code not in held}.values()
    if missing:
        # Whichever unique index notices the other session: PostgreSQL does not always meet that of the code first.
        opening = insert_into(session, LedgerAccount).on_conflict_do_nothing()
        columns = ("code", "unit", "line_id", "internet_account_id", "balance", "floor")
        rows = [{column: getattr(account, column) for column in columns} for account in missing]
        await (await session.connection()).execute(opening, rows)
        held |= {account.code: account for account in await _by_code(session, codes)}
    return [held[code] for code in codes]


async def _by_code(session: AsyncSession, codes: Sequence[str]) -> Sequence[LedgerAccount]:
    return (await session.exec(select(LedgerAccount).where(col(LedgerAccount.code).in_(codes)))).all()
