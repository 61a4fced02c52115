"""The dialler of the demo phones: a gateway of its own that asks our endpoint over HTTP, as the operator's does."""

import asyncio
import json

import httpx
import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.ussd.errors import MenuSilent
from mykyivstar.domain.ussd.signing import signature
from mykyivstar.guard import action
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.secret import new_token
from mykyivstar.settings import settings
from mykyivstar.state.demo_phone import DemoPhoneState
from mykyivstar.state.forms import Refusals

_TEXT_MAX = 182
_TRIES = 5
_PAUSE_S = 0.3


class TypedForm(TypedDict):
    """What was typed on the phone."""

    typed: str


class DiallerState(Refusals, rx.State):
    """The demo phone's dialler."""

    # What the phone shows, "" while nothing was dialled.
    shown: str = ""
    # Whether it waits for an answer.
    is_open: bool = False
    # A form of its own for each screen, so that its field is empty.
    step: int = 0
    _session: str = ""
    _number: str = ""

    @action(public=True)
    async def dial(self, form: TypedForm) -> None:
        """Begin a dialogue from the phone in hand."""
        await self._dial(form["typed"])

    @action(public=True)
    async def dial_at_once(self, code: str) -> None:
        """One of the codes that everybody knows."""
        await self._dial(code)

    @action(public=True)
    async def answer(self, form: TypedForm) -> None:
        """Answer what the phone shows."""
        if not self.is_open:
            raise NotFound
        await self._ask(form["typed"])

    @action(public=True)
    async def hang_up(self) -> None:
        """Close the window."""
        if self.is_open:
            await self._send({"text": "", "end": True})
        self._forget()

    async def _dial(self, code: str) -> None:
        number = (await self.get_state(DemoPhoneState)).number
        if not number:
            raise NotFound
        self._forget()
        self._session, self._number = new_token()[:32], number
        await self._ask(code.strip())

    async def _ask(self, text: str) -> None:
        if len(text) > _TEXT_MAX:
            raise Malformed
        self._clear_refusals()
        self.step += 1
        answer = await self._send({"text": text})
        self.shown, self.is_open = answer["text"], answer["action"] == "continue"

    async def _send(self, said: dict[str, object]) -> dict[str, str]:
        """As a gateway does: signed, and again while the step is being answered. Raises MenuSilent."""
        if not settings().is_demo or settings().sms_gateway != "embedded":
            raise NotFound
        body = {"session": self._session, "step": max(self.step, 1), "msisdn": self._number, **said}
        content = json.dumps(body).encode()
        async with client() as http:
            for _ in range(_TRIES):
                timestamp = str(int(wiring.clock().now().timestamp()))
                signed = {
                    "X-Ussd-Timestamp": timestamp,
                    "X-Ussd-Signature": signature(wiring.ussd_key(), timestamp, content),
                }
                try:
                    answer = await http.post("/api/ussd", content=content, headers=signed)
                except httpx.HTTPError as failure:
                    self._forget()
                    raise MenuSilent from failure
                if answer.status_code == 200:
                    found: dict[str, str] = answer.json()
                    return found
                if answer.status_code != 503:
                    break
                await asyncio.sleep(_PAUSE_S)
        self._forget()
        raise MenuSilent

    def _forget(self) -> None:
        self._clear_refusals()
        self.shown, self.is_open, self.step = "", False, 0


def client() -> httpx.AsyncClient:
    """The way to our own endpoint: through the network, as anybody's."""
    return httpx.AsyncClient(base_url=settings().loopback, timeout=10, trust_env=False)
