"""The embedded bank and our client to it, in one process without a network: for tests of whatever pays by card."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from mykyivstar.i18n import tr
from mykyivstar.integrations.acquiring.embedded.app import EmbeddedBank
from mykyivstar.integrations.acquiring.embedded.bank import Timing
from mykyivstar.integrations.acquiring.monobank import MonobankAcquirer
from mykyivstar.kit.clock import Clock
from tests.peers.banks.network import Network

ADDRESS = "https://shop.example/acquirer"
TOKEN = "the token of the shop"
CARD = "4242424242424242"
SLOW = timedelta(seconds=20)


@dataclass
class Shop:
    """Where the bank's notices arrive; `answers` are the statuses it gives, the last one for ever."""

    notices: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [200])

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.notices.append((dict(request.headers), request.content))
        self.addresses.append(str(request.url))
        return httpx.Response(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])


@dataclass
class Demo:
    """The bank, our client, its shop, and a payer's browser."""

    bank: EmbeddedBank
    acquirer: MonobankAcquirer
    shop: Shop
    browser: httpx.AsyncClient
    # Between our client and the bank; not between the browser and the bank.
    network: Network

    async def type_card(self, page_url: str, card: str = CARD, **more: str) -> httpx.Response:
        """Send the form with the card."""
        form = {"number": card, "expiry": "12/30", "cvv": "123", "holder": "Olena Petrenko", **more}
        return await self.browser.post(urlsplit(page_url).path, data=form)

    async def pay(self, page_url: str, card: str = CARD, *, code: str = "") -> httpx.Response:
        """Type the card and then the code, the right one if none is given; the last answer."""
        answer = await self.type_card(page_url, card)
        if "/acquirer/pay/" not in answer.headers.get("location", ""):
            return answer
        page = await self.browser.get(answer.headers["location"])
        return await self.browser.post(urlsplit(page_url).path + "/code", data={"code": code or code_on(page.text)})


def code_on(page: str) -> str:
    """The code in the SMS that the page shows."""
    found = re.search(r'data-testid="bank-sms-code">(\d+)<', page)
    assert found, page
    return found[1]


@asynccontextmanager
async def demo_bank(
    folder: Path, clock: Clock, *, notices_via: str = "", within_s: float = 10.0
) -> AsyncIterator[Demo]:
    """The bank with its file in `folder`."""
    shop = Shop()
    bank = EmbeddedBank(
        path=folder / "acquirer.db",
        token=lambda: TOKEN,
        address=ADDRESS,
        clock=clock,
        tr=tr,
        notices_via=notices_via,
        timing=Timing(slow=SLOW),
        transport=httpx.MockTransport(shop),
    )
    inside = httpx.ASGITransport(app=Starlette(routes=[Mount("/acquirer", app=bank.app)]))
    network = Network(inside)
    acquirer = MonobankAcquirer(
        name="embedded", token=TOKEN, base_url=ADDRESS, clock=clock, within_s=within_s, transport=network
    )
    async with httpx.AsyncClient(transport=inside, base_url="https://shop.example") as browser:
        yield Demo(bank, acquirer, shop, browser, network)
