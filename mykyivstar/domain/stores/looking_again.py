"""Whoever counts on a place being open is asked to look again when that has changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.jobs import enqueue
from mykyivstar.domain.stores.models import Store

LOOK_AGAIN_JOB: Final = "stores.look_again"
#: A slip of the desk or of a file that is put right by then has no consequences.
PUT_RIGHT_WITHIN: Final = timedelta(minutes=10)
_COUNTED_ON = {"opening_hours", "services", "closed_at"}


async def look_again(session: AsyncSession, store: Store, changed: Iterable[str], *, at: datetime) -> None:
    """With this transaction, which changed these columns of the store and raised its version."""
    if _COUNTED_ON.isdisjoint(changed):
        return
    dedup = f"{LOOK_AGAIN_JOB}:{store.id}:{store.version}"
    await enqueue(session, LOOK_AGAIN_JOB, {"store_id": store.id}, run_at=at + PUT_RIGHT_WITHIN, dedup=dedup)
