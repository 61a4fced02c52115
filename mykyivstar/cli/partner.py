"""`mykyivstar partner …`: who may use the partner API, with which keys and limits (D7)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import click
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar import wiring
from mykyivstar.domain.partners import management
from mykyivstar.domain.partners.keys import KeyId, current_key, key_of
from mykyivstar.domain.partners.management import OVERLAP, PartnerLimits
from mykyivstar.domain.partners.models import Partner
from mykyivstar.i18n import describe
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money

Found = TypeVar("Found")

_DEFAULTS = PartnerLimits()


@click.group("partner")
def partner_command() -> None:
    """Partners of the top-up API: docs/partner-api.md. CODE is the partner's name in its keys."""


@partner_command.command("add")
@click.argument("code")
@click.argument("name")
@click.option(
    "--payment-most",
    type=click.IntRange(1, 1_000_000),
    default=_DEFAULTS.payment_most.kopiykas // 100,
    show_default=True,
    help="Hryvnias in one payment.",
)
@click.option(
    "--day-most",
    type=click.IntRange(1, 1_000_000_000),
    default=_DEFAULTS.day_most.kopiykas // 100,
    show_default=True,
    help="Hryvnias in one Kyiv day.",
)
@click.option(
    "--requests-a-minute",
    type=click.IntRange(1, 1_000_000),
    default=_DEFAULTS.requests_a_minute,
    show_default=True,
    help="Requests in one minute.",
)
def add_command(code: str, name: str, payment_most: int, day_most: int, requests_a_minute: int) -> None:
    """Let a partner in, and print its first key."""
    if not management.is_code(code):
        raise click.BadParameter("3 to 40 small Latin letters, digits and hyphens, a letter first", param_hint="CODE")
    limits = PartnerLimits(Money.uah(payment_most), Money.uah(day_most), requests_a_minute)
    _show_key(
        _done(lambda session: management.add(session, code, name=name[:200], at=wiring.clock().now(), limits=limits))
    )


@partner_command.command("key")
@click.argument("code")
def key_command(code: str) -> None:
    """Print the partner's key again: it is derived from SECRET_KEY and kept nowhere."""
    _show_key(_done(lambda session: management.of_code(session, code)))


@partner_command.command("rotate")
@click.argument("code")
@click.option(
    "--overlap-days",
    type=click.IntRange(0, 90),
    default=OVERLAP.days,
    show_default=True,
    help="How long the key before it still signs; 0 when it may be known to others.",
)
def rotate_command(code: str, overlap_days: int) -> None:
    """Give the partner its next key, and print it."""
    overlap = timedelta(days=overlap_days)
    partner = _done(lambda session: management.rotate(session, code, at=wiring.clock().now(), overlap=overlap))
    _show_key(partner)
    old = KeyId(partner.code, partner.key_version - 1)
    if partner.previous_key_until:
        click.echo(f"{old} signs until {partner.previous_key_until.astimezone(KYIV):%Y-%m-%d %H:%M} in Kyiv.")
    else:
        click.echo(f"{old} does not sign any more.")


@partner_command.command("close")
@click.argument("code")
def close_command(code: str) -> None:
    """End the partner's use of the API for good. Its payments and registers stay."""
    partner = _done(lambda session: management.close(session, code, at=wiring.clock().now()))
    click.echo(f"{partner.code} is closed.")


@partner_command.command("list")
def list_command() -> None:
    """Every partner, with its limits in hryvnias."""
    for partner in _done(management.everyone):
        state = f"closed {partner.closed_at.astimezone(KYIV):%Y-%m-%d}" if partner.closed_at else "open"
        click.echo(
            f"{partner.code}  {partner.name}  {state}  key {partner.key_version}  "
            f"payment {partner.payment_most.kopiykas // 100}  day {partner.day_most.kopiykas // 100}  "
            f"requests a minute {partner.requests_a_minute}"
        )


def _show_key(partner: Partner) -> None:
    key_id = current_key(partner)
    click.echo(f"Key id:  {key_id}")
    click.echo(f"Key:     {key_of(wiring.secret_key(), key_id)}")


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
