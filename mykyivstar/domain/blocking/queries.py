"""How a line stands: whether it is blocked or about to be, and how it would come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.blocking import contacts
from mykyivstar.domain.blocking.contacts import Contact
from mykyivstar.domain.blocking.models import BlockReason, BlockState, LineBlock
from mykyivstar.domain.blocking.service import open_block
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import HoldingRole, Line, LineState
from mykyivstar.domain.lines.queries import held_line


class Return(StrEnum):
    """How a blocked line comes back."""

    BY_CODE = "by_code"
    # There is no other contact for a code.
    NO_CONTACT = "no_contact"
    # Lost or stolen.
    DOCUMENT = "document"
    # The register blocked it.
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Standing:
    """A line as its page shows it. `block` is the one that waits or holds; `returns` is None unless it is blocked."""

    line: Line
    may_change: bool
    block: LineBlock | None
    returns: Return | None
    contacts: Sequence[Contact]


async def standing(session: AsyncSession, actor: Actor, line_id: int) -> Standing:
    """One of the actor's lines. Raises NotFound, for a stranger's too."""
    held = await held_line(session, actor, line_id)
    opened = await open_block(session, line_id)
    may_change = held.holding.role is HoldingRole.OWNER
    returns, found = None, []
    if held.line.state is LineState.BLOCKED:
        returns = way_back(opened)
        if returns is Return.BY_CODE and opened is not None and may_change:
            found = list(await contacts.others(session, actor, held.line, before=opened.asked_at))
            returns = Return.BY_CODE if found else Return.NO_CONTACT
    return Standing(held.line, may_change, opened, returns, found)


def way_back(opened: LineBlock | None) -> Return:
    """How a blocked line comes back, whoever's contacts there are."""
    if opened is None or opened.state is not BlockState.ACTIVE or opened.reason is BlockReason.OPERATOR:
        return Return.OPERATOR
    return Return.DOCUMENT if opened.reason.is_urgent else Return.BY_CODE
