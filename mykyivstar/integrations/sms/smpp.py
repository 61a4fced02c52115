"""SMS through an operator's SMS centre by SMPP 3.4."""

import asyncio
import logging
from contextlib import suppress

from aiosmpplib import NPI, TON, DeliverSm, PhoneNumber

from mykyivstar.integrations.sms.smpp_link import Link, Wire
from mykyivstar.integrations.sms.smpp_receipts import ReceiptIds, canonical, read_receipt
from mykyivstar.integrations.sms.smpp_tickets import Tickets
from mykyivstar.kit.clock import Clock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.ports.sms import Accepted, OnReceipt, SmsRejected, SmsUnanswered, SmsUnavailable

ANSWER_WITHIN_S = 15.0
STOP_WITHIN_S = 2.0
RESTART_PAUSE_S = 1.0

log = logging.getLogger(__name__)


class SmppSmsGateway:
    """Keeps one transceiver connection. SMPP has no encryption: the way to the centre must be a private one."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        system_id: str,
        password: str,
        sender: str,
        clock: Clock,
        receipt_ids: ReceiptIds = "same",
        answer_within_s: float = ANSWER_WITHIN_S,
    ) -> None:
        """`sender` is what phones show (at most 11 Latin signs); the password has at most 8 signs in SMPP."""
        self._address = (host, port)
        self._credentials = (system_id, password)
        self._sender = PhoneNumber(sender, TON.ALPHANUMERIC, NPI.UNKNOWN)
        self._clock = clock
        self._receipt_ids = receipt_ids
        self._answer_within_s = answer_within_s
        self._tickets = Tickets()
        self._wire = Wire(self._tickets, self._delivered)
        self._link: Link | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._on_receipt: OnReceipt | None = None

    async def start(self, on_receipt: OnReceipt) -> None:
        """Begin to connect and return; the connection is made again whenever it breaks."""
        self._on_receipt = on_receipt
        self._link = self._new_link()
        self._keeper = asyncio.create_task(self._keep_linked(), name="smpp")

    async def stop(self) -> None:
        """Unbind. Messages without an answer end in SmsUnanswered, those not sent yet in SmsUnavailable."""
        link, self._link = self._link, None
        self._wire.trouble = "stopped"
        if self._keeper is None or link is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN_S):
                await link.stop()
        self._keeper.cancel()
        await asyncio.gather(self._keeper, return_exceptions=True)
        self._tickets.connection_lost()

    async def submit(self, *, key: str, to: Msisdn, text: str) -> Accepted:
        """Hand a message over; it goes out in as many parts as it needs, each with an id of its own."""
        if self._link is None or not self._link.is_bound:
            raise SmsUnavailable(self._wire.trouble)
        try:
            ticket = self._tickets.open(self._sender, PhoneNumber(to.digits, TON.INTERNATIONAL, NPI.ISDN), text)
        except ValueError:
            raise SmsRejected("the message cannot be expressed in SMPP") from None
        try:
            async with asyncio.timeout(self._answer_within_s):
                accepted = await ticket.answer
        except TimeoutError:
            reason = f"no answer within {self._answer_within_s:.0f} s"
            raise (SmsUnanswered if ticket.written else SmsUnavailable)(reason) from None
        finally:
            self._tickets.close(ticket)
        log.debug("smpp accepted", extra={"key": key, "parts": len(accepted.refs)})
        return Accepted(refs=tuple(canonical(ref) for ref in accepted.refs))

    async def _keep_linked(self) -> None:
        """The library connects again by itself; this is for the day it does not."""
        while self._link is not None:
            running = asyncio.create_task(self._link.start())
            try:
                await asyncio.wait({running})
            finally:
                if not running.done():
                    running.cancel()
                    await asyncio.wait({running})
            error = None if running.cancelled() else running.exception()
            if self._link is not None:
                log.error("smpp link ended", exc_info=error)
                self._tickets.connection_lost()
                await asyncio.sleep(RESTART_PAUSE_S)
                self._link = self._new_link()

    async def _delivered(self, message: DeliverSm) -> None:
        """Pass a receipt on before it is acknowledged: one that we could not keep is delivered again."""
        receipt = read_receipt(message, self._receipt_ids)
        if receipt is None or self._on_receipt is None:
            return
        noting = asyncio.ensure_future(self._on_receipt(receipt.ref, receipt.state, self._clock.now()))
        await asyncio.wait({noting})
        if error := noting.exception():
            log.error("sms receipt could not be kept", exc_info=error)
            raise ConnectionError("a receipt could not be kept")

    def _new_link(self) -> Link:
        host, port = self._address
        system_id, password = self._credentials
        return Link(
            host, port, system_id, password, tickets=self._tickets, wire=self._wire, timeout_s=self._answer_within_s
        )
