"""What a charge rests on: the contract, or somebody's explicit yes; and which charges stand only on a yes (O1, O4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.consents.models import ConsentTo, PaidConsent
from mykyivstar.domain.expenses.accounts import key_of
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind
from mykyivstar.domain.promises.models import Promise
from mykyivstar.domain.reports.models import Report
from mykyivstar.domain.usage.models import UsageCategory

_FREE_TO_REFUSE: Final = frozenset({UsageCategory.SERVICE.value, UsageCategory.PAID_CONTENT.value})


class Basis(StrEnum):
    """What a charge rests on."""

    # The tariff, which the contract is about.
    CONTRACT = "contract"
    # A yes to this service or price, with what was shown before it.
    AGREED = "agreed"
    # An order with its price said before.
    ORDERED = "ordered"
    # It stands only on a yes, and there is none.
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Ground:
    """The basis of a charge, and when the yes was given; `shown` is what stood before it, as it was kept."""

    basis: Basis
    at: datetime | None = None
    shown: dict[str, Any] | None = None


def needs_a_yes(entry: Entry) -> bool:
    """Whether this charge stands only on an explicit yes: services and paid content do, tariffs and calls do not."""
    return entry.kind is OperationKind.SERVICE_FEE or (
        entry.kind is OperationKind.USAGE and entry.category in _FREE_TO_REFUSE
    )


async def ground_of(session: AsyncSession, entry: Entry, account: LedgerAccount) -> Ground:
    """What this charge rests on. A yes counts when it was given before the charge, for the same line or account."""
    if (ordered := await _ordered(session, entry, account)) is not None:
        return ordered
    if not needs_a_yes(entry):
        return Ground(Basis.CONTRACT)
    agreed = await _agreed(session, entry, account)
    return Ground(Basis.AGREED, agreed.at, dict(agreed.shown)) if agreed is not None else Ground(Basis.NOTHING)


async def _agreed(session: AsyncSession, entry: Entry, account: LedgerAccount) -> PaidConsent | None:
    """The newest yes before the charge: the one it names, else one to what its rule names ("service/CODE")."""
    named, (family, _, code) = (
        entry.explanation.get("consent_id"),
        str(entry.explanation.get("rule", "")).partition("/"),
    )
    wanted: list[ColumnElement[bool]] = []
    if family in set(ConsentTo):
        to_this = (col(PaidConsent.to) == ConsentTo(family), *([col(PaidConsent.ref) == code] if code else []))
        wanted.append(and_(*to_this))
    if isinstance(named, int):
        wanted.append(col(PaidConsent.id) == named)
    if not wanted:
        return None
    theirs = (
        PaidConsent.line_id == account.line_id,
        PaidConsent.internet_account_id == account.internet_account_id,
        PaidConsent.at <= entry.at,
    )
    query = select(PaidConsent).where(*theirs, or_(*wanted)).order_by(col(PaidConsent.at).desc())
    return (await session.exec(query.limit(1))).first()


async def _ordered(session: AsyncSession, entry: Entry, account: LedgerAccount) -> Ground | None:
    """A report or a promised payment: the price was said before, and it was ordered."""
    report_id, promise_id = entry.explanation.get("report_id"), entry.explanation.get("promise_id")
    if isinstance(report_id, int):
        report = await session.get(Report, report_id)
        if report is not None and report.holding == key_of(account):
            return Ground(Basis.ORDERED, report.created_at)
    if isinstance(promise_id, int):
        promise = await session.get(Promise, promise_id)
        if promise is not None and promise.key == key_of(account):
            return Ground(Basis.ORDERED, promise.given_at)
    return None
