"""The top-up form and its check page: what is asked, what is refused, and that one form pays once."""

import dataclasses
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.errors import NotALogin
from mykyivstar.domain.payments.errors import AmountOutOfRange, PaymentMismatch, UnknownTarget
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.email import NotAnEmail
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.money import Money, NotAnAmount
from mykyivstar.state.payments.check import CheckState
from mykyivstar.state.payments.rows import ShareRow, WhomRow
from mykyivstar.state.payments.top_up import TopUpState
from mykyivstar.state.proof import ProofState
from mykyivstar.state.shell import ShellState
from tests.factories.bank import Bank
from tests.state.payments.conftest import PayersTab, payments


async def test_the_one_in_hand_stands_first_and_is_chosen(olena: PayersTab):
    await olena.run(ShellState, "choose", key="line:2")
    state = await olena.open(TopUpState, "/top-up")
    assert [row.key for row in state.whom] == ["line:2", "line:1", "internet:1"]
    assert state.whom[1] == WhomRow("line:1", "line", "Mine", "380671000001", "blue", 500)
    assert (state.ready, state.to, state.amount) == (True, "line:2", "")
    assert [row.typed for row in state.quick] == ["50", "100", "200", "300"]


async def test_the_address_fills_the_form_in(olena: PayersTab):
    state = await olena.open(TopUpState, "/top-up?to=internet:1&amount=74.95")
    assert (state.to, state.amount) == ("internet:1", "74.95")
    state = await olena.open(TopUpState, "/top-up?to=0671000003&amount=5")
    assert (state.to, state.number, state.amount) == ("other", "0671000003", "5")


async def test_everything_is_checked_before_it_is_paid(world: Database, olena: PayersTab, bank: Bank):
    address = await olena.fill_in(amount="1 234,50", email=" olena@example.com ")
    assert "for=line:1-123450" in address
    check = await olena.open(CheckState, address)
    assert list(check.rows) == [ShareRow("line", "Mine", "380671000001", 123450, 123950)]
    assert (check.standing, check.total, check.email) == ("ready", 123450, "olena@example.com")
    assert await payments(world) == []
    assert bank.calls == []
    assert await olena.pay() == ""
    assert (check.leave_to, bool(check.leave_stamp)) == ("https://bank.example/inv-1", True)
    (payment,) = await payments(world)
    assert (payment.amount, payment.email, payment.state) == (
        Money(123450),
        "olena@example.com",
        PaymentState.CONFIRMING,
    )


async def test_another_number_stands_in_the_address_and_never_its_key(olena: PayersTab):
    address = await olena.fill_in(to="other", number="067 100-00-03")
    assert "for=380671000003-10000" in address
    check = await olena.open(CheckState, address)
    assert list(check.rows) == [ShareRow("line", "", "380671000003", 10000, None)]


async def test_a_strangers_key_in_an_address_tells_nothing(olena: PayersTab):
    address = (await olena.fill_in()).replace("line:1", "line:3")
    check = await olena.open(CheckState, address)
    assert (check.standing, list(check.rows)) == ("lost", [])
    assert check.refusal["en"] == NotFound.sentence


async def test_one_form_pays_once_however_often_it_is_sent(world: Database, olena: PayersTab, bank: Bank):
    address = await olena.fill_in()
    for _ in range(3):
        await olena.pay(address)
    other_tab, lost = PayersTab(olena.who.actor), PayersTab(olena.who.actor, visitor="restarted")
    await other_tab.pay(address)
    # A server that has forgotten the page: only what the browser sends is left.
    lost.go_to(address)
    form = {"shown_for": address, "key": address.split("form=")[1].split("&")[0], "wishes": "line:1-10000"}
    await lost.run(CheckState, "pay", form=form | {"card": "", "remember": "", "email": ""})
    assert len(await payments(world)) == 1
    assert bank.calls == ["create"]
    assert (await lost.see(CheckState)).leave_to == "https://bank.example/inv-1"


async def test_the_same_form_with_other_content_is_refused_and_a_changed_one_is_another_form(
    world: Database, olena: PayersTab
):
    address = await olena.fill_in()
    await olena.pay(address)
    await olena.pay(address.replace("10000", "20000"))
    assert (await olena.see(CheckState)).refusal["en"] == PaymentMismatch.sentence
    await olena.open(TopUpState, "/top-up")
    changed = await olena.run(TopUpState, "check", form={"to": "line:1", "amount": "200"})
    await olena.pay(changed)
    assert [payment.amount for payment in await payments(world)] == [Money.uah(100), Money.uah(200)]


async def test_what_was_typed_is_there_when_one_goes_back(olena: PayersTab):
    typed = {"to": "other", "number": "067 100-00-03", "amount": "70,5", "remember": "on", "email": "a@b.ua"}
    address = await olena.fill_in(**typed)
    await olena.open(CheckState, address)
    state = await olena.open(TopUpState, "/top-up")
    assert (state.to, state.number, state.amount) == ("other", "067 100-00-03", "70,5")
    assert (state.remember, state.email) == (True, "a@b.ua")
    again = await olena.run(TopUpState, "check", form=typed)
    assert again == address


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        *[
            ({"amount": amount}, "amount", NotAnAmount.sentence)
            for amount in ("", "0", "-5", "0.001", "12.345", "сто", "1,2,3", "1e9", "١٠٠")
        ],
        ({"amount": "999999999"}, "amount", AmountOutOfRange.sentence),
        ({"amount": "0,99"}, "amount", AmountOutOfRange.sentence),
        ({"amount": "5000,01"}, "amount", AmountOutOfRange.sentence),
        ({"to": "other", "number": "мама"}, "number", NotALogin.sentence),
        ({"to": "other", "number": ""}, "number", NotALogin.sentence),
        ({"to": "other", "number": "0501234567"}, "number", UnknownTarget.sentence),
        ({"email": "olena"}, "email", NotAnEmail.sentence),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_stays(
    olena: PayersTab, typed: dict[str, str], field: str, sentence: str
):
    assert await olena.fill_in(**typed) == ""
    state = await olena.see(TopUpState)
    texts = state.field_refusals[field]
    assert set(texts) == {"uk", "en", "ru"}
    assert texts["en"].split("{")[0].startswith(sentence.split("{", maxsplit=1)[0])
    assert {name: getattr(state, name) for name in typed} == typed


