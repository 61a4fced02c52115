"""The three acquirers for the contract suite, each with its bank and somebody who pays there."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from mykyivstar.integrations.acquiring.monobank import MonobankAcquirer
from mykyivstar.integrations.acquiring.wayforpay import WayForPayAcquirer
from mykyivstar.kit.clock import FixedClock
from mykyivstar.ports.acquiring import Acquirer, Decline, Invoice
from tests.peers.banks import monobank, wayforpay
from tests.peers.banks.demo import Demo, demo_bank
from tests.peers.banks.monobank import Monobank
from tests.peers.banks.network import Network
from tests.peers.banks.wayforpay import WayForPay

Notice = tuple[dict[str, str], bytes]


class Side(ABC):
    """An acquirer and the bank behind it."""

    acquirer: Acquirer
    network: Network

    @abstractmethod
    async def pay(self, invoice: Invoice) -> None:
        """Somebody pays with a good card."""

    @abstractmethod
    async def refuse(self, invoice: Invoice, decline: Decline) -> None:
        """Somebody tries a card that is refused for this."""

    @abstractmethod
    async def notice(self, invoice: Invoice) -> Notice:
        """The last notice of this invoice, as it comes to us."""


class EmbeddedSide(Side):
    """The embedded bank."""

    CARDS = {  # noqa: RUF012
        Decline.CARD_EXPIRED: "4000000000000069",
        Decline.CARD_LIMIT: "4000000000006975",
        Decline.INTERNET_NOT_ALLOWED: "4000000000000101",
        Decline.NOT_ENOUGH_MONEY: "4000000000009995",
        Decline.WRONG_CARD: "4000000000000127",
        Decline.SUSPECTED_FRAUD: "4100000000000019",
    }

    def __init__(self, demo: Demo, network: Network) -> None:
        self._demo = demo
        self.acquirer, self.network = demo.acquirer, network

    async def pay(self, invoice: Invoice) -> None:
        await self._demo.pay(invoice.page_url)

    async def refuse(self, invoice: Invoice, decline: Decline) -> None:
        if decline is Decline.WRONG_CODE:
            await self._demo.type_card(invoice.page_url)
            for _ in range(3):
                await self._demo.browser.post(f"/acquirer/pay/{invoice.id}/code", data={"code": "000000x"})
        elif decline is Decline.GIVEN_UP:
            await self._demo.browser.post(f"/acquirer/pay/{invoice.id}/cancel")
        else:
            await self._demo.pay(invoice.page_url, self.CARDS[decline])

    async def notice(self, invoice: Invoice) -> Notice:
        await self._demo.bank.do_what_is_due()
        return next(each for each in reversed(self._demo.shop.notices) if invoice.id.encode() in each[1])


class MonobankSide(Side):
    """monobank by its documentation."""

    CODES = {  # noqa: RUF012
        Decline.CARD_EXPIRED: "51",
        Decline.CARD_LIMIT: "60",
        Decline.INTERNET_NOT_ALLOWED: "63",
        Decline.NOT_ENOUGH_MONEY: "59",
        Decline.WRONG_CARD: "81",
        Decline.WRONG_CODE: "1045",
        Decline.SUSPECTED_FRAUD: "1406",
        Decline.GIVEN_UP: "8002",
    }

    def __init__(self, folder: Path, clock: FixedClock, within_s: float) -> None:
        self.bank = Monobank(folder, clock)
        self.network = Network(httpx.MockTransport(self.bank))
        self.acquirer = MonobankAcquirer(
            token=monobank.TOKEN,
            base_url="https://api.monobank.ua",
            clock=clock,
            within_s=within_s,
            transport=self.network,
        )

    async def pay(self, invoice: Invoice) -> None:
        self.bank.pay(invoice.id)

    async def refuse(self, invoice: Invoice, decline: Decline) -> None:
        self.bank.refuse(invoice.id, self.CODES[decline])

    async def notice(self, invoice: Invoice) -> Notice:
        return self.bank.notice(invoice.id)


class WayForPaySide(Side):
    """WayForPay by its documentation."""

    CODES = {  # noqa: RUF012
        Decline.CARD_EXPIRED: 1103,
        Decline.CARD_LIMIT: 1135,
        Decline.INTERNET_NOT_ALLOWED: 1146,
        Decline.NOT_ENOUGH_MONEY: 1104,
        Decline.WRONG_CARD: 1102,
        Decline.WRONG_CODE: 1108,
        Decline.SUSPECTED_FRAUD: 1114,
        Decline.GIVEN_UP: 1125,
    }

    def __init__(self, clock: FixedClock, within_s: float) -> None:
        self.bank = WayForPay(clock)
        self.network = Network(httpx.MockTransport(self.bank))
        self.acquirer = WayForPayAcquirer(
            account=wayforpay.ACCOUNT,
            secret=wayforpay.SECRET,
            domain=wayforpay.DOMAIN,
            url=wayforpay.URL,
            clock=clock,
            within_s=within_s,
            transport=self.network,
        )

    async def pay(self, invoice: Invoice) -> None:
        self.bank.pay(invoice.id)

    async def refuse(self, invoice: Invoice, decline: Decline) -> None:
        self.bank.refuse(invoice.id, self.CODES[decline])

    async def notice(self, invoice: Invoice) -> Notice:
        return self.bank.notice(invoice.id)


@asynccontextmanager
async def side_of(kind: str, folder: Path, clock: FixedClock, *, within_s: float = 10) -> AsyncIterator[Side]:
    """One of "embedded", "monobank", "wayforpay"."""
    if kind == "monobank":
        yield MonobankSide(folder, clock, within_s)
    elif kind == "wayforpay":
        yield WayForPaySide(clock, within_s)
    else:
        async with demo_bank(folder, clock, within_s=within_s) as demo:
            yield EmbeddedSide(demo, demo.network)
