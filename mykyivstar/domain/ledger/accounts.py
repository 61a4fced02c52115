"""Which pots there are: one per line or internet account and unit, and the operator's own."""

from collections.abc import Sequence
from enum import StrEnum

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
    assert (line_id is None) != (internet_account_id is None), "an account is a line's or an internet account's"
    holder = f"line:{line_id}" if line_id is not None else f"internet:{internet_account_id}"
    account = LedgerAccount(
        code=f"{holder}:{unit.value}", unit=unit, line_id=line_id, internet_account_id=internet_account_id, floor=floor
    )
    return (await _opened(session, [account]))[0]


async def system_account(session: AsyncSession, account: SystemAccount, unit: Unit = Unit.UAH) -> LedgerAccount:
    """The operator's own account of this name and unit, opened when there is none."""
    opened = LedgerAccount(code=f"system:{account.value}:{unit.value}", unit=unit, floor=None)
    return (await _opened(session, [opened]))[0]


async def _opened(session: AsyncSession, wanted: Sequence[LedgerAccount]) -> list[LedgerAccount]:
    """The accounts with these codes, in this order; missing ones are opened, however many sessions ask at once."""
    codes = [account.code for account in wanted]
    held = {account.code: account for account in await _by_code(session, codes)}
    missing = [account for account in wanted if account.code not in held]
    if missing:
        opening = insert_into(session, LedgerAccount).on_conflict_do_nothing(index_elements=["code"])
        columns = ("code", "unit", "line_id", "internet_account_id", "balance", "floor")
        rows = [{column: getattr(account, column) for column in columns} for account in missing]
        await (await session.connection()).execute(opening, rows)
        held |= {account.code: account for account in await _by_code(session, codes)}
    return [held[code] for code in codes]


async def _by_code(session: AsyncSession, codes: Sequence[str]) -> Sequence[LedgerAccount]:
    return (await session.exec(select(LedgerAccount).where(col(LedgerAccount.code).in_(codes)))).all()
