"""The embedded acquirer: a little bank of its own, in our process, speaking monobank's protocol over HTTP.

It has its own file (`acquirer.db`), its own key and its own pages. Nothing of the shop is imported here and nothing of
it in the shop: they meet over HTTP alone, so that the client that talks to monobank talks to this one.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from starlette.applications import Starlette

from mykyivstar.integrations.acquiring.embedded.bank import DemoBank, Timing
from mykyivstar.integrations.acquiring.embedded.hosted import Hosted
from mykyivstar.integrations.acquiring.embedded.layout import Translate
from mykyivstar.integrations.acquiring.embedded.merchant_api import MerchantApi
from mykyivstar.integrations.acquiring.embedded.notices import Messenger, Signer
from mykyivstar.integrations.acquiring.embedded.records import Records
from mykyivstar.kit.clock import Clock
from mykyivstar.kit.trouble import Trouble

# Several processes may serve one bank, so what is due is looked for even if this one did nothing.
_LOOK_EVERY_S = 0.5

log = logging.getLogger(__name__)


class EmbeddedBank:
    """The bank, put together."""

    def __init__(
        self,
        *,
        path: Path,
        token: Callable[[], str],
        address: str,
        clock: Clock,
        tr: Translate,
        notices_via: str = "",
        timing: Timing | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`address` is where browsers find it (https://my.example.ua/acquirer), `token` tells what its one shop shows.

        `notices_via` is where that shop is reached from here, when that is not the address it gives.
        """
        kept = Records(path)
        signer = Signer(kept)
        self.bank = DemoBank(kept, timing or Timing())
        self._messenger = Messenger(kept, signer, via=notices_via, transport=transport)
        self._clock = clock
        api = MerchantApi(self.bank, signer, clock, token=token, address=address)
        hosted = Hosted(self.bank, clock, tr, base=urlsplit(address).path)
        self.app = Starlette(routes=[*api.routes(), *hosted.routes()])

    async def run(self) -> None:
        """Settle slow payments and tell shops, until cancelled."""
        trouble = Trouble(log, "the demo bank cannot use its file")
        while True:
            try:
                await self.do_what_is_due()
                trouble.over()
            except sqlite3.Error as error:
                trouble.met(error)
            await asyncio.sleep(_LOOK_EVERY_S)

    async def do_what_is_due(self) -> int:
        """Settle and send once; how many notices were sent."""
        if not await asyncio.to_thread(self.bank.is_anything_due, self._clock.now()):
            return 0
        await asyncio.to_thread(self.bank.settle, self._clock.now())
        return await self._messenger.send_due(self._clock.now())
