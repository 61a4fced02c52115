"""`mykyivstar issue-temporary-password`."""

import asyncio

import click

from mykyivstar import wiring
from mykyivstar.domain.identity import temporary
from mykyivstar.domain.identity.models import Language
from mykyivstar.i18n import describe
from mykyivstar.kit.errors import CustomerError


@click.command("issue-temporary-password")
@click.argument("account")
@click.option("--login", default="", help="The login to give out instead of the account number.")
@click.option(
    "--language",
    type=click.Choice([each.value for each in Language]),
    default=Language.UK.value,
    help="The language of the SMS.",
)
@click.option("--show", is_flag=True, help="Print the password too, to be handed over in person.")
def issue_temporary_password_command(account: str, login: str, language: str, show: bool) -> None:
    """Send a login and a temporary password, valid for three days, to the contract phone of a home internet ACCOUNT.

    Earlier temporary passwords of the account stop working. Refused when the account is in a profile already.
    """
    try:
        given, password = asyncio.run(_issue(account, login, Language(language)))
    except CustomerError as refusal:
        raise click.ClickException(describe(refusal, Language.EN)) from refusal
    click.echo(f"Login {given}: the temporary password is on its way by SMS and works for {temporary.VALID.days} days.")
    if show:
        click.echo(f"Password: {password}")


async def _issue(account: str, login: str, language: Language) -> tuple[str, str]:
    try:
        async with wiring.unit_of_work() as session:
            return await temporary.issue(session, account, wiring.clock().now(), login=login, language=language)
    finally:
        await wiring.database().dispose()
