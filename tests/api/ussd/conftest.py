"""A phone that dials, and the gateway that asks for it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette

from mykyivstar import terms, wiring
from mykyivstar.api import ussd
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.ussd.signing import signature
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.settings import settings
from tests.factories.people import hold, make_account, make_line, make_person, put_money

KEY = "a key of the gateway, long enough for it"
CACHED = (settings, wiring.database, wiring.secret_key, terms.payment_limits, terms.promise_terms, terms.ussd_terms)
OLENA = "380671000001"


@dataclass
class Gateway:
    """The operator's side: signs what it sends."""

    client: httpx.AsyncClient
    clock: FixedClock
    names: Any = field(default_factory=lambda: count(1))

    async def send(self, **body: Any) -> httpx.Response:
        content = json.dumps(body).encode()
        timestamp = str(int(self.clock.now().timestamp()))
        signed = {ussd.TIMESTAMP: timestamp, ussd.SIGNATURE: signature(KEY.encode(), timestamp, content)}
        return await self.client.post("/api/ussd", content=content, headers=signed)

    def phone(self, msisdn: str = OLENA) -> "Phone":
        return Phone(self, msisdn)


@dataclass
class Phone:
    """One phone and its dialogue."""

    gateway: Gateway
    msisdn: str
    session: str = ""
    step: int = 0
    is_open: bool = False

    async def dial(self, text: str = "*110#") -> str:
        self.session, self.step = f"gw-{next(self.gateway.names)}", 0
        return await self.answer(text)

    async def answer(self, *texts: str) -> str:
        """Type these one after the other; the last screen."""
        shown = ""
        for text in texts:
            self.step += 1
            shown = await self.send(text)
        return shown

    async def send(self, text: str, *, step: int | None = None) -> str:
        answer = await self.gateway.send(session=self.session, step=step or self.step, msisdn=self.msisdn, text=text)
        assert answer.status_code == 200, answer.text
        self.is_open = answer.json()["action"] == "continue"
        return str(answer.json()["text"])


@dataclass
class World:
    """Olena (two prepaid lines, home internet) and what happens to them."""

    database: Database
    clock: FixedClock
    line: Line
    other: Line
    account: InternetAccount

    async def money(self, line: Line | None = None, *, unit: Unit = Unit.UAH) -> Money:
        line_id = (line or self.line).id or 0
        async with self.database.reading() as session:
            assert (await proof(session)).holds
            found = (await balances(session, line_ids=[line_id])).lines[line_id]
        return (found.money if unit is Unit.UAH else found.bonus) or Money.ZERO

    async def sms(self) -> list[SmsMessage]:
        async with self.database.reading() as session:
            return list(await session.exec(select(SmsMessage).order_by(col(SmsMessage.id))))

    async def code(self) -> str:
        message = [each for each in await self.sms() if each.template == "code_transfer"][-1]
        assert message.params is not None
        return str(message.params["code"])

    async def speak(self, language: str) -> None:
        async with self.database.unit_of_work() as session:
            profile = (await session.exec(select(Profile))).first()
            assert profile is not None
            profile.language = type(profile.language)(language)
            session.add(profile)


@pytest.fixture
async def gateway(
    database_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Gateway]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("USSD_KEY", KEY)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    for each in CACHED:
        each.cache_clear()
    transport = httpx.ASGITransport(app=Starlette(routes=ussd.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        yield Gateway(client, clock)
    await wiring.database().dispose()
    for each in CACHED:
        each.cache_clear()


@pytest.fixture
async def world(gateway: Gateway, clock: FixedClock) -> World:
    database = wiring.database()
    async with database.unit_of_work() as session:
        actor = await make_person(session)
        line, other = await make_line(session, OLENA), await make_line(session, "380671000002")
        account = await make_account(session)
        for position, thing in enumerate((line, other, account)):
            await hold(session, actor, thing, position=position)
        await put_money(session, line, Money.uah(150))
        await put_money(session, line, Money(3250), unit=Unit.BONUS)
        await put_money(session, account, Money.uah(12))
        await put_money(session, account, Money.uah(100), unit=Unit.BONUS)
        profile = await session.get_one(Profile, actor.profile_id)
        profile.language = type(profile.language)("en")
        session.add(profile)
    return World(database, clock, line, other, account)