@pytest.mark.parametrize("amount", ["1", "5000"])
async def test_the_edges_of_the_range_pass(olena: PayersTab, amount: str):
    assert await olena.fill_in(amount=amount)


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        ("check", {"form": {"amount": 100}}),
        ("check", {"form": {"to": ["line:1"], "amount": "1"}}),
        ("check", {"form": "x"}),
        ("check", {"form": {"email": "e" * 2001}}),
        ("choose", {"to": 1}),
    ],
)
async def test_what_no_form_of_ours_sends_is_refused(olena: PayersTab, handler: str, arguments: dict[str, Any]):
    await olena.open(TopUpState, "/top-up")
    await olena.run(TopUpState, handler, **arguments)
    assert (await olena.see(TopUpState)).refusal["en"] == Malformed.sentence


@pytest.mark.parametrize(
    "changed",
    [
        {"key": "short"},
        {"key": 5},
        {"wishes": ""},
        {"wishes": "line:1-0"},
        {"wishes": "line:1--5"},
        {"wishes": "line:1-10000_"},
        {"wishes": "line:x-10000"},
        {"card": "x"},
        {"card": None},
        {"shown_for": None},
    ],
)
async def test_what_no_check_page_sends_pays_nothing(world: Database, olena: PayersTab, changed: dict[str, Any]):
    await olena.open(CheckState, await olena.fill_in())
    form = {"shown_for": olena.address, "key": "k" * 32, "wishes": "line:1-10000", "card": ""}
    form |= {"remember": "", "email": ""}
    await olena.run(CheckState, "pay", form=form | changed)
    assert (await olena.see(CheckState)).refusal["en"] == Malformed.sentence
    assert await payments(world) == []


async def test_a_kept_card_pays_at_once_and_a_large_sum_asks_for_a_proof(
    world: Database, olena: PayersTab, bank: Bank, kept_card: str, clock: FixedClock
):
    small = await olena.fill_in(amount="20", card=kept_card)
    assert (await olena.open(CheckState, small)).card.mask == "Visa •••• 1902"
    assert await olena.pay() == f"/payments/{(await payments(world))[0].code}"
    assert (await payments(world))[0].state is PaymentState.CREDITED
    large = await olena.fill_in(amount="20,01", card=kept_card)
    assert await olena.pay(large) == ""
    assert (await olena.see(ProofState)).is_open
    assert len(await payments(world)) == 1
    olena.who = dataclasses.replace(olena.who, actor=dataclasses.replace(olena.who.actor, proved_at=clock.now()))
    assert await olena.pay(large) == f"/payments/{(await payments(world))[1].code}"
    assert bank.calls == ["charge", "charge"]


async def test_what_another_address_was_about_is_not_paid_but_this_one_shown(
    world: Database, olena: PayersTab, bank: Bank
):
    old = await olena.fill_in()
    await olena.open(CheckState, old)
    new = await olena.fill_in(amount="35")
    # The page of the new order is drawn, and its own order has not been read yet.
    olena.go_to(new)
    assert (await olena.see(CheckState)).shown_for == old
    assert await olena.pay() == "CheckState.load"
    assert (await payments(world), bank.calls) == ([], [])
    check = await olena.open(CheckState, new)
    assert (check.shown_for, check.total) == (new, 3500)
    await olena.pay()
    assert [each.amount for each in await payments(world)] == [Money.uah(35)]


async def test_a_form_that_is_done_with_is_not_drawn_again(olena: PayersTab):
    address = await olena.fill_in()
    state = await olena.see(TopUpState)
    assert state.shown_for == "/top-up"
    state._finish(address.split("form=")[1].split("&")[0])
    assert state.shown_for == ""
    assert (await olena.open(TopUpState, "/top-up")).amount == ""
    assert state.shown_for == "/top-up"


async def test_a_strangers_card_pays_nothing(world: Database, stranger: PayersTab, kept_card: str, bank: Bank):
    own = {"to": "other", "number": "0672000001", "card": kept_card}
    assert await stranger.fill_in(**own) == ""
    assert (await stranger.see(TopUpState)).refusal["en"] == NotFound.sentence
    form = {"shown_for": stranger.address, "key": "k" * 32, "wishes": "380672000001-1000", "card": kept_card}
    form |= {"remember": "", "email": ""}
    await stranger.run(CheckState, "pay", form=form)
    assert (await stranger.see(CheckState)).refusal["en"] == NotFound.sentence
    assert (await payments(world), bank.calls) == ([], [])


async def test_a_bank_that_does_not_answer_leads_to_the_reason(world: Database, olena: PayersTab, bank: Bank):
    bank.is_down = True
    sent_to = await olena.pay(await olena.fill_in())
    (payment,) = await payments(world)
    assert sent_to == f"/payments/{payment.code}"
    assert payment.state is PaymentState.FAILED
