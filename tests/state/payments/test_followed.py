"""A payment's own page: followed by whoever paid, unknown to everybody else."""

from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.payments.card import CardOrder, begin
from mykyivstar.domain.payments.errors import DisputeWordless, WrongState
from mykyivstar.domain.payments.inquiry import look_again
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Payment
from mykyivstar.domain.payments.opening import Payer, Share
from mykyivstar.domain.payments.reports import apply
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import NotANumber
from mykyivstar.ports.acquiring import Decline, InvoiceState, Report
from mykyivstar.state.payments.followed import FollowedState
from mykyivstar.state.payments.top_up import TopUpState
from tests.domain.payments.conftest import ADDRESSES
from tests.factories.bank import CARD, Bank
from tests.state.payments.conftest import PayersTab, payments


async def begun(tab: PayersTab, world: Database) -> Payment:
    """Olena has pressed "Pay" and is at the bank."""
    await tab.pay(await tab.fill_in())
    return (await payments(world))[-1]


async def page_of(tab: PayersTab, payment: Payment) -> FollowedState:
    return await tab.open(FollowedState, f"/payments/{payment.code}")


async def hear(world: Database, report: Report, clock: FixedClock) -> None:
    await apply(world.unit_of_work, report, acquirer="bank", cause=Cause.NOTICE, at=clock.now())


def steps(state: FollowedState) -> list[tuple[str, str]]:
    return [(step.state, step.mark) for step in state.steps]


async def test_it_is_followed_from_the_first_step_to_the_last(
    world: Database, olena: PayersTab, bank: Bank, clock: FixedClock
):
    payment = await begun(olena, world)
    state = await page_of(olena, payment)
    assert (state.standing, state.payment.state, state.payment.is_open) == ("ready", "confirming", True)
    assert steps(state) == [
        ("created", "done"),
        ("confirming", "now"),
        ("processing", "ahead"),
        ("credited", "ahead"),
    ]
    assert state.payment.page_url == "https://bank.example/inv-1"
    await hear(world, bank.end(payment.code, InvoiceState.PROCESSING), clock)
    await olena.run(FollowedState, "refresh")
    assert (state.payment.state, state.payment.page_url) == ("processing", "")
    await hear(world, bank.end(payment.code, InvoiceState.SUCCESS, card=CARD), clock)
    await olena.run(FollowedState, "refresh")
    assert [mark for _, mark in steps(state)] == ["done"] * 4
    assert (state.payment.is_open, state.payment.card_mask) == (False, CARD.mask)
    assert state.receipt is not None
    [moved] = state.moved
    assert moved.after - moved.before == state.payment.amount


async def test_whoever_comes_back_from_the_bank_has_it_asked_at_once(world: Database, olena: PayersTab, bank: Bank):
    payment = await begun(olena, world)
    bank.end(payment.code, InvoiceState.SUCCESS, card=CARD)
    state = await page_of(olena, payment)
    assert (state.payment.state, bank.calls) == ("credited", ["create", "status"])
    await page_of(olena, payment)
    assert bank.calls == ["create", "status"]


async def test_a_silent_bank_leaves_it_open_and_the_page_whole(world: Database, olena: PayersTab, bank: Bank):
    payment = await begun(olena, world)
    bank.is_down = True
    assert (await page_of(olena, payment)).payment.state == "confirming"


async def test_the_next_form_is_empty_once_this_one_is_paid(world: Database, olena: PayersTab):
    payment = await begun(olena, world)
    await page_of(olena, payment)
    assert (await olena.open(TopUpState, "/top-up")).amount == ""


@pytest.mark.parametrize("decline", [each for each in Decline if each is not Decline.OTHER])
async def test_a_failure_has_its_reason_and_a_form_filled_in_like_it(
    world: Database, olena: PayersTab, bank: Bank, clock: FixedClock, decline: Decline
):
    payment = await begun(olena, world)
    await hear(world, bank.end(payment.code, InvoiceState.FAILURE, decline=decline), clock)
    state = await page_of(olena, payment)
    assert (state.payment.state, state.payment.failure) == ("failed", decline.value)
    assert state.again == "/top-up?to=line:1&amount=100"
    assert steps(state)[-1] == ("failed", "bad")


async def test_a_payer_may_think_better_of_it(world: Database, olena: PayersTab):
    payment = await begun(olena, world)
    state = await page_of(olena, payment)
    await olena.run(FollowedState, "give_up", shown_for=olena.address)
    assert (state.payment.state, state.payment.failure) == ("failed", "given_up")
    await olena.run(FollowedState, "give_up", shown_for=olena.address)
    assert state.refusal["en"] == WrongState.sentence


