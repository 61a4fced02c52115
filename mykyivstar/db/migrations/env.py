"""Runs migrations: called by Alembic, with the connection that `mykyivstar.db.schema` opened or one of its own."""

import asyncio
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator, TypeEngine

from mykyivstar.db.migrations.references_sql import is_compared
from mykyivstar.db.partitions import names_of_partitions
from mykyivstar.db.registry import metadata
from mykyivstar.db.schema import migration_connection
from mykyivstar.settings import settings


def plain_type(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our column types into revisions as what they are in the database: a revision outlives the code."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    impl: TypeEngine[object] = item.impl_instance
    return f"sa.{impl!r}"


def run(connection: Connection) -> None:
    """Configure Alembic for this connection and do what it was asked for."""
    partitions = names_of_partitions(connection)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        # SQLite can change little in place; Alembic then copies the table.
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain_type,
        # Partitions come and go with the months.
        include_object=is_compared,
        include_name=lambda name, kind, _parents: kind != "table" or name not in partitions,
        # SQLite can do this as well, once its driver is kept from committing by itself.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_from_the_command_line() -> None:
    """For developers: `alembic revision --autogenerate -m "…"` on the database of the settings."""
    async with migration_connection(settings().database) as connection:
        await connection.run_sync(run)


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_from_the_command_line())
