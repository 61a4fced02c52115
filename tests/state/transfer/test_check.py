"""The check page of a transfer: what is shown, done, confirmed, given up; after a reload and in a second tab too."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import RateCount
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.transfers.errors import JustTransferred, TransferTimeOver, TransferTriesOver
from mykyivstar.i18n import describe
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.transfer.check import TransferCheckState as CheckState
from mykyivstar.state.transfer.form import TransferState
from mykyivstar.state.transfer.rows import SideRow, WaitingRow
from tests.factories.people import hold, make_line, make_person, put_money
from tests.state.conftest import Tab

KEY = "k" * 32
GETTER = "380671000002"


def address(kopiykas: int, *, key: str = KEY, giver: str = "line:1", to: str = GETTER) -> str:
    return f"/transfer/check?form={key}&from={giver}&to={to}&amount={kopiykas}"


@pytest.fixture
async def olena(world: Database) -> Tab:
    """Olena has line:1 with 500 ₴; line:2 is somebody's."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        line = await make_line(session)
        await make_line(session, GETTER)
        await hold(session, actor, line, nickname="Mine")
        await put_money(session, line, Money.uah(500))
    return Tab(actor, address=address(1_500))


@pytest.fixture
async def stranger(world: Database, olena: Tab) -> Tab:
    """Somebody with a line of their own, and money on it."""
    async with world.unit_of_work() as session:
        actor = await make_person(session, "stranger")
        line = await make_line(session, "380672000001")
        await hold(session, actor, line)
        await put_money(session, line, Money.uah(500))
    return Tab(actor, address=address(1_500), visitor="another browser")


async def opened(tab: Tab, where: str = "") -> CheckState:
    if where:
        tab.go_to(where)
    await tab.do(CheckState.load)
    return await tab.see(CheckState)


async def moved(world: Database) -> Money:
    """What line:2 has got."""
    async with world.reading() as session:
        assert (await proof(session)).holds
        return (await balances(session, line_ids=[2])).lines[2].money or Money.ZERO


async def last_code(world: Database) -> str:
    async with world.reading() as session:
        query = select(SmsMessage).where(SmsMessage.template == SmsTemplate.CODE_TRANSFER)
        message = (await session.exec(query.order_by(col(SmsMessage.id).desc()).limit(1))).one()
    assert message.params is not None
    return str(message.params["code"])


async def test_the_page_says_what_will_happen(olena: Tab, world: Database) -> None:
    state = await opened(olena)
    assert (state.standing, state.amount, state.left, state.needs_code) == ("ready", 1_500, 48_500, False)
    assert (state.giver, state.getter) == (SideRow("line", "Mine", "380671000001"), SideRow("line", "", GETTER))
    assert state.back == "/transfer?from=line:1&to=380671000002&amount=15"
    assert await moved(world) == Money.ZERO


async def test_fifteen_hryvnias_go_at_once(olena: Tab, world: Database) -> None:
    await opened(olena)
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    state = await olena.see(CheckState)
    assert (state.standing, state.left) == ("done", 48_500)
    assert state.payment.startswith("/payments/")
    assert await moved(world) == Money.uah(15)


async def test_a_hundred_go_with_the_code(olena: Tab, world: Database) -> None:
    assert (await opened(olena, address(10_000))).needs_code
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    assert (await olena.see(CheckState)).standing == "code"
    assert await moved(world) == Money.ZERO
    await olena.do(CheckState.enter_code, form={"shown_for": olena.address, "code": "0000"})
    state = await olena.see(CheckState)
    assert state.standing == "code"
    assert "4" in state.field_refusals["code"]["en"]
    await olena.do(CheckState.enter_code, form={"shown_for": olena.address, "code": await last_code(world)})
    assert ((await olena.see(CheckState)).standing, await moved(world)) == ("done", Money.uah(100))


async def test_a_double_click_transfers_once(olena: Tab, world: Database) -> None:
    await opened(olena)
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    await olena.do(CheckState.transfer, form={"shown_for": olena.address, "again": "yes"})
    assert ((await olena.see(CheckState)).standing, await moved(world)) == ("done", Money.uah(15))


async def test_what_another_address_was_about_is_not_transferred_but_this_one_shown(
    olena: Tab, world: Database
) -> None:
    old, new = address(1_500), address(1_800, key="n" * 32)
    await opened(olena, old)
    # The page of the new order is drawn, and its own order has not been read yet.
    olena.go_to(new)
    assert await olena.do(CheckState.transfer, form={"shown_for": old}) == ["TransferCheckState.load"]
    assert await moved(world) == Money.ZERO
    state = await opened(olena, new)
    assert (state.shown_for, state.amount) == (new, 1_800)
    await olena.do(CheckState.transfer, form={"shown_for": new})
    assert await moved(world) == Money.uah(18)


