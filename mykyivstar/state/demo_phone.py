"""The demo phones: what arrived on them (`/demo/phone`); there are none when SMS really leave."""

import re
from dataclasses import dataclass
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.notifications import phones
from mykyivstar.guard import action
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn, NotANumber
from mykyivstar.settings import settings
from mykyivstar.state.forms import Refusals
from mykyivstar.state.shell import show

_CODE = re.compile(r"[0-9A-Z]{4,8}(?= )")


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A phone to choose."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One SMS; `code` is the one-time code that it begins with, "" for none."""

    id: int
    text: str
    code: str
    sent_at: str


class NumberForm(TypedDict):
    """Any other phone."""

    number: str


class DemoPhoneState(Refusals, rx.State):
    """The demo phone."""

    # "nothing": SMS really leave here, there are no demo phones.
    standing: Literal["loading", "ready", "nothing"] = "loading"
    phones: list[PhoneRow] = []
    number: str = ""
    messages: list[MessageRow] = []

    @action(public=True)
    async def load(self) -> None:
        """Take a phone in hand: the one in the address (`?to=380671000001`), else the one that rang last."""
        wanted = self.router.url.query_parameters.get("to", "")
        try:
            self.number = Msisdn.parse(wanted).digits if wanted else self.number
        except NotANumber:
            self.number = ""
        await self._look()

    @action(public=True)
    async def choose(self, number: str) -> None:
        """Take another phone of the list in hand."""
        await self._take(number)

    @action(public=True)
    async def type_number(self, form: NumberForm) -> None:
        """Take any phone in hand."""
        await self._take(form["number"])

    @action(public=True)
    async def refresh(self) -> None:
        """Has anything arrived?"""
        await self._look()

    async def _take(self, number: str) -> None:
        self._clear_refusals()
        self.number = Msisdn.parse(number).digits
        await self._look()

    async def _look(self) -> None:
        if settings().sms_gateway != "embedded":
            self.standing = "nothing"
            raise NotFound
        async with wiring.reading() as session:
            known = await phones.phones(session)
            number = self.number or (known[0].number.digits if known else "")
            arrived = await phones.inbox(session, Msisdn(number)) if number else []
        rows = [PhoneRow(phone.number.digits, phone.name) for phone in known]
        if number and number not in {row.number for row in rows}:
            rows.insert(0, PhoneRow(number, ""))
        show(
            self,
            standing="ready",
            number=number,
            phones=rows,
            messages=[
                MessageRow(message.id or 0, message.text, _code(message.text), message.received_at.isoformat())
                for message in arrived
            ],
        )


def _code(text: str) -> str:
    found = _CODE.match(text)
    return found[0] if found else ""
