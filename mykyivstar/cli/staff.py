"""`mykyivstar staff …`: who works at the desk (K6)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import click
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar import wiring
from mykyivstar.domain.identity.passwords import hash_password
from mykyivstar.domain.staff import management
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.models import Specialism
from mykyivstar.i18n import describe
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.msisdn import Msisdn, NotANumber

Found = TypeVar("Found")
_SKILLS = [each.value for each in Specialism]


@click.group("staff")
def staff_command() -> None:
    """Members of the staff. They sign in at /desk/login with LOGIN, a password and a code by SMS to their phone."""


@staff_command.command("add")
@click.argument("login")
@click.argument("name")
@click.option("--role", type=click.Choice([each.value for each in StaffRole]), default="consultant", show_default=True)
@click.option("--phone", required=True, help="Where sign-in codes go: 0671234567.")
@click.option("--skill", "skills", type=click.Choice(_SKILLS), multiple=True, help="May be given several times.")
@click.option("--capacity", type=click.IntRange(1, 50), default=4, show_default=True, help="Conversations at once.")
@click.password_option(help="Asked for when it is not given.")
def add_command(login: str, name: str, *, role: str, phone: str, password: str, **given: Any) -> None:
    """Let somebody work at the desk. NAME is the first name that customers read."""
    try:
        number = Msisdn.parse(phone)
    except NotANumber as wrong:
        raise click.BadParameter("a mobile number, for example 0671234567", param_hint="--phone") from wrong

    async def add(session: AsyncSession) -> str:
        management.require_good_password(password, login=login)
        member = await management.add(
            session,
            login=login.strip().lower(),
            name=name,
            role=StaffRole(role),
            phone=number,
            password_hash=await hash_password(password),
            skills=given["skills"] or _SKILLS,
            capacity=given["capacity"],
            at=wiring.clock().now(),
        )
        return member.login

    click.echo(f"{_done(add)} may sign in.")


@staff_command.command("password")
@click.argument("login")
@click.password_option(help="Asked for when it is not given.")
def password_command(login: str, password: str) -> None:
    """Give a member another password; the member is signed out everywhere."""

    async def change(session: AsyncSession) -> str:
        management.require_good_password(password, login=login)
        hashed = await hash_password(password)
        return (await management.set_password(session, login, hashed, at=wiring.clock().now())).login

    click.echo(f"{_done(change)} has another password.")


@staff_command.command("close")
@click.argument("login")
def close_command(login: str) -> None:
    """End an account for good, at once. What the member wrote stays."""

    async def close(session: AsyncSession) -> str:
        return (await management.close(session, login, at=wiring.clock().now())).login

    click.echo(f"{_done(close)} is closed.")


@staff_command.command("list")
def list_command() -> None:
    """Every member."""
    for member in _done(management.everyone):
        state = f"closed {member.closed_at.astimezone(KYIV):%Y-%m-%d}" if member.closed_at else "open"
        click.echo(f"{member.login}  {member.name}  {member.role.value}  {state}  {member.skills or '-'}")


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