async def test_a_code_typed_for_another_transfer_confirms_and_ends_nothing(olena: Tab, world: Database) -> None:
    old, new = address(10_000), address(1_500, key="n" * 32)
    await opened(olena, old)
    await olena.do(CheckState.transfer, form={"shown_for": old})
    olena.go_to(new)
    code = await last_code(world)
    for handler, arguments in (
        (CheckState.enter_code, {"form": {"shown_for": old, "code": code}}),
        (CheckState.send_again, {"shown_for": old}),
        (CheckState.give_up, {"shown_for": old}),
    ):
        assert await olena.do(handler, **arguments) == ["TransferCheckState.load"]
    assert await moved(world) == Money.ZERO
    assert (await opened(olena, old)).standing == "code"
    await olena.do(CheckState.enter_code, form={"shown_for": old, "code": code})
    assert await moved(world) == Money.uah(100)


async def test_two_tabs_of_one_order_transfer_once(olena: Tab, world: Database) -> None:
    other = Tab(olena.who.actor, address=address(10_000))  # type: ignore[arg-type]
    await opened(olena, address(10_000))
    await opened(other)
    for tab in (olena, other):
        await tab.do(CheckState.transfer, form={"shown_for": tab.address})
    await olena.do(CheckState.enter_code, form={"shown_for": olena.address, "code": await last_code(world)})
    await other.do(CheckState.refresh)
    assert (await other.see(CheckState)).standing == "done"
    assert await moved(world) == Money.uah(100)


async def test_the_same_again_in_a_moment_is_asked_about(olena: Tab, world: Database) -> None:
    await opened(olena)
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    await opened(olena, address(1_500, key="n" * 32))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    state = await olena.see(CheckState)
    assert (state.standing, state.is_repeat) == ("ready", True)
    assert state.refusal["en"] == describe(JustTransferred(), "en")
    await olena.do(CheckState.transfer, form={"shown_for": olena.address, "again": "yes"})
    assert await moved(world) == Money.uah(30)


