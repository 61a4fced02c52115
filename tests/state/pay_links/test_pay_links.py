"""Making links, and strangers who pay by them."""

import base64
import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest
import zxingcpp
from sqlmodel import select

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.payments.models import Origin, PayLink, Payment, PaymentState
from mykyivstar.guard import Caller, calling
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money
from mykyivstar.papers.qr import qr_matrix
from mykyivstar.state.pay_links.mine import LinkRow, LinksState
from mykyivstar.state.pay_links.pay import PayState
from tests.factories.bank import Bank
from tests.factories.people import hold, make_line, make_person
from tests.state.conftest import Tab

FORM = {"key": "k" * 32, "to": "line:1", "amount": "150,50", "note": "На дачу", "uses": "once", "days": "7"}


class Stranger(Tab):
    """A browser in which nobody is signed in."""

    def __init__(self, address: str, visitor: str = "stranger") -> None:
        super().__init__(Actor(0, 0), address=address, visitor=visitor)
        self.who = Caller(actor=None, visitor=visitor, address="192.0.2.9")

    async def pay(self, **form: Any) -> None:
        state = await self.see(PayState)
        with calling(self.who):
            answers = state.pay(form={"shown_for": state.shown_for, "key": state.form_key} | form)
            assert isinstance(answers, AsyncIterator)
            async for _ in answers:
                pass


@pytest.fixture
async def bank(monkeypatch: pytest.MonkeyPatch) -> Bank:
    bank = Bank()

    class Ports:
        acquirer = bank

    monkeypatch.setattr(wiring, "ports", Ports)
    return bank


@pytest.fixture
async def olena(world: Database, bank: Bank) -> Tab:
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        await hold(session, actor, await make_line(session), nickname="Таємна назва")
        stranger = await make_person(session, "stranger")
        await hold(session, stranger, await make_line(session, "380672000001"))
    tab = Tab(actor, address="/pay-links")
    await tab.do(LinksState.load)
    return tab


async def make(tab: Tab, **form: str) -> LinkRow:
    key = (await tab.see(LinksState)).form_key
    await tab.do(LinksState.make, form=FORM | {"key": key} | form)
    shown = (await tab.see(LinksState)).shown
    assert shown is not None
    return shown


def path_of(link: LinkRow) -> str:
    return "/pay/" + link.address.rpartition("/pay/")[2]


async def opened(link: LinkRow, visitor: str = "stranger") -> Stranger:
    stranger = Stranger(path_of(link), visitor)
    await stranger.do(PayState.load)
    return stranger


async def payments(world: Database) -> list[Payment]:
    async with world.reading() as session:
        return list(await session.exec(select(Payment)))


async def test_a_link_is_made_and_its_qr_leads_to_it(olena: Tab):
    link = await make(olena)
    state = await olena.see(LinksState)
    assert (link.amount, link.once, link.standing, len(state.rows)) == (15050, True, "live", 1)
    assert base64.b64decode(state.qr.partition("base64,")[2]).startswith(b"<svg")
    rows = qr_matrix(link.address)
    quiet = [[False] * (len(rows) + 8)] * 4
    modules = [*quiet, *([False] * 4 + row + [False] * 4 for row in rows), *quiet]
    picture = bytes(0 if dark else 255 for row in modules for dark in row for _ in range(1))
    image = memoryview(picture).cast("B", (len(modules), len(modules)))
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [link.address]


async def test_a_double_click_makes_one_link(olena: Tab):
    form = FORM | {"key": (await olena.see(LinksState)).form_key}
    for _ in range(2):
        await olena.do(LinksState.make, form=form)
    state = await olena.see(LinksState)
    assert (len(state.rows), state.shown) == (1, state.rows[0])
    await make(olena)
    assert len((await olena.see(LinksState)).rows) == 2


async def test_a_stranger_sees_a_masked_number_and_the_note_and_goes_to_the_bank(
    world: Database, olena: Tab, bank: Bank
):
    stranger = await opened(await make(olena))
    state = await stranger.see(PayState)
    assert (state.standing, state.masked, state.note, state.amount) == ("open", "+380 67 ••• •• 01", "На дачу", 15050)
    assert "Таємна" not in str(state.dict())
    assert "380671000001" not in str(state.dict())
    await stranger.pay(amount=None)
    payment = (await payments(world))[0]
    assert (payment.amount, payment.origin, payment.profile_id) == (Money.uah(150, 50), Origin.LINK, None)
    assert state.leave_to == payment.page_url
    assert next(iter(bank.orders.values())).purpose.endswith("+380 67 ••• •• 01")


