"""The connection to an SMS centre: aiosmpplib, with its loose ends tied.

What is overridden here and why: the library gives no sign when the connection breaks (`connect`), waits half a second
for each of its tasks then and dies of errors it did not expect (`_end_task`), loses the connection over a status or a
receipt that it does not know (`_get_pdu`, `_handle_request`), and tells one part's id of several (all answers are taken
from the wire instead, see `Wire.received`). Texts are cut into parts before it sees them.
"""

import asyncio
import logging
import struct
from collections.abc import Awaitable, Callable

from aiosmpplib import (
    ESME,
    AbstractBroker,
    AbstractCorrelator,
    AbstractHook,
    DeliverSm,
    GenericNack,
    PduHeader,
    SmppCommand,
    SmppCommandStatus,
    SmppMessage,
    SmppSessionState,
    SubmitSm,
)

from mykyivstar.integrations.sms.smpp_tickets import Tickets

PDU_LENGTH_MAX = 70_000
_HEADER = struct.Struct("!IIII")
_KNOWN_STATUSES = {status.value for status in SmppCommandStatus}

log = logging.getLogger(__name__)

Delivered = Callable[[DeliverSm], Awaitable[None]]


class Broker(AbstractBroker):  # type: ignore[misc]  # the library is not typed
    """Gives the library the messages that are waited for."""

    def __init__(self, tickets: Tickets) -> None:
        self._tickets = tickets

    async def enqueue(self, message: SmppMessage) -> None:
        raise NotImplementedError("messages come from the tickets")

    async def dequeue(self) -> SmppMessage:
        return await self._tickets.next_part()


class Wire(AbstractHook):  # type: ignore[misc]  # the library is not typed
    """Sees everything that is written to the wire and read from it."""

    def __init__(self, tickets: Tickets, delivered: Delivered) -> None:
        self._tickets = tickets
        self._delivered = delivered
        # Why there is no connection, as far as the centre said.
        self.trouble = "not connected yet"

    async def sending(self, smpp_message: SmppMessage, pdu: bytes, client_id: str) -> None:
        if isinstance(smpp_message, SubmitSm):
            self._tickets.writing(smpp_message)

    async def received(self, smpp_message: SmppMessage | None, pdu: bytes, client_id: str) -> None:
        _, command, status_value, sequence = _HEADER.unpack_from(pdu)
        status = SmppCommandStatus(status_value)
        if command == SmppCommand.SUBMIT_SM_RESP:
            ref = pdu[_HEADER.size :].split(b"\0")[0].decode("latin-1")
            self._tickets.answered(sequence, status, ref)
        elif command == SmppCommand.GENERIC_NACK:
            self._tickets.answered(sequence, status, "")
        elif command == SmppCommand.BIND_TRANSCEIVER_RESP:
            self._bound(status)
        elif isinstance(smpp_message, DeliverSm):
            await self._delivered(smpp_message)

    async def send_error(self, smpp_message: SmppMessage, error: Exception, client_id: str) -> None:
        if isinstance(smpp_message, SubmitSm):
            self._tickets.could_not_be_written(smpp_message, error)

    def _bound(self, status: SmppCommandStatus) -> None:
        if status is SmppCommandStatus.ESME_ROK:
            self.trouble = "the connection was lost"
            log.info("smpp bound")
        else:
            self.trouble = f"bind rejected: {status.name}"
            log.error("smpp bind rejected", extra={"status": status.name})


class NoCorrelator(AbstractCorrelator):  # type: ignore[misc]  # the library is not typed
    """The tickets do its work: the library's own knows one part of several and forgets at a restart."""

    def get_cumulated_status(self, ref_num: int) -> int:
        return 0

    async def expired(self, smpp_message: SmppMessage) -> None: ...

    async def put(self, smpp_message: SmppMessage) -> None: ...

    async def put_delivery(self, smsc_message_id: str, submit_sm: SubmitSm) -> None: ...

    async def put_delivery_segmented(self, deliver_sm: DeliverSm) -> DeliverSm | None:
        return deliver_sm

    async def get(self, response: SmppMessage) -> SmppMessage | None:
        return None

    async def get_segmented(self, smpp_seq_num: int, remove: bool = False) -> tuple[None, int]:  # noqa: FBT001, FBT002 the library's
        return None, 0

    async def get_delivery(self, receipt: DeliverSm) -> SubmitSm | None:
        return None


class Link(ESME):  # type: ignore[misc]  # the library is not typed
    """One connection at a time, for ever: it connects again by itself."""

    def __init__(
        self, host: str, port: int, system_id: str, password: str, *, tickets: Tickets, wire: Wire, timeout_s: float
    ) -> None:
        super().__init__(
            host,
            port,
            system_id,
            password,
            hook=wire,
            broker=Broker(tickets),
            correlator=NoCorrelator(),
            socket_timeout=timeout_s,
            # Its log tells texts and numbers. Ours tells what matters.
            log_level=logging.CRITICAL,
            log_handler=logging.NullHandler(),
        )
        self._tickets = tickets

    @property
    def is_bound(self) -> bool:
        """Whether messages can be handed over now."""
        return bool(self.session_state == SmppSessionState.BOUND_TRX)

    async def connect(self) -> None:
        """A new connection: the old one is gone, and with it the answers that were to come on it."""
        self._tickets.connection_lost()
        await super().connect()

    async def _end_task(self, task: asyncio.Task[object]) -> None:
        """End a task of a connection that is over, at once and whatever it died of."""
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()):
            log.info("smpp connection ended", extra={"error": type(error).__name__})

    async def _get_pdu(self) -> tuple[bytes, PduHeader]:
        """Read one PDU; a status of the centre's own making becomes "unknown error" instead of a broken connection."""
        head = await self._reader.readexactly(_HEADER.size)
        length, command, status, sequence = _HEADER.unpack(head)
        if not _HEADER.size <= length <= PDU_LENGTH_MAX:
            raise ConnectionError("not SMPP")
        body = await self._reader.readexactly(length - _HEADER.size)
        if status not in _KNOWN_STATUSES:
            log.warning("smpp status unknown", extra={"status": hex(status)})
            status = SmppCommandStatus.ESME_RUNKNOWNERR.value
        pdu = _HEADER.pack(length, command, status, sequence) + body
        return pdu, SmppMessage.parse_header(pdu)

    async def _handle_request(self, pdu: bytes, header: PduHeader) -> SmppMessage | None:
        """Take what is delivered as it is: the library's reading of receipts stumbles over unusual dates."""
        if header.smpp_command != SmppCommand.DELIVER_SM:
            return await super()._handle_request(pdu, header)
        try:
            return DeliverSm.from_pdu(pdu, header, self.default_encoding, self.custom_codecs)
        except (ValueError, struct.error):
            log.warning("smpp delivery unreadable", extra={"length": len(pdu)})
            await self._send_data(GenericNack(header.sequence_num))
            return None
