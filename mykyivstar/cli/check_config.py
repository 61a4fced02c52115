"""`mykyivstar check-config`."""

import asyncio
import os
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from tempfile import TemporaryFile

import click
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError

from mykyivstar import terms, wiring
from mykyivstar.cli.trouble import reason, release_mismatch
from mykyivstar.db import schema
from mykyivstar.domain.payments.bank_transfer import BankDetailsWrong
from mykyivstar.settings import Settings, settings

# How alike two names must be to take one for the other: WORKER for WORKERS, but not HOSTNAME for HOST.
_NEARLY = 0.85

# Bytes: a full disk still takes a few.
_SOMETHING = 1 << 20


@click.command("check-config")
def check_config_command() -> None:
    """Show the settings, secrets hidden, and try what they name. Ends with 1 when something would not work."""
    chosen = settings()
    for name, value in sorted(chosen.model_dump().items()):
        click.echo(f"{name.upper()}={_without_password(str(value))}")
    for name, meant in _misspelt(os.environ):
        click.echo(f"{name} is no setting and changes nothing; is {meant} meant?", err=True)
    problems = asyncio.run(_problems(chosen))
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)
    click.echo("Everything these settings name is there.")


def _without_password(value: str) -> str:
    """An address with the password in it hidden; anything else as it is."""
    return re.sub(r"(?<=://)([^:/@]*):[^@]*@", r"\1:**********@", value)


def _misspelt(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names of the environment that are nearly one of ours, and that one."""
    ours = [name.upper() for name in Settings.model_fields]
    for name in sorted(set(given) - set(ours)):
        if meant := get_close_matches(name, ours, n=1, cutoff=_NEARLY):
            yield name, meant[0]


async def _problems(chosen: Settings) -> list[str]:
    found = [await _database_problem(), await _redis_problem(chosen) if chosen.redis_url else ""]
    found += [_bank_problem(), _folder_problem(chosen)]
    return [problem for problem in found if problem]


async def _database_problem() -> str:
    try:
        async with wiring.reading() as session:
            mismatch = release_mismatch(await schema.revision_of(session))
    except DBAPIError as error:
        return f"DATABASE_URL: the database cannot be used: {reason(error)}"
    except OSError:
        # The folder of the database; that is told on its own.
        return ""
    return f"DATABASE_URL: {mismatch}" if mismatch else ""


def _folder_problem(chosen: Settings) -> str:
    """Whether files can be written: reports, attachments and, without SECRET_KEY, the key are kept there."""
    try:
        chosen.data_dir.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=chosen.data_dir) as file:
            file.write(bytes(_SOMETHING))
    except OSError as error:
        return f"DATA_DIR: {chosen.data_dir} cannot be written to: {error.strerror}"
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