async def test_somebody_signed_in_pays_as_themselves(world: Database, olena: Tab):
    link = await make(olena)
    olena.go_to(path_of(link))
    await olena.do(PayState.load)
    state = await olena.see(PayState)
    with calling(olena.who):
        async for _ in state.pay(form={"shown_for": state.shown_for, "key": state.form_key}):
            pass
    assert (await payments(world))[0].profile_id == olena.who.actor.profile_id  # type: ignore[union-attr]


async def test_who_comes_back_from_the_bank_goes_on_with_the_same_payment(world: Database, olena: Tab):
    link = await make(olena)
    await (await opened(link)).pay()
    again = await (await opened(link)).see(PayState)
    payment = (await payments(world))[0]
    assert (again.waiting_at, again.waiting_code) == (payment.page_url, payment.code)
    other = await (await opened(link, "another")).see(PayState)
    assert (other.waiting_code, "at this moment" in other.held["en"]) == ("", True)


async def test_the_second_of_two_never_gets_to_the_bank(world: Database, olena: Tab):
    link = await make(olena)
    first, second = await opened(link, "first"), await opened(link, "second")
    await first.pay()
    await second.pay()
    assert len(await payments(world)) == 1
    assert "at this moment" in (await second.see(PayState)).refusal["en"]
    assert (await second.see(PayState)).leave_to == ""


async def test_a_fixed_sum_is_not_changed_by_what_a_browser_sends(world: Database, olena: Tab):
    stranger = await opened(await make(olena))
    await stranger.pay(amount="1")
    assert [payment.amount for payment in await payments(world)] == [Money.uah(150, 50)]


async def test_a_double_click_is_one_payment(world: Database, olena: Tab):
    stranger = await opened(await make(olena, uses="many"))
    await stranger.pay()
    await stranger.pay()
    assert len(await payments(world)) == 1


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("", "Enter an amount"),
        ("0", "Enter an amount"),
        ("-5", "Enter an amount"),
        ("0.001", "Enter an amount"),
        ("12,34,5", "Enter an amount"),
        ("сто", "Enter an amount"),
        ("1e9", "Enter an amount"),
        ("0,99", "One payment is from"),
        ("5000,01", "One payment is from"),
        ("999999999", "One payment is from"),
    ],
)
async def test_an_open_sum_that_cannot_be_paid_is_refused_beside_its_field(
    world: Database, olena: Tab, typed: str, refused: str
):
    stranger = await opened(await make(olena, amount=""))
    assert (await stranger.see(PayState)).amount is None
    await stranger.pay(amount=typed)
    assert (await stranger.see(PayState)).field_refusals["amount"]["en"].startswith(refused)
    assert await payments(world) == []


@pytest.mark.parametrize("address", ["/pay/nothing", "/pay/", "/pay/" + "x" * 300, "/pay/%27%3B--"])
async def test_an_address_that_is_no_link_is_said_clearly(world: Database, bank: Bank, address: str):
    stranger = Stranger(address)
    await stranger.do(PayState.load)
    state = await stranger.see(PayState)
    assert (state.standing, state.refusal["en"][:25]) == ("closed", "There is no such payment ")


async def test_a_link_that_was_ended_is_closed_for_who_has_it_open_too(world: Database, olena: Tab):
    link = await make(olena)
    stranger = await opened(link)
    await olena.do(LinksState.ask_end, link_id=link.id)
    await olena.do(LinksState.end, link_id=link.id)
    assert (await olena.see(LinksState)).rows[0].standing == "ended"
    await stranger.pay()
    assert "has ended it" in (await stranger.see(PayState)).refusal["en"]
    late = await (await opened(link)).see(PayState)
    assert (late.standing, "has ended it" in late.refusal["uk"]) == ("closed", False)
    assert await payments(world) == []


