"""The transfer form."""

from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import NotALogin
from mykyivstar.domain.ledger.errors import NotEnoughMoney
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Billing, HoldingRole, LineState
from mykyivstar.domain.payments.errors import UnknownTarget
from mykyivstar.domain.transfers.errors import (
    LineCannotGive,
    OnlyWithinProfile,
    SameNumber,
    TransferOutOfRange,
)
from mykyivstar.guard.action import policy_of
from mykyivstar.guard.caller import NotSignedIn
from mykyivstar.i18n import describe
from mykyivstar.kit.errors import CustomerError, Malformed, NotFound
from mykyivstar.kit.money import Money, NotAnAmount
from mykyivstar.state.transfer.check import TransferCheckState
from mykyivstar.state.transfer.form import TransferState
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab

FORM = {"giver": "line:1", "to": "other", "number": "067 100 00 02", "amount": "15"}


@pytest.fixture
async def olena(world: Database) -> Tab:
    """Olena has line:1 with 500 ₴, a contract line:3, a blocked line:4, pays for line:5, and has internet:1."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        line = await make_line(session)
        await make_line(session, "380671000002")
        contract = await make_line(session, "380671000003", payment=Billing.CONTRACT)
        blocked = await make_line(session, "380671000004", state=LineState.BLOCKED)
        mothers = await make_line(session, "380671000005")
        for place, thing in enumerate((line, contract, blocked, await make_account(session))):
            await hold(session, actor, thing, position=place)
        await hold(session, actor, mothers, role=HoldingRole.PAYER, position=9)
        await put_money(session, line, Money.uah(500))
        await put_money(session, contract, Money.uah(50))
    return Tab(actor, address="/transfer")


async def refused(tab: Tab, field: str = "") -> str:
    state = await tab.see(TransferState)
    shown = state.field_refusals.get(field, {}) if field else state.refusal
    return str(shown.get("en", ""))


def said(refusal: CustomerError) -> str:
    return describe(refusal, "en")


async def test_the_form_shows_own_lines_their_money_and_what_is_left_of_the_month(olena: Tab) -> None:
    await olena.do(TransferState.load)
    state = await olena.see(TransferState)
    assert [(row.key, row.balance, row.is_blocked) for row in state.givers] == [
        ("line:1", 50_000, False),
        ("line:3", 5_000, False),
        ("line:4", 0, True),
    ]
    assert [row.key for row in state.whom] == ["line:3", "line:4", "internet:1", "line:5"]
    assert (state.giver, state.to, state.month_left, state.month_most) == ("line:1", "other", 290_000, 290_000)
    assert (state.ready, state.waiting) == (True, None)


async def test_who_owns_no_line_is_told_so(world: Database) -> None:
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        await hold(session, actor, await make_account(session))
        await hold(session, actor, await make_line(session), role=HoldingRole.VIEWER)
    tab = Tab(actor, address="/transfer")
    await tab.do(TransferState.load)
    state = await tab.see(TransferState)
    assert (state.ready, list(state.givers)) == (True, [])


@pytest.mark.parametrize(
    ("query", "giver", "to", "number", "amount"),
    [
        ("from=line:3&to=internet:1&amount=100", "line:3", "internet:1", "", "100"),
        ("from=380671000003&to=380671000001", "line:3", "line:1", "", ""),
        ("to=0501234567&amount=12,50", "line:1", "other", "0501234567", "12,50"),
        ("from=line:2&to=line:2", "line:1", "other", "line:2", ""),
        ("from=line:1&to=line:1", "line:1", "other", "line:1", ""),
    ],
)
async def test_the_address_fills_the_form_in(
    olena: Tab, query: str, giver: str, to: str, number: str, amount: str
) -> None:
    olena.go_to(f"/transfer?{query}")
    await olena.do(TransferState.load)
    state = await olena.see(TransferState)
    assert (state.giver, state.to, state.number, state.amount) == (giver, to, number, amount)


async def test_all_right_it_goes_on_to_the_check_page(olena: Tab, world: Database) -> None:
    await olena.do(TransferState.load)
    followed = await olena.do(TransferState.check, form=FORM)
    assert followed, "a redirect"
    async with world.reading() as session:
        known = (await balances(session, line_ids=[1, 2])).lines
        assert known[1].money == Money.uah(500)
        assert known[2].money is None


@pytest.mark.parametrize(
    ("changed", "field", "refusal"),
    [
        ({"amount": "0"}, "amount", NotAnAmount()),
        ({"amount": "-5"}, "amount", NotAnAmount()),
        ({"amount": "0.001"}, "amount", NotAnAmount()),
        ({"amount": "1e9"}, "amount", NotAnAmount()),
        ({"amount": "12.345"}, "amount", NotAnAmount()),
        ({"amount": "сто"}, "amount", NotAnAmount()),
        ({"amount": "1,5,5"}, "amount", NotAnAmount()),
        ({"amount": ""}, "amount", NotAnAmount()),
        ({"amount": "0,99"}, "amount", TransferOutOfRange(least=Money.uah(1), most=Money.uah(1_000))),
        ({"amount": "1 234,50"}, "amount", TransferOutOfRange(least=Money.uah(1), most=Money.uah(1_000))),
        ({"amount": "999999999"}, "amount", TransferOutOfRange(least=Money.uah(1), most=Money.uah(1_000))),
        ({"amount": "500,01"}, "amount", NotEnoughMoney(missing=Money(1))),
        ({"number": "067 100 00 01"}, "number", SameNumber()),
        ({"number": "067 199 99 99"}, "number", UnknownTarget(typed="067 199 99 99")),
        ({"number": "050 123 45 67"}, "number", UnknownTarget(typed="050 123 45 67")),
        ({"number": "olena"}, "number", NotALogin()),
        ({"number": ""}, "number", NotALogin()),
        ({"giver": "line:3"}, "number", OnlyWithinProfile()),
        ({"giver": "line:4"}, "giver", LineCannotGive()),
        ({"giver": "line:2"}, "", NotFound()),
        ({"giver": ""}, "", NotFound()),
        ({"giver": "internet:1"}, "", NotFound()),
        ({"to": "line:2"}, "", NotFound()),
        ({"to": "internet:7"}, "", NotFound()),
    ],
)
async def test_a_refusal_stands_beside_its_field_and_nothing_moves(
    olena: Tab, world: Database, changed: dict[str, str], field: str, refusal: CustomerError
) -> None:
    await olena.do(TransferState.load)
    assert await olena.do(TransferState.check, form=FORM | changed) == []
    assert await refused(olena, field) == said(refusal)
    state = await olena.see(TransferState)
    assert state.amount == (FORM | changed)["amount"], "what was typed stays"
    async with world.reading() as session:
        assert (await balances(session, line_ids=[1])).lines[1].money == Money.uah(500)
        assert (await proof(session)).holds


async def test_who_only_pays_for_a_line_cannot_make_it_give(olena: Tab) -> None:
    await olena.do(TransferState.load)
    await olena.do(TransferState.check, form=FORM | {"giver": "line:5"})
    assert "Only the owner" in await refused(olena, "giver")


@pytest.mark.parametrize("form", [{"amount": 15}, {"number": ["067"]}, {"to": None}, [], "form", None])
async def test_what_no_form_of_ours_sends_is_refused(olena: Tab, form: Any) -> None:
    await olena.do(TransferState.load)
    sent = FORM | form if isinstance(form, dict) else form
    assert await olena.do(TransferState.check, form=sent) == []
    assert await refused(olena) == said(Malformed())


async def test_another_line_in_hand_shows_its_own_month(olena: Tab) -> None:
    await olena.do(TransferState.load)
    await olena.do(TransferState.choose_giver, giver="line:3")
    state = await olena.see(TransferState)
    assert [row.key for row in state.whom] == ["line:1", "line:4", "internet:1", "line:5"]
    await olena.do(TransferState.choose_getter, to="line:1")
    await olena.do(TransferState.choose_giver, giver="line:1")
    state = await olena.see(TransferState)
    assert [row.key for row in state.whom] == ["line:1", "line:3", "line:4", "internet:1", "line:5"]
    await olena.do(TransferState.check, form=FORM | {"to": "line:1"})
    assert await refused(olena, "number") == said(SameNumber())
    await olena.do(TransferState.choose_giver, giver="line:99")
    assert (await olena.see(TransferState)).month_left == 0


@pytest.mark.parametrize("handler", ["load", "refresh", "choose_giver", "choose_getter", "check"])
async def test_without_a_session_there_is_nothing_to_see(world: Database, handler: str) -> None:
    assert not policy_of(TransferState.event_handlers[handler].fn).is_public  # type: ignore[union-attr]
    tab = Tab(Actor(1, 1), address="/transfer")
    tab.who = type(tab.who)()
    arguments: dict[str, Any] = {
        "choose_giver": {"giver": "line:1"},
        "choose_getter": {"to": "line:1"},
        "check": {"form": FORM},
    }.get(handler, {})
    with pytest.raises(NotSignedIn):
        await tab.do(TransferState.event_handlers[handler], **arguments)


async def test_every_handler_of_the_check_page_is_for_signed_in_people() -> None:
    for name in ("load", "refresh", "transfer", "enter_code", "send_again", "give_up"):
        policy = policy_of(TransferCheckState.event_handlers[name].fn)
        assert policy is not None
        assert not policy.is_public