async def test_a_stranger_finds_nothing_and_does_nothing(
    world: Database, olena: PayersTab, stranger: PayersTab, bank: Bank
):
    payment = await begun(olena, world)
    for tab in (stranger, PayersTab(None, visitor="nobody")):
        state = await page_of(tab, payment)
        assert (state.standing, state.payment, list(state.steps)) == ("nothing", None, [])
        await tab.run(FollowedState, "refresh")
        await tab.run(FollowedState, "give_up", shown_for=tab.address)
        await tab.run(FollowedState, "send_complaint", form={"shown_for": tab.address, "words": "mine", "number": ""})
        assert (state.standing, state.payment) == ("nothing", None)
    assert [each.state.value for each in await payments(world)] == ["confirming"]
    assert bank.calls == ["create"]


async def test_a_browser_that_is_not_signed_in_follows_what_it_paid(
    world: Database, olena: PayersTab, bank: Bank, clock: FixedClock
):
    order = CardOrder("link-1", Payer(visitor="kiosk"), [Share(HoldingKey.parse("line:1"), Money.uah(5))])
    unit_of_work = world.unit_of_work
    at = clock.now()
    payment = await begin(
        unit_of_work, bank, order, limits=PaymentLimits(), addresses=ADDRESSES, purpose="Top-up", at=at
    )
    kiosk = PayersTab(None, visitor="kiosk")
    state = await page_of(kiosk, payment)
    assert (state.payment.state, state.again) == ("confirming", "")
    await look_again(unit_of_work, bank, code=payment.code, actor=None, visitor="kiosk", at=at)
    assert (await page_of(PayersTab(None, visitor="another"), payment)).standing == "nothing"
    # Olena got the money, but she did not pay.
    assert (await page_of(olena, payment)).standing == "nothing"


async def test_what_was_drawn_of_another_payment_changes_nothing_of_this_one(world: Database, olena: PayersTab):
    first = await begun(olena, world)
    state = await page_of(olena, first)
    second = await begun(olena, world)
    # The page of the second is drawn, and has not been read yet.
    olena.go_to(f"/payments/{second.code}")
    await olena.run(FollowedState, "refresh")
    assert (state.shown_for, state.payment.code) == (f"/payments/{first.code}", first.code)
    assert await olena.run(FollowedState, "give_up", shown_for=state.shown_for) == "FollowedState.load"
    form = {"shown_for": state.shown_for, "words": "Twice!", "number": ""}
    assert await olena.run(FollowedState, "send_complaint", form=form) == "FollowedState.load"
    assert [each.state.value for each in await payments(world)] == ["confirming"] * 2
    state = await page_of(olena, second)
    assert (state.shown_for, state.payment.code, state.dispute) == (f"/payments/{second.code}", second.code, None)


async def test_a_complaint_goes_along_with_the_payment(world: Database, olena: PayersTab):
    payment = await begun(olena, world)
    state = await page_of(olena, payment)
    await olena.run(FollowedState, "complain")
    assert state.is_complaining
    await olena.run(FollowedState, "send_complaint", form={"shown_for": olena.address, "words": " . ", "number": ""})
    assert state.field_refusals["words"]["en"] == DisputeWordless.sentence
    await olena.run(
        FollowedState, "send_complaint", form={"shown_for": olena.address, "words": "Twice!", "number": "112"}
    )
    assert state.field_refusals["number"]["en"] == NotANumber.sentence
    await olena.run(
        FollowedState, "send_complaint", form={"shown_for": olena.address, "words": "Twice!", "number": "067 100 00 01"}
    )
    assert (state.is_complaining, state.dispute.words, state.dispute.state) == (False, "Twice!", "open")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"shown_for": 5, "words": "x", "number": ""},
        {"words": "x"},
        {"words": 5, "number": ""},
        {"words": "w" * 2001, "number": ""},
    ],
)
async def test_what_no_form_of_ours_sends_is_refused(world: Database, olena: PayersTab, form: dict[str, Any]):
    payment = await begun(olena, world)
    state = await page_of(olena, payment)
    await olena.run(FollowedState, "send_complaint", form={"shown_for": olena.address} | form)
    assert (state.refusal["en"], state.dispute) == (Malformed.sentence, None)


@pytest.mark.parametrize("address", ["/payments/none", "/payments/" + "x" * 500, "/payments/%00", "/payments/' or 1=1"])
async def test_an_address_that_is_no_payments_shows_nothing(olena: PayersTab, address: str):
    assert (await olena.open(FollowedState, address)).standing == "nothing"
