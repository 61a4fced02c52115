"""How members of the staff are called."""

from collections.abc import Collection, Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.staff.models import StaffMember


async def names_of(session: AsyncSession, staff_ids: Collection[int | None]) -> Mapping[int, str]:
    """The names of these members, by id; nobody is asked for nothing."""
    wanted = {each for each in staff_ids if each is not None}
    if not wanted:
        return {}
    rows = await session.exec(select(StaffMember.id, StaffMember.name).where(col(StaffMember.id).in_(wanted)))
    return {staff_id: name for staff_id, name in rows if staff_id is not None}