async def test_an_old_link_is_closed(olena: Tab, clock: FixedClock):
    link = await make(olena, days="1")
    clock.moment = clock.moment.replace(day=23)
    state = await (await opened(link)).see(PayState)
    assert state.standing == "closed"
    assert "23 November 2026, 12:00" in state.refusal["en"]


async def test_what_came_by_a_link_is_seen_by_who_made_it(world: Database, olena: Tab):
    link = await make(olena)
    await (await opened(link)).pay()
    async with world.unit_of_work() as session:
        (await session.exec(select(Payment))).one().state = PaymentState.CREDITED
    await olena.do(LinksState.refresh)
    row = (await olena.see(LinksState)).rows[0]
    assert (row.payments, row.paid, row.standing) == (1, 15050, "paid")
    state = await (await opened(link, "late")).see(PayState)
    assert "has been paid already" in state.refusal["en"]


@pytest.mark.parametrize("to", ["line:2", "line:99", "internet:1", "", "x"])
async def test_nobody_makes_links_for_others(world: Database, olena: Tab, to: str):
    await olena.do(LinksState.make, form=FORM | {"to": to})
    assert "could not find" in (await olena.see(LinksState)).refusal["en"]
    async with world.reading() as session:
        assert list(await session.exec(select(PayLink))) == []


@pytest.mark.parametrize(
    "form",
    [
        FORM | {"days": "2"},
        FORM | {"days": "-1"},
        FORM | {"days": 7},
        FORM | {"uses": "twice"},
        FORM | {"note": "x" * 3000},
        FORM | {"amount": 5},
        FORM | {"key": "short"},
        {name: value for name, value in FORM.items() if name != "key"},
        [],
    ],
)
async def test_forms_that_are_none_of_ours_make_nothing(world: Database, olena: Tab, form: Any):
    await olena.do(LinksState.make, form=form)
    assert (await olena.see(LinksState)).refusal["en"] == Malformed.sentence
    async with world.reading() as session:
        assert list(await session.exec(select(PayLink))) == []


@pytest.mark.parametrize("link_id", [0, -1, 999, "1", None])
async def test_nobody_ends_or_sees_the_links_of_others(world: Database, olena: Tab, link_id: Any):
    await make(olena)
    async with world.unit_of_work() as session:
        stranger = Tab(await make_person(session, "other"), address="/pay-links")
    await stranger.do(LinksState.load)
    for number in (1, link_id):
        for handler in (LinksState.show_qr, LinksState.ask_end, LinksState.end):
            await stranger.do(handler, link_id=number)
            assert (await stranger.see(LinksState)).refusal["en"]
    assert (await stranger.see(LinksState)).rows == []
    await olena.do(LinksState.refresh)
    assert (await olena.see(LinksState)).rows[0].standing == "live"


@pytest.mark.parametrize("key", ["", "short", None, "x" * 41, "a b" * 8])
async def test_a_payment_needs_its_forms_key(world: Database, olena: Tab, key: Any):
    stranger = await opened(await make(olena))
    await stranger.pay(key=key)
    assert (await stranger.see(PayState)).refusal["en"] == Malformed.sentence
    assert await payments(world) == []


def test_only_the_page_of_a_link_is_open_to_anybody():
    for state, is_public in ((PayState, True), (LinksState, False)):
        for name, handler in state.event_handlers.items():
            if (policy := policy_of(handler.fn)) is not None:
                assert policy.is_public is is_public, name


async def test_what_another_link_asked_for_is_not_paid(world: Database, olena: Tab, bank: Bank):
    old, new = await make(olena, uses="many"), await make(olena, uses="many", amount="35")
    stranger = await opened(old)
    drawn = (await stranger.see(PayState)).shown_for
    stranger.go_to((await opened(new)).address)
    await stranger.pay(shown_for=drawn)
    assert await payments(world) == []
    await stranger.do(PayState.load)
    await stranger.pay()
    assert [each.amount for each in await payments(world)] == [Money.uah(35)]


async def test_another_browser_with_the_same_form_key_is_another_payer(world: Database, olena: Tab):
    link = await make(olena, uses="many")
    first, second = await opened(link, "first"), await opened(link, "second")
    await first.pay(key="k" * 20)
    await second.pay(key="k" * 20)
    assert len(await payments(world)) == 2
    assert dataclasses.asdict(link)["once"] is False
