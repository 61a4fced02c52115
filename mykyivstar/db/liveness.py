"""Connections that have lain idle are asked whether they still live before anybody gets them.

SQLAlchemy's own `pool_pre_ping` asks before every use, which is two of the six messages of a short transaction.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine

from mykyivstar.kit.clock import monotonic

# A server that went away meanwhile is met by those who were using it anyway, and their error empties the pool.
IDLE_S = 2.0
_SINCE = "idle_since"


def ask_idle_connections(engine: AsyncEngine) -> None:
    """Have this engine's pool replace connections that died while nobody used them for IDLE_S seconds."""
    dialect = engine.sync_engine.dialect

    @event.listens_for(engine.sync_engine, "checkin")
    def lay_down(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def take_up(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get(_SINCE, monotonic()) < IDLE_S:
            return
        try:
            dialect.do_ping(connection)
        except (DBAPIError, dialect.loaded_dbapi.Error) as dead:
            # The pool makes a new one and tries again.
            raise DisconnectionError from dead
