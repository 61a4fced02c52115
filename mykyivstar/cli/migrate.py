"""`mykyivstar migrate`."""

import asyncio

import click

from mykyivstar.db import schema
from mykyivstar.settings import settings


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database to the shape that this release needs. Safe to repeat, and to run beside an older release."""
    if not settings().database_url:
        settings().data_dir.mkdir(parents=True, exist_ok=True)
        # A disk or right that is missing is said better by the system than by SQLite.
        with (settings().data_dir / "mykyivstar.db").open("ab"):
            pass
    asyncio.run(schema.upgrade(settings().database))
    click.echo(f"The database is at revision {schema.newest()}.")
