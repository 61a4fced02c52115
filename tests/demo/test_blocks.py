"""The blocked number of the demo: a lead finds it and gives it back, and the next day leaves it so (G1)."""

from datetime import UTC, datetime

from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.demo.blocks import NUMBER, add_blocks
from mykyivstar.domain.blocking import desk
from mykyivstar.domain.blocking.desk import Asked
from mykyivstar.domain.blocking.models import BlockReason
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.domain.staff import management
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.visits.counter import Seen
from mykyivstar.domain.visits.models import ProofDocument

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


async def test_a_lead_gives_the_stolen_number_back(database: Database) -> None:
    async with database.unit_of_work() as session:
        await add_blocks(session, AT)
        made = await management.add(
            session,
            login="lead",
            name="Марта",
            role=StaffRole.LEAD,
            phone=None,
            password_hash=None,
            skills=(),
            capacity=4,
            at=AT,
        )
        lead = StaffActor(staff_id=made.id or 0, session_id=1, role=StaffRole.LEAD, name="Марта")
    found = await desk.look_for(database.unit_of_work, lead, Asked("067 184 00 09"), at=AT)
    assert (found.reason, found.since, found.owner, found.card) == (BlockReason.STOLEN, AT, "Левко Мороз", None)
    await desk.unblock(database.unit_of_work, lead, Asked(NUMBER.digits), Seen(ProofDocument.DIIA, "Дія, …1234"), at=AT)
    async with database.unit_of_work() as session:
        await add_blocks(session, AT)
    async with database.reading() as session:
        assert (await session.exec(select(Line))).one().state is LineState.ACTIVE
