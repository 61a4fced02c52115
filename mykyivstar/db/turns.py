"""Turns: of two transactions that are about the same thing at the same moment, one waits for the other."""

from hashlib import blake2b

from sqlalchemy import bindparam, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.types import BigId

_TAKING = select(func.pg_advisory_xact_lock(bindparam("turn", type_=BigId)))


async def take_turn(session: AsyncSession, name: str) -> None:
    """Wait while another transaction has the turn of this name; then have it until one's own ends.

    Whatever the other one did is seen from here on. Take it before anything is held, so that whoever waits for it
    holds nothing that is waited for. On SQLite, where one transaction writes at a time, it came with the transaction.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
    await (await session.connection()).execute(_TAKING, {"turn": number})
