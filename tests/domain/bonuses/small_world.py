"""Somebody with home internet, bonuses on it, and numbers to give them to."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.bonuses.models import BonusTransfer
from mykyivstar.domain.bonuses.rules import BonusTerms
from mykyivstar.domain.bonuses.transferring import Order, transfer
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.ledger.queries import balances
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.money import Money
from tests.factories.people import hold, make_account, make_line, make_person, put_money

TERMS = BonusTerms()


async def giver(
    session: AsyncSession, bonuses: int = 500, login: str = "olena", **fields: object
) -> tuple[Actor, InternetAccount]:
    """A person with an internet account that has so many bonuses."""
    actor = await make_person(session, login)
    account = await make_account(session, fields.pop("number", "0004477622"), **fields)  # type: ignore[arg-type]
    await hold(session, actor, account)
    await put_money(session, account, Money.uah(bonuses), unit=Unit.BONUS)
    return actor, account


def key_of(account: InternetAccount) -> HoldingKey:
    return HoldingKey(HoldingKind.INTERNET, account.id or 0)


def order(account: InternetAccount, bonuses: int, key: str = "form-1", number: str = "067 100 00 01") -> Order:
    return Order(key, key_of(account), number, Money.uah(bonuses))


async def give(
    database: Database, actor: Actor, account: InternetAccount, bonuses: int, *, at: datetime, **how: str
) -> BonusTransfer:
    """Confirm a transfer."""
    async with database.unit_of_work() as session:
        return await transfer(session, actor, order(account, bonuses, **how), terms=TERMS, at=at)


async def bonuses_of(database: Database, thing: Line | InternetAccount) -> int | None:
    """Whole bonuses on it."""
    async with database.reading() as session:
        if isinstance(thing, Line):
            found = (await balances(session, line_ids=[thing.id or 0])).lines[thing.id or 0].bonus
        else:
            found = (await balances(session, internet_account_ids=[thing.id or 0])).internet[thing.id or 0].bonus
    return None if found is None else found.kopiykas // 100


async def transfers(database: Database) -> list[BonusTransfer]:
    """All there are."""
    async with database.reading() as session:
        return list((await session.exec(select(BonusTransfer).order_by(col(BonusTransfer.id)))).all())


__all__ = ["TERMS", "bonuses_of", "give", "giver", "key_of", "make_line", "order", "transfers"]
