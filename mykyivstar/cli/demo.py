"""`mykyivstar demo`."""

import asyncio

import click

from mykyivstar import wiring
from mykyivstar.demo.build import Summary, build
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.settings import settings


@click.command("demo")
def demo_command() -> None:
    """Fill an empty database with the demo world, or bring the one that is there up to today."""
    if not settings().is_demo:
        raise click.ClickException("ENVIRONMENT=production has no demo world.")
    done = asyncio.run(_build())
    if done.records or done.operations:
        click.echo(f"The demo world: {done.records} records, {done.operations} payments and charges added.")


async def _build() -> Summary:
    try:
        now = wiring.clock().now()
        return await build(wiring.database(), today=kyiv_date(now), at=now, folder=wiring.attachments_folder())
    finally:
        await wiring.database().dispose()
