"""Finding what rows refer to: owners, tariffs, lines and internet accounts by the names that files use."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, select
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import rows_for, table_of
from mykyivstar.domain.catalogue.models import Service, Tariff, TariffKind
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Billing, Line, Owner
from mykyivstar.kit.msisdn import Msisdn


async def owner_ids(session: AsyncSession, refs: Iterable[str | None]) -> Mapping[str, int]:
    """Ids of owners by the operator's reference; the unknown ones are missing."""
    return {row[0]: row[1] for row in await _found(session, Owner, "ref", refs, "id")}


async def tariff_ids(session: AsyncSession, codes: Iterable[str | None], kind: TariffKind) -> Mapping[str, int]:
    """Ids of tariffs of this kind by code."""
    found = await _found(session, Tariff, "code", codes, "id", "kind")
    return {code: tariff_id for code, tariff_id, known_kind in found if known_kind is kind}


async def sources(session: AsyncSession, codes: Iterable[str | None]) -> set[str]:
    """Which of these codes are tariffs or services."""
    wanted = set(codes)
    return {row[0] for model in (Tariff, Service) for row in await _found(session, model, "code", wanted)}


async def lines(session: AsyncSession, numbers: Iterable[Msisdn | None]) -> Mapping[Msisdn | None, tuple[int, Billing]]:
    """Ids of lines by number, and how each pays."""
    found = await _found(session, Line, "msisdn", numbers, "id", "payment")
    return {number: (line_id, payment) for number, line_id, payment in found}


async def line_ids(session: AsyncSession, numbers: Collection[str]) -> Mapping[str, int]:
    """Ids of lines by the digits of their numbers: `lines` for the batches of usage, where it must be quick."""
    found = await rows_for(session, "SELECT msisdn, id FROM line WHERE msisdn IN (?)", numbers)
    return {row[0]: row[1] for row in found}


async def internet_account_ids(session: AsyncSession, numbers: Iterable[str | None]) -> Mapping[str | None, int]:
    """Ids of internet accounts by number."""
    return {row[0]: row[1] for row in await _found(session, InternetAccount, "number", numbers, "id")}


async def _found(
    session: AsyncSession, model: type[SQLModel], key: str, names: Iterable[Any], *columns: str
) -> Sequence[Sequence[Any]]:
    """The key and these columns of the rows with these names."""
    wanted = {name for name in names if name is not None}
    if not wanted:
        return ()
    table = table_of(model)
    asked: list[Column[Any]] = [table.c[name] for name in (key, *columns)]
    return (await (await session.connection()).execute(select(*asked).where(table.c[key].in_(wanted)))).all()
