"""`mykyivstar refund-payment`."""

import asyncio

import click
from sqlmodel import col, select

from mykyivstar import wiring
from mykyivstar.domain.payments.locking import locked
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.payments.refunds import ask_for_refund
from mykyivstar.i18n import describe
from mykyivstar.kit.errors import CustomerError, NotFound


@click.command("refund-payment")
@click.argument("payment_id", type=int)
def refund_payment_command(payment_id: int) -> None:
    """Send the whole of a card payment back to its card; PAYMENT_ID is the one on the receipt.

    A worker asks the acquirer until the money is back; then it is taken out of the accounts, even if it was spent.
    """
    try:
        asyncio.run(_refund(payment_id))
    except CustomerError as refusal:
        raise click.ClickException(describe(refusal, "en")) from refusal
    click.echo(f"Payment {payment_id} is on its way back.")


async def _refund(payment_id: int) -> None:
    try:
        async with wiring.unit_of_work() as session:
            known = await session.exec(select(Payment).where(col(Payment.id) == payment_id))
            if (payment := known.first()) is None:
                raise NotFound
            await ask_for_refund(session, await locked(session, payment), failure=None, at=wiring.clock().now())
    finally:
        await wiring.database().dispose()
