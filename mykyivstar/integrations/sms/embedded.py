"""An SMS gateway that needs no operator: it puts messages on the demo phones."""

import asyncio
from typing import Protocol

from mykyivstar.kit.clock import Clock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.ports.sms import Accepted, OnReceipt, ReceiptState, SmsUnavailable

# A receipt comes after the answer to the submit, as from a real gateway.
RECEIPT_DELAY_S = 0.2


class Phones(Protocol):
    """Where messages end up."""

    async def __call__(self, *, to: Msisdn, text: str) -> int:
        """Let this message arrive; the id it got."""
        ...


class EmbeddedSmsGateway:
    """Delivers at once to any number, and reports each delivery by a receipt."""

    def __init__(self, phones: Phones, clock: Clock) -> None:
        self._phones = phones
        self._clock = clock
        self._on_receipt: OnReceipt | None = None
        self._reports: set[asyncio.Task[None]] = set()

    async def start(self, on_receipt: OnReceipt) -> None:
        """Be ready; there is nothing to connect to."""
        self._on_receipt = on_receipt

    async def stop(self) -> None:
        """Forget the receipts that were not given yet, as a lost connection would."""
        self._on_receipt = None
        for report in self._reports:
            report.cancel()
        await asyncio.gather(*self._reports, return_exceptions=True)

    async def submit(self, *, key: str, to: Msisdn, text: str) -> Accepted:
        """Put it on the phone."""
        if self._on_receipt is None:
            raise SmsUnavailable("not started")
        ref = f"inbox-{await self._phones(to=to, text=text)}"
        report = asyncio.create_task(self._report(self._on_receipt, ref))
        self._reports.add(report)
        report.add_done_callback(self._reports.discard)
        return Accepted(refs=(ref,))

    async def _report(self, on_receipt: OnReceipt, ref: str) -> None:
        await asyncio.sleep(RECEIPT_DELAY_S)
        await on_receipt(ref, ReceiptState.DELIVERED, self._clock.now())
