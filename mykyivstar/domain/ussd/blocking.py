"""Blocking the line that dials: what it means, then yes; and taking it back while it waits (G1).

Only this line: nothing of others is shown here. Who holds it in their hand has not lost it, so it is an application,
done within half an hour.
"""

from mykyivstar.domain.blocking import contacts, service
from mykyivstar.domain.blocking.models import BlockReason, BlockState
from mykyivstar.domain.blocking.service import Wanted
from mykyivstar.domain.lines.queries import held_line
from mykyivstar.domain.ussd.screens import Place, Screen, ScreenName
from mykyivstar.domain.ussd.talk import BACK, YES, Talk, again, at_place, nothing_done


async def begin(talk: Talk) -> Screen:
    """What it means, or the application that waits. Raises the refusals of blocking."""
    line_id = talk.owner.line_id
    async with talk.means.unit_of_work() as session:
        waiting = await service.open_block(session, line_id)
        if waiting is not None and waiting.state is BlockState.WAITING and waiting.due_at is not None:
            return at_place(Place.BLOCK_WAITS, ScreenName.BLOCK_WAITS, {"time": waiting.due_at})
        await service.check(session, talk.actor, _wanted(talk))
        line = (await held_line(session, talk.actor, line_id)).line
        has_contact = bool(await contacts.others(session, talk.actor, line, before=talk.at))
    values = {"number": talk.msisdn.digits, "has_contact": has_contact}
    return at_place(Place.BLOCK_CHECK, ScreenName.BLOCK_CHECK, values)


async def answered(talk: Talk) -> Screen:
    """Yes or no to what was shown."""
    answer = talk.text.strip()
    if answer == BACK:
        return nothing_done()
    if answer != YES:
        return again(await begin(talk))
    async with talk.means.unit_of_work() as session:
        key = f"block:{talk.key}"
        made = await service.block_by_phone(session, talk.actor, _wanted(talk), key=key, at=talk.at)
    return Screen(ScreenName.BLOCK_DONE, {"number": talk.msisdn.digits, "time": made.due_at})


async def withdrawn(talk: Talk) -> Screen:
    """The application is taken back, or stays."""
    answer = talk.text.strip()
    if answer == BACK:
        return Screen(ScreenName.GOODBYE)
    if answer != YES:
        return again(await begin(talk))
    async with talk.means.unit_of_work() as session:
        await service.withdraw(session, talk.actor, talk.owner.line_id, at=talk.at)
    return nothing_done()


def _wanted(talk: Talk) -> Wanted:
    return Wanted(talk.owner.line_id, BlockReason.AWAY)
