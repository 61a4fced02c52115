"""One partner to try the partner API with; `mykyivstar partner key demo-terminal` prints its key."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.partners import management
from mykyivstar.domain.partners.errors import UnknownPartner

CODE = "demo-terminal"


async def add_partner(session: AsyncSession, at: datetime) -> None:
    """Let the demo's payment terminals in, unless they are there already."""
    try:
        await management.of_code(session, CODE)
    except UnknownPartner:
        await management.add(session, CODE, name="Demo terminals", at=at)
