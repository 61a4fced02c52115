"""The run that takes every fee due by a day, and taking what one line owes as soon as money comes."""

from datetime import date, datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.billing.charging import charge_range
from mykyivstar.domain.billing.runs import Run, Stage
from mykyivstar.domain.billing.slices import Share
from mykyivstar.domain.billing.tallies import Count, Tally
from mykyivstar.domain.billing.terms import Holds
from mykyivstar.domain.internet import states
from mykyivstar.kit.clock import kyiv_date

#: In a tally: home internet accounts that were switched off, among the codes of tariffs and services.
SWITCHED_OFF: Final = "(switched off for debt)"


async def _lines(session: AsyncSession, share: Share, day: date, at: datetime) -> Tally:
    return await charge_range(session, Holds.LINE, share.lo, share.hi, day=day, at=at, lane=share.lane)


async def _internet(session: AsyncSession, share: Share, day: date, at: datetime) -> Tally:
    """Take the fees, then switch off whoever is below the threshold by them or by anything before (H1)."""
    tally = await charge_range(session, Holds.INTERNET, share.lo, share.hi, day=day, at=at, lane=share.lane)
    off = 0
    while found := await states.switch_off_below(session, at=at, between=(share.lo, share.hi)):
        off += len(found)
    return tally + Tally.of(SWITCHED_OFF, Count(taken=off))


FEES: Final = Run("fees", (Stage("line", _lines), Stage("internet_account", _internet)))


async def collect(session: AsyncSession, line_id: int, *, at: datetime) -> Tally:
    """Take what a line could not pay before, now that money came: as the run of today would."""
    return await charge_range(session, Holds.LINE, line_id, line_id, day=kyiv_date(at), at=at)
