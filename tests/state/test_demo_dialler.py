"""The dialler of the demo phones, over HTTP to the real endpoint."""

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from mykyivstar.api import ussd
from mykyivstar.db.database import Database
from mykyivstar.domain.ussd.models import UssdSession
from mykyivstar.settings import settings
from mykyivstar.state import demo_dialler
from mykyivstar.state.demo_dialler import DiallerState
from mykyivstar.state.demo_phone import DemoPhoneState
from tests.factories.people import hold, make_line, make_person
from tests.state.tab import Tab, tab_of

OLENA = "380671000001"


@pytest.fixture
async def phone(world: Database, monkeypatch: pytest.MonkeyPatch) -> Tab:
    """Nobody in front of the demo phones, Olena's in hand."""
    async with world.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session, OLENA)
        await hold(session, actor, line)
    transport = httpx.ASGITransport(app=Starlette(routes=ussd.routes))
    monkeypatch.setattr(demo_dialler, "client", lambda: httpx.AsyncClient(transport=transport, base_url="http://here"))
    tab = tab_of(None)
    await tab.do(DemoPhoneState, "choose", number=OLENA)
    return tab


async def shown(tab: Tab) -> DiallerState:
    return await tab.state(DiallerState)


async def test_a_phone_dials_answers_and_hangs_up(phone: Tab, world: Database):
    await phone.do(DiallerState, "dial", form={"typed": " *110# "})
    state = await shown(phone)
    assert state.shown.startswith("Баланс:")
    assert state.is_open
    await phone.do(DiallerState, "answer", form={"typed": "2"})
    assert (await shown(phone)).shown.startswith("Кому?")
    await phone.do(DiallerState, "hang_up")
    assert ((await shown(phone)).shown, (await shown(phone)).is_open) == ("", False)
    async with world.reading() as session:
        assert (await session.exec(select(UssdSession.is_over))).all() == [True]


async def test_a_dialogue_that_ended_takes_no_answer(phone: Tab):
    await phone.do(DiallerState, "dial_at_once", code="*460#")
    state = await shown(phone)
    assert ("460" in state.shown, state.is_open) == (True, False)
    await phone.do(DiallerState, "answer", form={"typed": "1"})
    assert "could not find" in (await shown(phone)).refusal["en"]


async def test_another_phone_in_hand_dials_for_itself(phone: Tab):
    await phone.do(DiallerState, "dial_at_once", code="*110#")
    await phone.do(DemoPhoneState, "type_number", form={"number": "0990000000"})
    await phone.do(DiallerState, "dial_at_once", code="*110#")
    assert "не обслуговується" in (await shown(phone)).shown


async def test_where_sms_really_leave_nobody_dials(phone: Tab, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMS_GATEWAY", "smpp")
    settings.cache_clear()
    await phone.do(DiallerState, "dial_at_once", code="*110#")
    assert (await shown(phone)).shown == ""
    assert "could not find" in (await shown(phone)).refusal["en"]


async def test_a_network_that_does_not_answer_is_told(phone: Tab, monkeypatch: pytest.MonkeyPatch):
    def broken(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no way")

    transport = httpx.MockTransport(broken)
    monkeypatch.setattr(demo_dialler, "client", lambda: httpx.AsyncClient(transport=transport, base_url="http://here"))
    await phone.do(DiallerState, "dial_at_once", code="*110#")
    assert (await shown(phone)).refusal["en"] == "The network did not answer. Dial again."


async def test_a_novel_is_not_sent(phone: Tab):
    await phone.do(DiallerState, "dial", form={"typed": "x" * 183})
    assert (await shown(phone)).shown == ""
