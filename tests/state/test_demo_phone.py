"""The page of the demo phone as the browser gets it."""

from datetime import timedelta

import pytest

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.notifications.phones import receive
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.settings import settings
from mykyivstar.state.demo_phone import DemoPhoneState, MessageRow, PhoneRow
from tests.state.tab import Tab, tab_of

OLENA, ANDRII = "380671000001", "380682000001"


async def ring(number: str, text: str) -> None:
    await receive(wiring.database().unit_of_work, to=Msisdn(number), text=text, at=wiring.clock().now())


async def look(tab: Tab) -> DemoPhoneState:
    await tab.do(DemoPhoneState, "load")
    return await tab.state(DemoPhoneState)


async def test_the_phone_that_rang_last_is_in_hand_and_its_code_stands_out(world: Database, clock: FixedClock) -> None:
    await ring(OLENA, "Новий вхід: Chrome")
    await ring(ANDRII, "K7MD – код для входу. Нікому його не кажіть")
    shown = await look(tab_of(None))
    assert (shown.standing, shown.number) == ("ready", ANDRII)
    assert list(shown.phones) == [PhoneRow(ANDRII, ""), PhoneRow(OLENA, "")]
    [message] = shown.messages
    assert (message.code, message.sent_at) == ("K7MD", clock.now().isoformat())


async def test_a_message_without_a_code_shows_none(world: Database) -> None:
    await ring(OLENA, "Новий вхід: Chrome, 22.11.2026 12:00")
    assert [message.code for message in (await look(tab_of(None))).messages] == [""]


async def test_another_phone_is_taken_from_the_list_or_typed_in_any_usual_way(world: Database) -> None:
    await ring(OLENA, "for Olena")
    await ring(ANDRII, "for Andrii")
    tab = tab_of(None)
    shown = await look(tab)
    await tab.do(DemoPhoneState, "choose", number=OLENA)
    assert [message.text for message in shown.messages] == ["for Olena"]
    await tab.do(DemoPhoneState, "type_number", form={"number": " 068 200-00-01 "})
    assert (shown.number, [message.text for message in shown.messages]) == (ANDRII, ["for Andrii"])
    await tab.do(DemoPhoneState, "type_number", form={"number": "0996543210"})
    assert (shown.number, list(shown.messages)) == ("380996543210", [])
    assert shown.phones[0] == PhoneRow("380996543210", "")


async def test_what_is_no_number_is_refused_beside_the_field_and_the_phone_stays(world: Database) -> None:
    await ring(OLENA, "for Olena")
    tab = tab_of(None)
    shown = await look(tab)
    await tab.do(DemoPhoneState, "type_number", form={"number": "не номер"})
    assert "067 123 45 67" in shown.field_refusals["number"]["uk"]
    assert shown.number == OLENA
    await tab.do(DemoPhoneState, "type_number", form={"number": "0682000001"})
    assert dict(shown.field_refusals) == {}


async def test_new_messages_come_at_the_next_beat(world: Database, clock: FixedClock) -> None:
    await ring(OLENA, "first")
    tab = tab_of(None)
    shown = await look(tab)
    clock.moment += timedelta(seconds=3)
    await ring(OLENA, "second")
    await tab.do(DemoPhoneState, "refresh")
    assert [message.text for message in shown.messages] == ["second", "first"]
    assert isinstance(shown.messages[0], MessageRow)


async def test_nothing_rang_yet(world: Database) -> None:
    shown = await look(tab_of(None))
    assert (shown.standing, shown.number, list(shown.phones), list(shown.messages)) == ("ready", "", [], [])


async def test_where_sms_really_leave_nothing_is_shown(world: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await ring(OLENA, "K7MD is a code")
    monkeypatch.setenv("SMS_GATEWAY", "smpp")
    settings.cache_clear()
    tab = tab_of(None)
    for handler, arguments in (("load", {}), ("refresh", {}), ("choose", {"number": OLENA})):
        await tab.do(DemoPhoneState, handler, **arguments)
        shown = await tab.state(DemoPhoneState)
        assert (shown.standing, list(shown.messages)) == ("nothing", [])
        assert shown.refusal["en"].startswith("We could not find this")
