"""Makes the demo world, or brings one of an earlier day up to today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.demo import (
    applications,
    blocks,
    bonus_lots,
    cast,
    consents,
    conversations,
    faults,
    limits,
    locks,
    onward,
    partners,
    payments,
    posting,
    profiles,
    register,
    reports,
    staff,
    standing,
    strangers,
    visits,
    world,
)
from mykyivstar.domain.lines.models import Line
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight, monotonic
from mykyivstar.kit.msisdn import Msisdn

SEED = 1840


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done; all zero when the world was already there."""

    profiles: int = 0
    records: int = 0
    operations: int = 0
    seconds: float = 0.0


async def build(
    database: Database, *, today: date, seed: int = SEED, at: datetime | None = None, folder: Path | None = None
) -> Summary:
    """Make the demo world (M6), ending today: everything up to `at`, by default up to the midnight that begins today.

    A world of the same day is left alone. To one of an earlier day that is added which would have happened since;
    profiles, passwords, names and balances that somebody changed meanwhile stay theirs. One transaction. Documents of
    applications are put into `folder`.
    """
    at = at or kyiv_midnight(today)
    assert kyiv_date(at) == today, "the world ends today"
    started = monotonic()
    async with database.reading() as session:
        hashes = {} if await is_there(session) else await profiles.passwords(cast.cast())
        of_staff = await staff.passwords(session)
    async with database.unit_of_work() as session:
        if await is_there(session):
            done = await _continue(session, seed, today, at)
        else:
            done = await _begin(session, seed, today, at, hashes)
        await partners.add_partner(session, at)
        await staff.add_staff(session, of_staff, at)
        await conversations.add_conversations(session, at)
        await applications.add_applications(session, at, folder)
        await strangers.add_messages(session, at)
        await visits.add_visits(session, at)
        await blocks.add_blocks(session, at)
    return replace(done, seconds=round(monotonic() - started, 2))


async def is_there(session: AsyncSession) -> bool:
    """Whether this database holds the demo world, of whatever day."""
    first = Msisdn(cast.cast()[0].login)
    return (await session.exec(select(Line.id).where(Line.msisdn == first))).first() is not None


async def _begin(session: AsyncSession, seed: int, today: date, at: datetime, hashes: Mapping[str, str]) -> Summary:
    begun = world.begin(seed, at)
    await register.add_catalogue(session, today, seed)
    ids = await register.add_holders(session, cast.cast(), begun, at)
    joined = await profiles.add_profiles(session, cast.cast(), ids, hashes, at)
    await consents.add_consents(session)
    done = Summary(
        profiles=joined,
        records=await posting.store_usage(session, ids, begun.records),
        operations=await posting.post_moves(session, ids, await payments.written_down(session, ids, begun.moves)),
    )
    alive = {chapter.part.number: chapter.state.bonuses for chapter in begun.lines}
    await bonus_lots.keep(session, ids, begun.moves, alive)
    await locks.add_locks(session, at)
    await limits.add_limits(session, at)
    await reports.add_reports(session, at)
    await faults.add_past(session, today)
    await faults.add_coming(session, today)
    return done


async def _continue(session: AsyncSession, seed: int, today: date, at: datetime) -> Summary:
    stands = await standing.standing(session)
    if onward.is_current(stands, at):
        return Summary()
    await register.add_catalogue(session, today, seed)
    await faults.add_coming(session, today)
    records, operations = await onward.bring_up(session, seed, stands, at)
    return Summary(records=records, operations=operations)
