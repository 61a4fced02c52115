"""The universal account: the total, and one top-up split three ways."""

from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.payments.errors import AmountOutOfRange, NothingToSplit
from mykyivstar.domain.payments.models import PaymentShare
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money, NotAnAmount
from mykyivstar.state.payments.check import CheckState
from mykyivstar.state.payments.wallet import WalletState
from tests.state.payments.conftest import PayersTab, payments

ALL = {"in-line:1": "on", "in-line:2": "on", "in-internet:1": "on"}


async def gets(tab: PayersTab) -> list[int | None]:
    return [row.gets for row in (await tab.see(WalletState)).rows]


async def test_the_total_is_of_what_is_known(olena: PayersTab):
    state = await olena.open(WalletState, "/wallet")
    assert (state.total, state.unknown) == (4501, 1)
    assert [(row.whom.key, row.takes_part) for row in state.rows] == [
        ("line:1", True),
        ("line:2", True),
        ("internet:1", True),
    ]
    assert (state.way, state.to_pay) == ("equally", None)


async def test_equal_shares_show_the_kopiykas_that_do_not_divide(olena: PayersTab):
    state = await olena.open(WalletState, "/wallet")
    await olena.run(WalletState, "type_amount", amount="100,01")
    assert (await gets(olena), state.rest, state.to_pay) == ([3334, 3334, 3333], 2, 10001)
    await olena.run(WalletState, "take_part", key="internet:1", is_in=False)
    assert (await gets(olena), state.rest) == ([5001, 5000, 0], 1)


async def test_somebody_who_is_still_typing_is_not_scolded(olena: PayersTab):
    state = await olena.open(WalletState, "/wallet")
    await olena.run(WalletState, "type_amount", amount="1,")
    assert (state.to_pay, dict(state.field_refusals), dict(state.refusal)) == (None, {}, {})


async def test_every_balance_is_brought_to_one_level_and_the_unknown_is_left_alone(olena: PayersTab):
    state = await olena.open(WalletState, "/wallet")
    await olena.run(WalletState, "choose_way", way="bring_to")
    await olena.run(WalletState, "type_amount", amount="40,01")
    assert (await gets(olena), state.to_pay) == ([3501, 0, 0], 3501)
    address = await olena.run(WalletState, "check", form=ALL | {"way": "bring_to", "amount": "40,01"})
    assert "for=line:1-3501" in address


async def test_what_was_typed_by_hand_is_paid_by_one_payment(world: Database, olena: PayersTab):
    await olena.open(WalletState, "/wallet")
    typed = {"way": "by_hand", "gets-line:1": "10", "gets-line:2": "20,50", "gets-internet:1": ""}
    address = await olena.run(WalletState, "check", form=ALL | typed)
    check = await olena.open(CheckState, address)
    assert [(row.number, row.amount, row.after) for row in check.rows] == [
        ("380671000001", 1000, 1500),
        ("380671000002", 2050, 6051),
    ]
    await olena.pay()
    await olena.pay(address)
    (payment,) = await payments(world)
    assert payment.amount == Money.uah(30, 50)
    async with world.reading() as session:
        assert [share.amount for share in await session.exec(select(PaymentShare))] == [
            Money.uah(10),
            Money.uah(20, 50),
        ]


async def test_the_form_alone_says_everything(olena: PayersTab):
    """The server was restarted between the last key and "Next"."""
    # With all that browsers add to a form.
    form = {"in-line:2": "on", "way": "equally", "amount": "7", "remember": False, "email": None, "way_by_hand": "x"}
    assert "for=line:2-700" in await olena.run(WalletState, "check", form=form)


async def test_the_address_fills_it_in(olena: PayersTab):
    state = await olena.open(WalletState, "/wallet?for=line:1-1050_internet:1-700")
    assert (state.way, state.to_pay) == ("by_hand", 1750)
    assert [(row.takes_part, row.typed) for row in state.rows] == [(True, "10,50"), (False, ""), (True, "7")]


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"way": "equally", "amount": "zero"}, "amount", NotAnAmount.sentence),
        ({"way": "equally", "amount": "5000,01"}, "amount", AmountOutOfRange.sentence),
        ({"way": "bring_to", "amount": "-1"}, "amount", NotAnAmount.sentence),
        ({"way": "by_hand", "gets-line:1": "1", "gets-line:2": "0.001"}, "gets-line:2", NotAnAmount.sentence),
        ({"way": "by_hand", "gets-line:1": "0,5"}, "", AmountOutOfRange.sentence),
        ({"way": "by_hand"}, "", NothingToSplit.sentence),
        ({"way": "bring_to", "amount": "1"}, "", NothingToSplit.sentence),
    ],
)
async def test_what_is_wrong_is_said_where_it_is_mended(
    olena: PayersTab, form: dict[str, str], field: str, sentence: str
):
    await olena.open(WalletState, "/wallet")
    assert await olena.run(WalletState, "check", form=ALL | form) == ""
    state = await olena.see(WalletState)
    texts = state.field_refusals[field] if field else state.refusal
    assert texts["en"].split("{")[0].startswith(sentence.split("{", maxsplit=1)[0])
    assert list(state.field_refusals) == ([field] if field else [])


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        ("check", {"form": {"way": "by_magic"}}),
        ("check", {"form": {"amount": 5}}),
        ("check", {"form": {f"in-line:{number}": "on" for number in range(301)}}),
        ("choose_way", {"way": "by_magic"}),
        ("take_part", {"key": "line:1", "is_in": "false"}),
        ("type_share", {"key": 1, "amount": "1"}),
    ],
)
async def test_what_no_page_of_ours_sends_is_refused(olena: PayersTab, handler: str, arguments: dict[str, Any]):
    await olena.open(WalletState, "/wallet")
    await olena.run(WalletState, handler, **arguments)
    assert (await olena.see(WalletState)).refusal["en"] == Malformed.sentence


async def test_a_strangers_line_takes_no_part(olena: PayersTab):
    await olena.open(WalletState, "/wallet")
    form = {"in-line:1": "on", "in-line:3": "on", "way": "equally", "amount": "10"}
    assert "for=line:1-1000" in await olena.run(WalletState, "check", form=form)
