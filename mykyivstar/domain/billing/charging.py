"""Taking the fees of a range of lines or internet accounts, due by a day: set-based, each once (H1).

Nothing here reads an account's row into the program: it prices what is due (`terms`, a handful of rows however many
accounts there are) and has the database do the rest (`fee_sql`, `ledger.bulk`).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.types import DayType, UtcDateTime
from mykyivstar.domain.billing import fee_tables
from mykyivstar.domain.billing.fee_sql import HELD, Statements, statements
from mykyivstar.domain.billing.fee_tables import DUE_FEE, FEE_PART, FEE_TERM, LOCKED
from mykyivstar.domain.billing.tallies import Count, Tally
from mykyivstar.domain.billing.terms import Holds, Price, Term, term
from mykyivstar.domain.catalogue.models import Service, Tariff
from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.bulk import hold, post_set
from mykyivstar.domain.ledger.models import LedgerAccount, OperationKind
from mykyivstar.domain.ledger.set_tables import POSTING_REASON, begin_set
from mykyivstar.domain.tariff_lock.queries import locked
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money

_SQL = {holds: statements(holds) for holds in Holds}
_TYPES: dict[str, Any] = {"before": UtcDateTime(), "at": UtcDateTime(), "day": DayType()}
_FIRST_SERVICE = 1


async def charge_range(
    session: AsyncSession, holds: Holds, lo: int, hi: int, *, day: date, at: datetime, lane: int = 0
) -> Tally:
    """Take what is due by the Kyiv day of every line or account with an id from `lo` to `hi`, both included.

    Each fee is posted once, by its key, and moves its own `next_charge_at` on in the same transaction. A prepaid line
    that has not enough waits, and so does what stands behind the fee it lacks money for; contract lines and home
    internet go below zero. Nothing is taken where no balance is known. Ranges of different lanes can be done at
    the same moment: each lane has a part of the operator's account.
    """
    charging = _Charging(session, holds, {"lo": lo, "hi": hi, "before": kyiv_midnight(day + timedelta(days=1))}, at)
    return await charging.run(day, lane)


class _Charging:
    def __init__(self, session: AsyncSession, holds: Holds, values: dict[str, Any], at: datetime) -> None:
        self._session, self._holds, self._values, self._at = session, holds, values | {"at": at}, at
        self._range = {name: values[name] for name in ("lo", "hi")}
        self._sql: Statements = _SQL[holds]

    async def run(self, day: date, lane: int) -> Tally:
        await begin_set(self._session, fee_tables.TEMPORARY)
        connection = await self._session.connection()
        fees = await system_account(self._session, SystemAccount.FEES, part=lane)
        # In the order in which everybody else holds them: lines before their money, home internet after it.
        are_held = connection.dialect.name != "sqlite" and self._holds is Holds.LINE
        if not await self._did(self._sql.holders + (HELD if are_held else "")):
            return Tally()
        await self._hold_money(connection, fees)
        await self._did(self._sql.items)
        await self._price(connection, day)
        places = (await connection.execute(text("SELECT max(place) FROM due_item"))).scalar_one() or 0
        tally = Tally()
        for place in range(places + 1):
            if place < _FIRST_SERVICE + 1:
                await self._set_aside(connection, place)
            await connection.execute(DUE_FEE.delete())
            if await self._did(self._sql.fees, place=place):
                tally += await self._take(connection, fees, place)
                if place < places:
                    await self._did(self._sql.spent)
        return tally

    async def _hold_money(self, connection: AsyncConnection, fees: LedgerAccount) -> None:
        await hold(self._session, self._sql.column, self._sql.accounts, self._range, against=fees, among="due_holder")
        if self._holds is Holds.INTERNET and connection.dialect.name != "sqlite":
            await connection.execute(text(self._sql.hold_holders), self._range)

    async def _set_aside(self, connection: AsyncConnection, place: int) -> None:
        """What stands aside for the tariff, as it is now: taking the tariff's fee begins it anew."""
        if self._holds is Holds.LINE:
            savers = (await connection.execute(text(self._sql.savers), {"place": place})).scalars().all()
            aside = await locked(self._session, savers, self._at) if savers else {}
            await connection.execute(LOCKED.delete())
            rows = [{"line_id": line_id, "amount": amount} for line_id, amount in aside.items()]
            await self._fill(connection, LOCKED.insert(), rows)

    async def _take(self, connection: AsyncConnection, fees: LedgerAccount, place: int) -> Tally:
        """What `due_fee` holds: the items of one place."""
        sql = self._sql
        await self._did(sql.hold_back)
        kind = OperationKind.SERVICE_FEE if place else OperationKind.TARIFF_FEE
        await post_set(self._session, DUE_FEE, kind=kind, against=fees, at=self._at)
        if self._holds is Holds.LINE:
            # Packages before their lines: a line that this transaction has changed would have to be held anew.
            for statement in (sql.forget_packages, sql.grant_packages, sql.note_unpaid, sql.forget_unpaid):
                await self._did(statement)
        await self._did(sql.move_services if place else sql.move_tariffs)
        await self._did(sql.announce)
        rows = await connection.execute(text(sql.tally))
        return Tally(
            {code: Count(int(taken), Money(int(amount)), int(waiting)) for code, taken, amount, waiting in rows}
        )

    async def _price(self, connection: AsyncConnection, day: date) -> None:
        """Write down what each fee comes to; one row for all who have the same tariff and the same day."""
        typed = text(self._sql.new_terms).columns(due_at=UtcDateTime())
        due = (await connection.execute(typed)).all()
        tariffs = await self._prices(Tariff, [row[1] for row in due if row[0]])
        services = await self._prices(Service, [row[1] for row in due if not row[0]])
        terms: list[dict[str, Any]] = []
        reasons: list[dict[str, Any]] = []
        parts: list[dict[str, Any]] = []
        for number, (is_tariff, price_id, due_at, charge_day) in enumerate(due, 1):
            price = (tariffs if is_tariff else services)[price_id]
            fee = term(price, due_at, charge_day or None, day=day, holds=self._holds)
            key = {"is_tariff": bool(is_tariff), "price_id": price_id, "due_at": due_at, "charge_day": charge_day}
            terms.append({"id": number, "code": price.code, **key, **_term_row(fee)})
            reasons.append({"id": number, "explanation": dict(fee.explanation)})
            parts += [_part(number, part) for part in price.package]
        await self._fill(connection, FEE_TERM.insert(), terms)
        await self._fill(connection, POSTING_REASON.insert(), reasons)
        await self._fill(connection, FEE_PART.insert(), parts)

    async def _prices(self, model: type[Tariff] | type[Service], ids: Sequence[int]) -> dict[int, Price]:
        if not ids:
            return {}
        found = await self._session.exec(select(model).where(col(model.id).in_(sorted(set(ids)))))
        prices = [Price.of(thing) for thing in found.all() if isinstance(thing, Tariff | Service)]
        return {price.id: price for price in prices}

    async def _fill(self, connection: AsyncConnection, insert: Executable, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            await connection.execute(insert, rows)

    async def _did(self, statement: str, **more: Any) -> bool:
        """Run it with the values that it asks for; whether it touched any row."""
        values = {name: value for name, value in {**self._values, **more}.items() if f":{name}" in statement}
        typed = [bindparam(name, type_=_TYPES[name]) for name in values if name in _TYPES]
        connection = await self._session.connection()
        return (
            await connection.execute(
                text(statement).bindparams(*typed), values, execution_options={"preserve_rowcount": True}
            )
        ).rowcount > 0


def _term_row(fee: Term) -> dict[str, Any]:
    return {
        "due_on": fee.due_on,
        "amount": fee.amount,
        "next_at": fee.next_at,
        "next_charge_day": fee.charge_day,
        "lasts_until": fee.lasts_until,
    }


def _part(number: int, part: Any) -> dict[str, Any]:
    is_unlimited = bool(part.get("is_unlimited", False))
    return {"term_id": number, "kind": part["kind"], "amount": part["amount"], "is_unlimited": is_unlimited}
