"""`mykyivstar faults …`: what the operator does with requests for repairs, until the desk does it (H4)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time
from typing import TypeVar

import click
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar import terms, wiring
from mykyivstar.domain.faults import desk, visits
from mykyivstar.domain.faults.models import FaultRequest
from mykyivstar.domain.faults.places import city_key
from mykyivstar.i18n import describe
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.errors import CustomerError

Found = TypeVar("Found")


@click.group("faults")
def faults_command() -> None:
    """Repairs of home internet. CODE is the number of a request."""


@faults_command.command("list")
@click.option("--all", "with_over", is_flag=True, help="Those that are done or cancelled too.")
def list_command(with_over: bool) -> None:
    """Requests, the oldest first."""
    for row in _done(lambda session: desk.requests(session, with_over=with_over)):
        request, visit = row.request, ""
        if row.slot is not None:
            first, last = row.slot.starts_at.astimezone(KYIV), row.slot.ends_at.astimezone(KYIV)
            visit = f"{first:%Y-%m-%d %H:%M}-{last:%H:%M}"
        stars = f"rated {request.rating}" if request.rating else ""
        click.echo(
            "  ".join(
                part
                for part in (
                    request.code,
                    request.state.value,
                    row.number,
                    row.address,
                    request.symptom.value,
                    request.contact_phone.e164,
                    visit,
                    stars,
                    request.words,
                )
                if part
            )
        )


@faults_command.command("confirm")
@click.argument("code")
def confirm_command(code: str) -> None:
    """A technician will come at the time that was chosen."""
    _say(_done(lambda session: visits.confirm(session, code, at=wiring.clock().now())))


@faults_command.command("done")
@click.argument("code")
@click.option("--note", default="", help="What was done, for the subscriber.")
def done_command(code: str, note: str) -> None:
    """It works again, by a visit or without one."""
    _say(_done(lambda session: visits.finish(session, code, words=note, at=wiring.clock().now())))


@faults_command.command("call-off")
@click.argument("code")
@click.option("--note", default="", help="Why, for the subscriber.")
def call_off_command(code: str, note: str) -> None:
    """The technician cannot come; the subscriber chooses another time."""
    _say(_done(lambda session: visits.call_off(session, code, words=note, at=wiring.clock().now())))


@faults_command.command("slots")
@click.argument("city")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("hour", type=click.IntRange(0, 23))
@click.argument("capacity", type=click.IntRange(0, 1000))
def slots_command(city: str, day: datetime, hour: int, capacity: int) -> None:
    """CAPACITY visits fit into the window of CITY that begins on DAY at HOUR; 0 closes it."""
    starts_at = datetime.combine(day.date(), time(hour), KYIV)
    slot = _done(
        lambda session: visits.set_capacity(
            session, city_key(city), starts_at, capacity, terms=terms.fault_terms().visits
        )
    )
    click.echo(f"{slot.city_key}  {slot.starts_at.astimezone(KYIV):%Y-%m-%d %H:%M}  {slot.booked} of {slot.capacity}")


def _say(request: FaultRequest) -> None:
    click.echo(f"{request.code} is {request.state.value}.")


def _done(work: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    """Do it in a transaction of its own; a refusal becomes one sentence."""

    async def run() -> Found:
        try:
            async with wiring.unit_of_work() as session:
                return await work(session)
        finally:
            await wiring.database().dispose()

    try:
        return asyncio.run(run())
    except CustomerError as refusal:
        raise click.ClickException(describe(refusal, "en")) from refusal
