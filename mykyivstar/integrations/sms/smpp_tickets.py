"""Which messages are on their way to the SMS centre, and how far each one is: exactly what the outbox has to know."""

import asyncio
import secrets
from dataclasses import dataclass, field
from itertools import count

from aiosmpplib import PhoneNumber, SmppCommandStatus, SubmitSm

from mykyivstar.integrations.sms.smpp_parts import cut
from mykyivstar.ports.sms import Accepted, SmsRejected, SmsUnanswered, SmsUnavailable

# Errors of the message itself. All others are the centre's and may pass.
_FINAL = {SmppCommandStatus.ESME_RX_P_APPN, SmppCommandStatus.ESME_RX_R_APPN}
_PASSING = {SmppCommandStatus.ESME_RINVBNDSTS}
_USER_DATA_HEADER = 0b01000000


class Withdrawn(ValueError):
    """Nobody waits for this message any more, so it must not be written to the wire."""


@dataclass(eq=False, slots=True)
class Ticket:
    """One message from `submit` until its answer."""

    name: str
    parts: int
    answer: asyncio.Future[Accepted]
    # Sequence numbers of the parts that were written to the wire.
    written: list[int] = field(default_factory=list)
    refs: dict[int, str] = field(default_factory=dict)
    refusals: list[SmppCommandStatus] = field(default_factory=list)

    def settle_if_answered(self) -> None:
        """Decide once every part has its answer."""
        if len(self.refs) + len(self.refusals) < self.parts or self.answer.done():
            return
        if not self.refusals:
            self.answer.set_result(Accepted(refs=tuple(ref for _, ref in sorted(self.refs.items()))))
            return
        names = ", ".join(sorted({status.name for status in self.refusals}))
        if any(is_final(status) for status in self.refusals):
            self.answer.set_exception(SmsRejected(names))
        else:
            # Some parts are on their way: sending all of them again doubles these.
            self.answer.set_exception(SmsUnanswered(names) if self.refs else SmsUnavailable(names))

    def give_up(self, reason: str) -> None:
        """No answer will come any more."""
        if not self.answer.done():
            self.answer.set_exception(SmsUnanswered(reason) if self.written else SmsUnavailable(reason))


def is_final(status: SmppCommandStatus) -> bool:
    """Whether this answer means that the same message will never be taken."""
    return status in _FINAL or (status.name.startswith("ESME_RINV") and status not in _PASSING)


class Tickets:
    """All messages that wait for their answer."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[SubmitSm] = asyncio.Queue()
        self._by_name: dict[str, Ticket] = {}
        self._by_sequence: dict[int, Ticket] = {}
        # Not from 1: phones put parts together by this number, and another process of ours counts beside us.
        self._numbers = count(secrets.randbelow(1 << 16))

    def open(self, source: PhoneNumber, destination: PhoneNumber, text: str) -> Ticket:
        """Queue a message in as many parts as it needs. Raises ValueError when it cannot be expressed at all."""
        number = next(self._numbers)
        parts = cut(text, reference=number % 256)
        ticket = Ticket(str(number), len(parts.payloads), asyncio.get_running_loop().create_future())
        self._by_name[ticket.name] = ticket
        for payload in parts.payloads:
            part = SubmitSm(
                # Never sent as it is: what stands here is the payload below.
                short_message="-",
                source=source,
                destination=destination,
                registered_delivery=1,
                encoding="ucs2" if parts.is_ucs2 else None,
                esm_class=_USER_DATA_HEADER if ticket.parts > 1 else 0,
                log_id=ticket.name,
            )
            part.set_encoded_message(payload)
            self._queue.put_nowait(part)
        return ticket

    def close(self, ticket: Ticket) -> None:
        """Nobody waits for it any more; if it is still queued, it will not be sent."""
        self._by_name.pop(ticket.name, None)
        for sequence in ticket.written:
            self._by_sequence.pop(sequence, None)
        if not ticket.answer.done():
            ticket.answer.cancel()

    async def next_part(self) -> SubmitSm:
        """The next part of a message that somebody still waits for."""
        while True:
            part = await self._queue.get()
            if self._awaited(part) is not None:
                return part

    def writing(self, part: SubmitSm) -> None:
        """A part is about to be written to the wire. Raises Withdrawn when it must not be."""
        ticket = self._awaited(part)
        if ticket is None:
            raise Withdrawn
        ticket.written.append(part.sequence_num)
        self._by_sequence[part.sequence_num] = ticket

    def answered(self, sequence: int, status: SmppCommandStatus, ref: str) -> None:
        """The centre answered for a part."""
        ticket = self._by_sequence.pop(sequence, None)
        if ticket is None:
            return
        if status is SmppCommandStatus.ESME_ROK:
            ticket.refs[sequence] = ref
        else:
            ticket.refusals.append(status)
        ticket.settle_if_answered()

    def could_not_be_written(self, part: SubmitSm, error: Exception) -> None:
        """The message cannot be built (ValueError), or the connection broke under it."""
        ticket = self._awaited(part)
        if ticket is None:
            return
        if isinstance(error, ValueError) and not ticket.written:
            ticket.answer.set_exception(SmsRejected("the message cannot be encoded"))
        else:
            ticket.give_up("the connection broke")

    def connection_lost(self) -> None:
        """Whatever was not answered never will be."""
        for ticket in list(self._by_name.values()):
            ticket.give_up("the connection was lost")
        self._by_sequence.clear()

    def _awaited(self, part: SubmitSm) -> Ticket | None:
        ticket = self._by_name.get(part.log_id)
        return None if ticket is None or ticket.answer.done() else ticket
