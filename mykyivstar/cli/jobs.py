"""`mykyivstar jobs run`: a run by hand, or what it would do."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, datetime
from typing import Any

import click

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import Run, carry_out, rehearse
from mykyivstar.domain.billing.tallies import Tally
from mykyivstar.domain.bonuses.accrual import BONUSES
from mykyivstar.domain.bonuses.arriving import due_to_end, write_off
from mykyivstar.domain.bonuses.rules import ACCRUAL_DAY, accrual_day
from mykyivstar.domain.internet.day import start_of_day
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money

_Doing = Callable[[Database, date, datetime, bool], Coroutine[Any, Any, Tally]]


@click.group("jobs")
def jobs_command() -> None:
    """What the installation does by itself, done by hand."""


@jobs_command.command("run")
@click.argument("name", type=click.Choice(["fees", "bonuses", "bonus-ends"]))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The Kyiv day to run for; today if not given.")
@click.option("--dry-run", is_flag=True, help="Print what would happen, and change nothing.")
def run_command(name: str, day: datetime | None, dry_run: bool) -> None:
    """Take fees due by the day, credit the bonuses of the 4th, or end those whose twenty days are over.

    Each is done once for a day, however often it is run: what was interrupted goes on, what is done stays as it is.
    """
    today = kyiv_date(wiring.clock().now())
    chosen = day.date() if day is not None else accrual_day(today) if name == "bonuses" else today
    if chosen > today and not dry_run:
        raise click.ClickException("That day has not begun. With --dry-run you see what it would bring.")
    if name == "bonuses" and chosen.day != ACCRUAL_DAY:
        raise click.ClickException("Bonuses are credited on the 4th of a month.")
    tally = asyncio.run(_run(_RUNS[name], chosen, dry_run=dry_run))
    _print(tally, chosen, is_rehearsal=dry_run)


async def _run(doing: _Doing, day: date, *, dry_run: bool) -> Tally:
    database = wiring.database()
    try:
        return await doing(database, day, max(wiring.clock().now(), kyiv_midnight(day)), dry_run)
    finally:
        await database.dispose()


async def _fees(database: Database, day: date, at: datetime, is_rehearsal: bool) -> Tally:
    if not is_rehearsal:
        await start_of_day(database.unit_of_work, at=at)
    return await _of_run(FEES, database, day, at, is_rehearsal)


async def _bonuses(database: Database, day: date, at: datetime, is_rehearsal: bool) -> Tally:
    return await _of_run(BONUSES, database, day, at, is_rehearsal)


async def _ends(database: Database, _day: date, at: datetime, is_rehearsal: bool) -> Tally:
    if not is_rehearsal:
        return await write_off(database.unit_of_work, at=at)
    async with database.reading() as session:
        return await due_to_end(session, at=at)


async def _of_run(run: Run, database: Database, day: date, at: datetime, is_rehearsal: bool) -> Tally:
    doing = rehearse if is_rehearsal else carry_out
    return await doing(database, run, day=day, at=at)


_RUNS: dict[str, _Doing] = {"fees": _fees, "bonuses": _bonuses, "bonus-ends": _ends}


def _print(tally: Tally, day: date, *, is_rehearsal: bool) -> None:
    if not tally.counts:
        click.echo(f"{day}: nothing to do.")
        return
    click.echo(f"{day}: would be done" if is_rehearsal else f"{day}: done")
    for what, count in sorted(tally.counts.items()):
        waiting = f", {count.waiting} wait for money" if count.waiting else ""
        click.echo(f"  {what}: {count.taken}, {_sum(count.amount)} in all{waiting}")
    total = tally.total
    waiting = f", {total.waiting} wait for money" if total.waiting else ""
    click.echo(f"  together: {total.taken}, {_sum(total.amount)}{waiting}")


def _sum(amount: Money) -> str:
    hryvnias, kopiykas = divmod(amount.kopiykas, 100)
    return f"{hryvnias}.{kopiykas:02}"
