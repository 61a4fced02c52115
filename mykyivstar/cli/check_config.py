"""`mykyivstar check-config`."""

import asyncio

import click
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from mykyivstar import terms, wiring
from mykyivstar.db import schema
from mykyivstar.domain.payments.bank_transfer import BankDetailsWrong
from mykyivstar.settings import Settings, settings


@click.command("check-config")
def check_config_command() -> None:
    """Show the settings, secrets hidden, and try what they name. Ends with 1 when something would not work."""
    chosen = settings()
    for name, value in sorted(chosen.model_dump().items()):
        click.echo(f"{name.upper()}={value}")
    problems = asyncio.run(_problems(chosen))
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)
    click.echo("Everything these settings name is there.")


async def _problems(chosen: Settings) -> list[str]:
    found = [await _database_problem(), await _redis_problem(chosen) if chosen.redis_url else ""]
    found.append(_bank_problem())
    return [problem for problem in found if problem]


async def _database_problem() -> str:
    try:
        async with wiring.reading() as session:
            revision = await schema.revision_of(session)
    except (SQLAlchemyError, OSError) as error:
        return f"DATABASE_URL: the database cannot be reached: {error}"
    if revision != schema.newest():
        return (
            f"DATABASE_URL: the database is at revision {revision or 'none'}, not {schema.newest()}: mykyivstar migrate"
        )
    return ""


def _bank_problem() -> str:
    try:
        terms.bank_details()
    except BankDetailsWrong as error:
        return str(error)
    return ""


async def _redis_problem(chosen: Settings) -> str:
    try:
        async with Redis.from_url(chosen.redis_url) as client:
            await client.dbsize()
    except (RedisError, OSError) as error:
        return f"REDIS_URL: Redis cannot be reached: {error}"
    return ""
