"""What tariffs and services are called, by their codes."""

from collections.abc import Iterable, Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.catalogue.models import Service, Tariff

#: Of each code: its name by language.
Names = Mapping[str, Mapping[str, str]]


async def names_of(session: AsyncSession, codes: Iterable[str]) -> Names:
    """The names of these tariffs and services; a code that is neither is left out."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    found: dict[str, Mapping[str, str]] = {}
    for table in (Service, Tariff):
        rows = await session.exec(select(table.code, table.name).where(col(table.code).in_(wanted)))
        found |= dict(rows.all())
    return found