async def test_a_reload_finds_the_code_step_and_the_end(olena: Tab, world: Database) -> None:
    await opened(olena, address(10_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    fresh = Tab(olena.who.actor, address=address(10_000))  # type: ignore[arg-type]
    assert (await opened(fresh)).standing == "code"
    await fresh.do(CheckState.enter_code, form={"shown_for": fresh.address, "code": await last_code(world)})
    assert (await opened(olena)).standing == "done"


async def test_the_form_leads_back_to_what_waits(olena: Tab) -> None:
    await opened(olena, address(10_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    olena.go_to("/transfer")
    await olena.do(TransferState.load)
    waiting = (await olena.see(TransferState)).waiting
    assert waiting is not None
    assert waiting == WaitingRow(waiting.address, "line", "", GETTER, 10_000)
    state = await opened(olena, waiting.address)
    assert (state.standing, state.amount, state.getter.number) == ("code", 10_000, GETTER)


async def test_given_up_it_says_so(olena: Tab, world: Database) -> None:
    await opened(olena, address(10_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    await olena.do(CheckState.give_up, shown_for=olena.address)
    state = await olena.see(CheckState)
    assert (state.standing, state.failure) == ("failed", "given_up")
    assert await moved(world) == Money.ZERO


async def test_too_late_or_too_often_wrong_it_ends(olena: Tab, world: Database, clock: FixedClock) -> None:
    await opened(olena, address(10_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    clock.moment += timedelta(minutes=5)
    await olena.do(CheckState.enter_code, form={"shown_for": olena.address, "code": await last_code(world)})
    state = await olena.see(CheckState)
    assert (state.standing, state.reason["en"]) == ("failed", describe(TransferTimeOver(), "en"))
    await opened(olena, address(10_000, key="n" * 32))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    for _ in range(5):
        await olena.do(CheckState.enter_code, form={"shown_for": olena.address, "code": "0000"})
    state = await olena.see(CheckState)
    assert (state.standing, state.reason["en"]) == ("failed", describe(TransferTriesOver(), "en"))
    assert await moved(world) == Money.ZERO


async def test_the_countdown_at_its_end_shows_that_it_is_over(olena: Tab, clock: FixedClock) -> None:
    await opened(olena, address(10_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    clock.moment += timedelta(minutes=5)
    await olena.do(CheckState.refresh)
    state = await olena.see(CheckState)
    assert (state.standing, state.failure) == ("failed", "not_finished")


async def test_another_code_replaces_the_first(olena: Tab, world: Database, clock: FixedClock) -> None:
    await opened(olena, address(10_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    first, before = await last_code(world), (await olena.see(CheckState)).expires_at
    clock.moment += timedelta(minutes=1)
    await olena.do(CheckState.send_again, shown_for=olena.address)
    assert (await olena.see(CheckState)).expires_at > before
    await olena.do(CheckState.enter_code, form={"shown_for": olena.address, "code": first})
    assert (await olena.see(CheckState)).standing == "code"
    await olena.do(CheckState.enter_code, form={"shown_for": olena.address, "code": await last_code(world)})
    assert await moved(world) == Money.uah(100)


async def test_too_many_codes_are_refused_and_said(olena: Tab, world: Database) -> None:
    for number in range(6):
        await opened(olena, address(10_000 + number, key=f"{number}" * 32))
        await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    state = await olena.see(CheckState)
    assert state.standing == "ready"
    assert "Too many tries" in state.refusal["en"]
    async with world.unit_of_work() as session:
        for count in await session.exec(select(RateCount)):
            await session.delete(count)
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    assert (await olena.see(CheckState)).standing == "failed", "this form was ended; the next one works"


async def test_money_that_went_meanwhile_is_said_on_the_page(olena: Tab, world: Database) -> None:
    await opened(olena, address(50_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    code = await last_code(world)
    other = Tab(olena.who.actor, address=address(1_500, key="n" * 32))  # type: ignore[arg-type]
    await opened(other)
    await other.do(CheckState.transfer, form={"shown_for": other.address})
    await olena.do(CheckState.enter_code, form={"shown_for": olena.address, "code": code})
    state = await olena.see(CheckState)
    assert (state.standing, state.failure) == ("failed", "not_enough_money")
    assert "15.00" in state.reason["en"]
    assert await moved(world) == Money.uah(15)


@pytest.mark.parametrize(
    "where",
    [
        "/transfer/check",
        "/transfer/check?form=short&from=line:1&to=380671000002&amount=1500",
        address(0),
        address(-5),
        "/transfer/check?form=" + KEY + "&from=line:1&to=' or 1=1&amount=1500",
        "/transfer/check?form=" + KEY + "&from=line:1&to=380671000002&amount=1e9",
    ],
)
async def test_an_address_that_is_not_ours_shows_nothing(olena: Tab, world: Database, where: str) -> None:
    state = await opened(olena, where)
    assert (state.standing, state.refusal["en"]) == ("lost", describe(Malformed(), "en"))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    assert await moved(world) == Money.ZERO


@pytest.mark.parametrize("giver", ["line:2", "line:9", "internet:1", "line:1;"])
async def test_nobody_elses_line_gives(stranger: Tab, world: Database, giver: str) -> None:
    state = await opened(stranger, address(1_500, giver=giver))
    assert (state.standing, state.refusal["en"]) == ("lost", describe(NotFound(), "en"))
    await stranger.do(CheckState.transfer, form={"shown_for": stranger.address})
    assert await moved(world) == Money.ZERO


async def test_a_stranger_sees_and_confirms_nothing_of_it(olena: Tab, stranger: Tab, world: Database) -> None:
    await opened(olena, address(10_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    olena.go_to("/transfer")
    await olena.do(TransferState.load)
    waiting = (await olena.see(TransferState)).waiting
    assert waiting is not None
    state = await opened(stranger, waiting.address)
    assert (state.standing, state.getter.number, state.amount) == ("lost", "", 0)
    for handler, arguments in (
        (CheckState.enter_code, {"form": {"shown_for": waiting.address, "code": await last_code(world)}}),
        (CheckState.send_again, {"shown_for": waiting.address}),
        (CheckState.give_up, {"shown_for": waiting.address}),
    ):
        await stranger.do(handler, **arguments)
        assert (await stranger.see(CheckState)).refusal["en"] == describe(NotFound(), "en")
    assert (await opened(olena, waiting.address)).standing == "code"


@pytest.mark.parametrize("form", [{"code": 7}, {"code": None}, {}, {"shown_for": None, "code": "1234"}, "code", None])
async def test_what_no_form_of_ours_sends_is_refused(olena: Tab, form: Any) -> None:
    await opened(olena, address(10_000))
    await olena.do(CheckState.transfer, form={"shown_for": olena.address})
    sent = {"shown_for": olena.address} | form if isinstance(form, dict) else form
    await olena.do(CheckState.enter_code, form=sent)
    state = await olena.see(CheckState)
    assert (state.standing, state.refusal["en"]) == ("code", describe(Malformed(), "en"))
