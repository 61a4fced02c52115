"""What every SMS gateway promises, tried on the embedded one and on SMPP with a centre that is not ours."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from mykyivstar.integrations.sms.embedded import EmbeddedSmsGateway
from mykyivstar.integrations.sms.smpp import SmppSmsGateway
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.ports.sms import ReceiptState, SmsGateway, SmsUnavailable
from tests.peers.smsc.peer import PASSWORD, SYSTEM_ID, Smsc, arrived, smsc

OLENA, ANDRII = Msisdn("380671000001"), Msisdn("380682000001")
TEXTS = {
    "cyrillic": "K7MD – код для входу в Мій Київстар. Нікому його не кажіть",
    "basic": "K7MD is your code. Price: 12 € {incl. VAT} [20 %] ~ ^ | \\",
    "signs": "«Ґанок», м’ята, їжак — №1 ₴",
    "exactly one part": "ї" * 70,
    "one sign more": "ї" * 71,
    "long cyrillic": "Тариф змінено. " * 20,
    "long basic": "Your tariff was changed. " * 20,
    "long with euros": "€" * 161,
    "emoji": "Вітаємо 🎉 " * 20,
}


class Carrier(ABC):
    """A gateway and the phones behind it."""

    gateway: SmsGateway

    def __init__(self) -> None:
        self.receipts: list[tuple[str, ReceiptState]] = []

    @abstractmethod
    async def phones(self) -> list[tuple[str, str]]:
        """What arrived so far: number and whole text."""

    async def start(self) -> None:
        await self.gateway.start(self._note)
        async with asyncio.timeout(60):
            while True:
                try:
                    await self.gateway.submit(key="hello", to=OLENA, text="hello")
                except SmsUnavailable:
                    await asyncio.sleep(0.05)
                else:
                    return

    async def reported(self, refs: set[str]) -> None:
        async with asyncio.timeout(60):
            while not refs <= {ref for ref, _ in self.receipts}:  # noqa: ASYNC110 receipts come from elsewhere
                await asyncio.sleep(0.02)

    async def _note(self, ref: str, state: ReceiptState, at: datetime) -> None:
        assert at.tzinfo is not None
        self.receipts.append((ref, state))


class Embedded(Carrier):
    def __init__(self) -> None:
        super().__init__()
        self._inbox: list[tuple[str, str]] = []
        self.gateway = EmbeddedSmsGateway(self._receive, SystemClock())

    async def phones(self) -> list[tuple[str, str]]:
        return self._inbox

    async def _receive(self, *, to: Msisdn, text: str) -> int:
        self._inbox.append((to.digits, text))
        return len(self._inbox)


class Smpp(Carrier):
    def __init__(self, centre: Smsc) -> None:
        super().__init__()
        self._centre = centre
        self.gateway = SmppSmsGateway(
            host="127.0.0.1",
            port=centre.port,
            system_id=SYSTEM_ID,
            password=PASSWORD,
            sender="Kyivstar",
            clock=SystemClock(),
        )

    async def phones(self) -> list[tuple[str, str]]:
        return arrived(self._centre.told("submit"))


@asynccontextmanager
async def carrying(kind: str) -> AsyncIterator[Carrier]:
    if kind == "embedded":
        yield Embedded()
        return
    async with smsc() as centre:
        yield Smpp(centre)


@pytest.fixture(params=["embedded", "smpp"])
async def idle(request: pytest.FixtureRequest) -> AsyncIterator[Carrier]:
    """A carrier that was not started."""
    async with carrying(request.param) as carrier:
        yield carrier
        await carrier.gateway.stop()


@pytest.fixture
async def carrier(idle: Carrier) -> Carrier:
    await idle.start()
    return idle


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_a_message_arrives_as_it_was_written(carrier: Carrier, text: str) -> None:
    await carrier.gateway.submit(key="k", to=ANDRII, text=text)
    assert (await carrier.phones())[-1] == (ANDRII.digits, text)


async def test_every_part_is_reported_delivered(carrier: Carrier) -> None:
    accepted = await carrier.gateway.submit(key="k", to=OLENA, text=TEXTS["long cyrillic"])
    assert accepted.refs
    await carrier.reported(set(accepted.refs))
    assert {state for _, state in carrier.receipts} == {ReceiptState.DELIVERED}


async def test_no_two_messages_share_an_id(carrier: Carrier) -> None:
    many = [carrier.gateway.submit(key=f"k{n}", to=OLENA, text=f"№ {n}") for n in range(50)]
    refs = [ref for accepted in await asyncio.gather(*many) for ref in accepted.refs]
    assert len(refs) == len(set(refs)) == 50
    assert {text for _, text in await carrier.phones()} >= {f"№ {n}" for n in range(50)}


async def test_a_key_may_be_used_again(carrier: Carrier) -> None:
    first = await carrier.gateway.submit(key="same", to=OLENA, text="once")
    second = await carrier.gateway.submit(key="same", to=OLENA, text="twice")
    assert set(first.refs).isdisjoint(second.refs)


async def test_nothing_is_taken_before_the_start(idle: Carrier) -> None:
    with pytest.raises(SmsUnavailable):
        await idle.gateway.submit(key="k", to=OLENA, text="early")
    assert await idle.phones() == []


async def test_nothing_is_taken_after_the_stop_until_it_starts_again(carrier: Carrier) -> None:
    await carrier.gateway.stop()
    with pytest.raises(SmsUnavailable):
        await carrier.gateway.submit(key="k", to=OLENA, text="late")
    await carrier.start()
    await carrier.gateway.submit(key="k", to=OLENA, text="again")
    texts = [text for _, text in await carrier.phones()]
    assert "again" in texts
    assert "late" not in texts
