"""`mykyivstar migrate`."""

import asyncio

import click
from sqlalchemy.exc import OperationalError

from mykyivstar.db import schema
from mykyivstar.settings import settings


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database to the shape that this release needs. Safe to repeat, and to run beside an older release."""
    if not settings().database_url:
        settings().data_dir.mkdir(parents=True, exist_ok=True)
    try:
        asyncio.run(schema.upgrade(settings().database))
    except OperationalError as error:
        raise click.ClickException(f"The database cannot be reached: {error.orig}") from error
    click.echo(f"The database is at revision {schema.newest()}.")
