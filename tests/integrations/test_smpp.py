"""SMPP in bad weather: what goes wrong between us and an SMS centre, tried against one that is not ours."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from mykyivstar.integrations.sms.smpp import SmppSmsGateway
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.ports.sms import ReceiptState, SmsRejected, SmsUnanswered, SmsUnavailable
from tests.peers.smsc.peer import PASSWORD, SYSTEM_ID, Smsc, arrived, free_port, smsc

OLENA = Msisdn("380671000001")
LONG = "Тариф змінено. " * 20


@pytest.fixture
async def centre() -> AsyncIterator[Smsc]:
    async with smsc() as centre:
        yield centre


class Subscriber:
    """A gateway of ours, and the receipts it passed on."""

    def __init__(self, port: int, **options) -> None:
        options = {"system_id": SYSTEM_ID, "password": PASSWORD, "answer_within_s": 10.0, **options}
        self.gateway = SmppSmsGateway(host="127.0.0.1", port=port, sender="Kyivstar", clock=SystemClock(), **options)
        self.receipts: list[tuple[str, ReceiptState]] = []
        self.refuses_receipts = False

    async def note(self, ref: str, state: ReceiptState, _at) -> None:
        if self.refuses_receipts:
            raise RuntimeError("the database is away")
        self.receipts.append((ref, state))

    async def send(self, text: str = "Привіт"):
        return await self.gateway.submit(key="k", to=OLENA, text=text)

    async def sends_at_last(self, text: str = "Привіт"):
        """Try until there is a connection."""
        async with asyncio.timeout(60):
            while True:
                try:
                    return await self.send(text)
                except SmsUnavailable:
                    await asyncio.sleep(0.05)


@asynccontextmanager
async def connected(port: int, **options) -> AsyncIterator[Subscriber]:
    subscriber = Subscriber(port, **options)
    await subscriber.gateway.start(subscriber.note)
    try:
        yield subscriber
    finally:
        await subscriber.gateway.stop()


@pytest.fixture
async def ours(centre: Smsc) -> AsyncIterator[Subscriber]:
    async with connected(centre.port) as subscriber:
        await subscriber.sends_at_last("hello")
        yield subscriber


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 it is told by another process
            await asyncio.sleep(0.02)


async def test_a_rejected_bind_says_so_and_is_tried_again(centre: Smsc) -> None:
    await centre.behave(acceptsBind=False)
    async with connected(centre.port) as ours:
        await centre.hears("bind")
        await asyncio.sleep(0.1)
        with pytest.raises(SmsUnavailable, match="bind rejected: ESME_RINVPASWD"):
            await ours.send()
        await centre.behave(acceptsBind=True)
        await ours.sends_at_last()
    assert len(centre.told("submit")) == 1


async def test_a_wrong_password_never_sends(centre: Smsc) -> None:
    async with connected(centre.port, password="wrong") as ours:
        await centre.hears("bind")
        await asyncio.sleep(0.1)
        with pytest.raises(SmsUnavailable):
            await ours.send()
    assert centre.told("submit") == []


async def test_a_centre_that_comes_up_later_is_found() -> None:
    centre = Smsc(free_port())
    async with connected(centre.port) as ours:
        with pytest.raises(SmsUnavailable, match="not connected yet"):
            await ours.send()
        await centre.start()
        await ours.sends_at_last()
        await centre.kill()


async def test_silence_ends_in_an_unknown_outcome_in_good_time(centre: Smsc) -> None:
    async with connected(centre.port, answer_within_s=1.0) as ours:
        await ours.sends_at_last("hello")
        await centre.behave(answer="silent")
        with pytest.raises(SmsUnanswered, match="no answer within 1 s"):
            await asyncio.wait_for(ours.send(), 30)
        await centre.behave(answer="ok")
        await ours.send()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("ESME_RINVDSTADR", SmsRejected),
        ("ESME_RX_P_APPN", SmsRejected),
        ("ESME_RTHROTTLED", SmsUnavailable),
        ("ESME_RMSGQFUL", SmsUnavailable),
        ("ESME_RSYSERR", SmsUnavailable),
        (0x0410, SmsUnavailable),
    ],
)
async def test_an_error_is_the_message_s_or_the_centre_s(
    centre: Smsc, ours: Subscriber, answer: str | int, outcome: type[Exception]
) -> None:
    await centre.behave(answer=answer)
    with pytest.raises(outcome):
        await ours.send()
    await centre.behave(answer="ok")
    await ours.send()
    assert len(centre.told("bind")) == 1, "the connection survived it"


async def test_a_connection_lost_before_the_answer_is_an_unknown_outcome_at_once(
    centre: Smsc, ours: Subscriber
) -> None:
    await centre.behave(answer="silent")
    sending = asyncio.create_task(ours.send())
    await centre.hears("submit", 2)
    await centre.drop()
    with pytest.raises(SmsUnanswered, match="connection was lost"):
        await asyncio.wait_for(sending, 5)
    await centre.behave(answer="ok")
    await ours.sends_at_last("again")
    assert arrived(centre.told("submit"))[-1][1] == "again"


async def test_a_long_message_of_which_a_part_is_throttled_may_come_double(centre: Smsc, ours: Subscriber) -> None:
    await centre.behave(answer="ESME_RTHROTTLED")
    with pytest.raises(SmsUnavailable):
        await ours.send(LONG)
    await centre.behave(answer="ok", throttleFrom=len(centre.told("submit")) + 3)
    with pytest.raises(SmsUnanswered, match="ESME_RTHROTTLED"):
        await ours.send(LONG)


@pytest.mark.parametrize("style", ["text", "odd", "tlv"])
@pytest.mark.parametrize(
    ("stat", "state"), [("DELIVRD", ReceiptState.DELIVERED), ("UNDELIV", ReceiptState.UNDELIVERED)]
)
async def test_receipts_of_every_make_are_read(
    centre: Smsc, ours: Subscriber, style: str, stat: str, state: ReceiptState
) -> None:
    await until(lambda: ours.receipts)
    await centre.behave(receiptStyle=style, receipt=stat)
    accepted = await ours.send(LONG)
    assert len(accepted.refs) == 5
    await until(lambda: len(ours.receipts) == 6)
    assert set(ours.receipts[1:]) == {(ref, state) for ref in accepted.refs}
    assert len(centre.told("bind")) == 1


async def test_receipts_with_decimal_ids_are_matched(centre: Smsc) -> None:
    await centre.behave(decimalReceipts=True)
    async with connected(centre.port, receipt_ids="decimal") as ours:
        accepted = await ours.sends_at_last()
        await until(lambda: ours.receipts)
    assert [ref for ref, _ in ours.receipts] == list(accepted.refs)


async def test_a_message_on_its_way_is_not_reported(centre: Smsc, ours: Subscriber) -> None:
    await until(lambda: ours.receipts)
    await centre.behave(receipt="ACCEPTD")
    await ours.send()
    await centre.hears("receipt taken", 2)
    assert len(ours.receipts) == 1


async def test_a_receipt_that_cannot_be_kept_is_not_acknowledged(centre: Smsc, ours: Subscriber) -> None:
    await until(lambda: ours.receipts)
    ours.refuses_receipts = True
    await ours.send()
    await centre.hears("bind", 2)
    assert len(centre.told("receipt taken")) == 1
    ours.refuses_receipts = False
    await ours.sends_at_last()
    await until(lambda: len(ours.receipts) == 2)


async def test_what_subscribers_write_to_us_breaks_nothing(centre: Smsc, ours: Subscriber) -> None:
    await centre.say("А що це?")
    await ours.send()
    assert len(centre.told("bind")) == 1


async def test_a_stopped_gateway_unbinds_and_ends_what_is_unanswered(centre: Smsc, ours: Subscriber) -> None:
    await centre.behave(answer="silent")
    sending = asyncio.create_task(ours.send())
    await centre.hears("submit", 2)
    await ours.gateway.stop()
    with pytest.raises(SmsUnanswered):
        await sending
    await centre.hears("unbind")


async def test_a_message_that_cannot_be_expressed_is_rejected(ours: Subscriber) -> None:
    with pytest.raises(SmsRejected):
        await ours.send("ї" * 67 * 256)
