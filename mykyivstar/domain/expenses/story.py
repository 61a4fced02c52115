"""All that is known of one entry: its rule, what it was for, what it rests on, its other side (O1, E6)."""

from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.expenses.accounts import key_of
from mykyivstar.domain.expenses.consent import Ground, ground_of
from mykyivstar.domain.expenses.headings import FOR_PAYERS, heading_of
from mykyivstar.domain.expenses.use import Use, unit_price, use_of
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind, entries_of, takes_back
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.domain.lines.queries import held
from mykyivstar.domain.payments.models import Dispute, Payment
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money

# Nobody gains by taking these back: they are answered at the payment itself, or are no charges.
_CHARGES = frozenset({OperationKind.USAGE, OperationKind.TARIFF_FEE, OperationKind.SERVICE_FEE})


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry that the actor may see, and whose it is."""

    entry: Entry
    operation: Operation
    account: LedgerAccount
    key: HoldingKey
    role: HoldingRole


@dataclass(frozen=True, slots=True)
class Side:
    """Another entry of the same operation on another of the actor's own."""

    entry_id: int
    key: HoldingKey
    amount: Money


@dataclass(frozen=True, slots=True)
class Story:
    """The entry with everything around it; None where there is nothing of the kind."""

    seen: Seen
    # The use it charges, and the price of its unit where the sum is a multiple of it.
    use: Use | None
    unit_price: Money | None
    ground: Ground | None
    # The address of the payment, where the actor made it.
    payment_code: str
    sides: tuple[Side, ...]
    # The entry that took this one back, and the one that this takes back.
    taken_back_by: int | None
    takes_back: int | None
    dispute: Dispute | None

    @property
    def before(self) -> Money:
        """What the account had before it."""
        return self.seen.entry.balance_after - self.seen.entry.amount

    @property
    def can_be_disputed(self) -> bool:
        """Whether its owner may say now that it is not right."""
        is_owners = self.seen.role is HoldingRole.OWNER
        has_run = self.dispute is not None or self.taken_back_by is not None
        return is_owners and not has_run and is_charge(self.seen.entry)


def is_charge(entry: Entry) -> bool:
    """Whether it took something for something: what a dispute can be about."""
    return entry.kind in _CHARGES and entry.amount < Money.ZERO


async def seen_entry(session: AsyncSession, actor: Actor, entry_id: int) -> Seen:
    """The entry, if it is of one of the actor's own and the role shows it (B4). Raises NotFound."""
    row = (
        await session.exec(
            select(Entry, Operation, LedgerAccount)
            .join(Operation, col(Operation.id) == col(Entry.operation_id))
            .join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
            .where(Entry.id == entry_id)
        )
    ).first()
    key = key_of(row[2]) if row is not None else None
    if row is None or key is None:
        raise NotFound
    role = (await held(session, actor, key)).holding.role
    if not role.sees_usage and heading_of(row[0].category) not in FOR_PAYERS:
        raise NotFound
    return Seen(*row, key, role)


async def story_of(session: AsyncSession, actor: Actor, entry_id: int) -> Story:
    """Everything about an entry of the actor's own. Raises NotFound."""
    seen = await seen_entry(session, actor, entry_id)
    entry = seen.entry
    use = await use_of(session, entry, seen.account)
    return Story(
        seen=seen,
        use=use,
        unit_price=await _unit_price(session, entry, use),
        ground=await ground_of(session, entry, seen.account) if is_charge(entry) else None,
        payment_code=await _payment_code(session, actor, entry),
        # The others in a set have nothing to do with this one.
        sides=() if seen.operation.is_set else await _sides(session, actor, entry),
        taken_back_by=await _reversal(session, entry),
        takes_back=await _reversed(session, seen),
        dispute=await dispute_of(session, entry_id),
    )


async def dispute_of(session: AsyncSession, entry_id: int) -> Dispute | None:
    """The newest dispute of an entry."""
    query = select(Dispute).where(Dispute.entry_id == entry_id).order_by(col(Dispute.id).desc()).limit(1)
    return (await session.exec(query)).first()


async def _unit_price(session: AsyncSession, entry: Entry, use: Use | None) -> Money | None:
    rule = str(entry.explanation.get("rule", ""))
    if use is None or not rule.startswith("price "):
        return None
    code = rule.removeprefix("price ").partition("/")[0]
    prices = (await session.exec(select(Tariff.prices).where(Tariff.code == code))).first()
    return unit_price(prices or {}, use, -entry.amount)


async def _payment_code(session: AsyncSession, actor: Actor, entry: Entry) -> str:
    payment_id = entry.explanation.get("payment_id")
    if not isinstance(payment_id, int):
        return ""
    query = select(Payment.code).where(Payment.id == payment_id, Payment.profile_id == actor.profile_id)
    return (await session.exec(query)).first() or ""


async def _sides(session: AsyncSession, actor: Actor, entry: Entry) -> tuple[Side, ...]:
    """On the actor's own other accounts; whose the rest are is nobody's business here."""
    other, account = aliased(Entry), aliased(LedgerAccount)
    is_theirs = (col(Holding.line_id) == account.line_id) | (
        col(Holding.internet_account_id) == account.internet_account_id
    )
    rows = await session.exec(
        select(other, account, Holding)
        .join(account, col(account.id) == col(other.account_id))
        .join(Holding, is_theirs)
        .where(
            entries_of(entry.operation_id, other),
            other.account_id != entry.account_id,
            Holding.profile_id == actor.profile_id,
        )
        .order_by(col(other.id))
    )
    found = []
    for side, of, holding in rows:
        key = key_of(of)
        if key is not None and (holding.role.sees_usage or heading_of(side.category) in FOR_PAYERS):
            found.append(Side(side.id or 0, key, side.amount))
    return tuple(found)


async def _reversal(session: AsyncSession, entry: Entry) -> int | None:
    back = aliased(Entry)
    query = (
        select(back.id)
        .select_from(Entry)
        .join(Operation, takes_back(Operation))
        .join(back, entries_of(col(Operation.id), back))
        .where(Entry.id == entry.id, back.account_id == entry.account_id)
    )
    return (await session.exec(query.limit(1))).first()


async def _reversed(session: AsyncSession, seen: Seen) -> int | None:
    of, entry_id = seen.operation.reverses_id, seen.operation.reverses_entry_id
    if of is None:
        return None
    there = Entry.id == entry_id if entry_id else entries_of(of)
    query = select(Entry.id).where(there, Entry.account_id == seen.entry.account_id)
    return (await session.exec(query.limit(1))).first()
