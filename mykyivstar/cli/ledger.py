"""`mykyivstar prove-ledger`."""

import asyncio

import click

from mykyivstar import wiring
from mykyivstar.domain.ledger.queries import Proof, proof


@click.command("prove-ledger")
def prove_ledger_command() -> None:
    """Prove that every balance is the sum of its entries and that all is zero in all. Ends with 1 when it is not so."""
    found = asyncio.run(_proof())
    for wrong in found.wrong_balances:
        click.echo(f"{wrong.account}: {wrong.balance.kopiykas} kopiykas, entries {wrong.entries.kopiykas}", err=True)
    for operation_id in found.wrong_operations:
        click.echo(f"operation {operation_id} does not sum to zero", err=True)
    for unit, total in found.wrong_totals.items():
        click.echo(f"all accounts of {unit.value} sum to {total.kopiykas}, not to zero", err=True)
    if not found.holds:
        raise SystemExit(1)
    click.echo(f"The books are right: {found.accounts} accounts.")


async def _proof() -> Proof:
    async with wiring.database().studying() as session:
        return await proof(session)
