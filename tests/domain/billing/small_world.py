"""Tariffs, services and people who pay for them."""

from datetime import date, datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import FeePeriod, Service, ServiceConnection, Tariff, TariffKind
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.lines.models import Billing, Line
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from tests.factories.people import make_account, make_line, put_money


async def tariff(session: AsyncSession, code: str = "wide", fee: int = 150, **fields: Any) -> Tariff:
    """A tariff of so many hryvnias, for four weeks unless said otherwise."""
    fields = {"kind": TariffKind.MOBILE, "fee_period": FeePeriod.FOUR_WEEKS} | fields
    made = Tariff(code=code, name={"uk": code}, fee=Money.uah(fee), **fields)
    session.add(made)
    await session.flush()
    return made


async def service(session: AsyncSession, code: str = "radio", fee: int = 30, **fields: Any) -> Service:
    """A service of so many hryvnias."""
    fields = {"fee_period": FeePeriod.FOUR_WEEKS} | fields
    made = Service(code=code, name={"uk": code}, fee=Money.uah(fee), **fields)
    session.add(made)
    await session.flush()
    return made


async def line(
    session: AsyncSession, its: Tariff, money: int, due: date, number: str = "380671000001", **fields: Any
) -> Line:
    """A line with so many hryvnias whose fee is due on this Kyiv day."""
    made = await make_line(session, number, tariff_id=its.id, next_charge_at=kyiv_midnight(due), **fields)
    floor = None if made.payment is Billing.CONTRACT else Money.ZERO
    await account_for(session, line_id=made.id, floor=floor)
    await put_money(session, made, Money.uah(money))
    return made


async def account(
    session: AsyncSession, its: Tariff, money: int, due: date, number: str = "0004477622", **fields: Any
) -> InternetAccount:
    """A home internet account with so many hryvnias."""
    made = await make_account(session, number, tariff_id=its.id, next_charge_at=kyiv_midnight(due), **fields)
    await put_money(session, made, Money.uah(money))
    return made


async def connect(session: AsyncSession, to: Line | InternetAccount, its: Service, due: date) -> ServiceConnection:
    """That it has the service, whose fee is due on this day."""
    holder = {"line_id": to.id} if isinstance(to, Line) else {"internet_account_id": to.id}
    at = kyiv_midnight(due)
    made = ServiceConnection(service_id=its.id or 0, connected_at=at, next_charge_at=at, **holder)
    session.add(made)
    await session.flush()
    return made


async def pay(session: AsyncSession, to: Line | InternetAccount, amount: Money, *, at: datetime) -> None:
    """Money that comes in from somewhere."""
    holder = {"line_id": to.id} if isinstance(to, Line) else {"internet_account_id": to.id}
    pot = await account_for(session, **holder)
    top_ups = await system_account(session, SystemAccount.TOP_UPS)
    legs = [Leg(pot.id or 0, amount), Leg(top_ups.id or 0, -amount)]
    await post(session, key=f"pay:{pot.id}:{at.isoformat()}", kind=OperationKind.TOP_UP, at=at, legs=legs)


async def send(session: AsyncSession, giver: Line, taker: Line, amount: Money, *, key: str, at: datetime) -> None:
    """Money that one line sends to another."""
    pots = [await account_for(session, line_id=line.id) for line in (giver, taker)]
    legs = [Leg(pots[0].id or 0, -amount), Leg(pots[1].id or 0, amount)]
    await post(session, key=key, kind=OperationKind.TRANSFER, at=at, legs=legs)


async def money_of(database: Database, thing: Line | InternetAccount) -> Money | None:
    """What stands on its account."""
    async with database.reading() as session:
        if isinstance(thing, Line):
            return (await balances(session, line_ids=[thing.id or 0])).lines[thing.id or 0].money
        return (await balances(session, internet_account_ids=[thing.id or 0])).internet[thing.id or 0].money


async def fees_of(database: Database, thing: Line | InternetAccount) -> list[tuple[int, str, str]]:
    """What was taken of it: kopiykas, rule and period, in order."""
    theirs = LedgerAccount.line_id if isinstance(thing, Line) else LedgerAccount.internet_account_id
    kinds = [OperationKind.TARIFF_FEE, OperationKind.SERVICE_FEE]
    async with database.reading() as session:
        entries = await session.exec(
            select(Entry)
            .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
            .where(col(theirs) == thing.id, LedgerAccount.unit == Unit.UAH, col(Entry.kind).in_(kinds))
            .order_by(col(Entry.id))
        )
        return [(-e.amount.kopiykas, e.explanation["rule"], e.explanation["period"]) for e in entries]


async def fee_entry(session: AsyncSession, thing: Line | InternetAccount) -> Entry:
    """The one fee that was taken of it."""
    theirs = LedgerAccount.line_id if isinstance(thing, Line) else LedgerAccount.internet_account_id
    kinds = [OperationKind.TARIFF_FEE, OperationKind.SERVICE_FEE]
    query = select(Entry).join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
    return (await session.exec(query.where(col(theirs) == thing.id, col(Entry.kind).in_(kinds)))).one()


async def due_of(database: Database, thing: Line | InternetAccount | ServiceConnection) -> datetime | None:
    """When its next fee is due."""
    async with database.reading() as session:
        again = await session.get_one(type(thing), thing.id)
    return again.next_charge_at


async def the_books_hold(database: Database) -> bool:
    """Whether balances are the sums of their entries, and each entry says what stood there after it."""
    async with database.reading() as session:
        is_proved = (await proof(session)).holds
        entries = (await session.exec(select(Entry).order_by(col(Entry.account_id), col(Entry.id)))).all()
    stands: dict[int, Money] = {}
    for entry in entries:
        stands[entry.account_id] = stands.get(entry.account_id, Money.ZERO) + entry.amount
        is_proved = is_proved and stands[entry.account_id] == entry.balance_after
    return is_proved
