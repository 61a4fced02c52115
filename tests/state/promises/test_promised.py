"""The promised payment page: choosing, checking, taking once, and what strangers and odd browsers get."""

import asyncio
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.queries import balances
from mykyivstar.domain.lines.models import Billing
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.promises.state import PromisedState
from tests.factories.people import hold, make_line, make_person, put_money
from tests.state.conftest import Tab


@pytest.fixture
async def andrii(world: Database) -> Tab:
    """line:1 with 7 hryvnias, line:2 of a contract."""
    async with world.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line, nickname="Mine")
        await hold(session, actor, await make_line(session, "380671000002", payment=Billing.CONTRACT), position=1)
        await put_money(session, line, Money.uah(7))
        stranger = await make_person(session, "stranger")
        await hold(session, stranger, await make_line(session, "380672000001"))
    return Tab(actor, address="/promised-payment")


async def money_of(world: Database, line_id: int = 1) -> Money:
    async with world.reading() as session:
        return (await balances(session, line_ids=[line_id])).lines[line_id].money or Money.ZERO


async def shown(tab: Tab) -> PromisedState:
    return await tab.see(PromisedState)


async def form_of(tab: Tab, **other: str) -> dict[str, str]:
    return {"key": (await shown(tab)).form_key, "to": "line:1", "sum": "5000"} | other


async def test_what_is_possible_is_shown_with_its_price_and_what_is_not_with_its_reason(andrii: Tab):
    await andrii.do(PromisedState.load)
    state = await shown(andrii)
    assert state.chosen is not None
    assert (state.chosen.key, state.chosen.sums, state.chosen.price) == ("line:1", [5000, 10000], 500)
    assert state.chosen.last_day == "2026-11-27"
    assert state.offers[1].sums == []
    assert "invoice" in state.offers[1].refusal["en"]
    await andrii.do(PromisedState.choose, to="line:2")
    assert (await shown(andrii)).chosen == state.offers[1]


async def test_it_is_checked_taken_and_known_on_the_home_screen(world: Database, andrii: Tab):
    await andrii.do(PromisedState.load)
    await andrii.do(PromisedState.check, form={"to": "line:1", "sum": "5000"})
    assert ((await shown(andrii)).step, (await shown(andrii)).amount) == ("check", 5000)
    await andrii.do(PromisedState.take, form=await form_of(andrii))
    state = await shown(andrii)
    assert (state.step, bool(state.taken_code)) == ("done", True)
    assert await money_of(world) == Money.uah(57)
    assert [(row.owed, row.is_open) for row in state.past] == [(5500, True)]
    await andrii.do(HomeState.load)
    assert [row.owed for row in (await andrii.see(HomeState)).promises] == [5500]
    await andrii.do(PromisedState.another)
    assert "55" in (await shown(andrii)).offers[0].refusal["en"]


async def test_a_double_click_takes_once(world: Database, andrii: Tab):
    await andrii.do(PromisedState.load)
    form = await form_of(andrii)
    await asyncio.gather(*(andrii.do(PromisedState.take, form=dict(form)) for _ in range(4)))
    assert await money_of(world) == Money.uah(57)
    assert (await shown(andrii)).refusal == {}


async def test_two_tabs_take_once_and_the_second_says_why(world: Database, andrii: Tab):
    other = Tab(andrii.who.actor, address="/promised-payment")  # type: ignore[arg-type]
    for tab in (andrii, other):
        await tab.do(PromisedState.load)
        await tab.do(PromisedState.take, form=await form_of(tab))
    assert await money_of(world) == Money.uah(57)
    assert "still open" in (await shown(other)).refusal["en"]


async def test_a_tab_that_was_forgotten_takes_what_its_page_shows(world: Database, andrii: Tab):
    await andrii.do(PromisedState.load)
    form = await form_of(andrii)
    forgetful = Tab(andrii.who.actor, address="/promised-payment")  # type: ignore[arg-type]
    await forgetful.do(PromisedState.take, form=form)
    assert await money_of(world) == Money.uah(57)


@pytest.mark.parametrize("to", ["line:3", "line:999", "internet:1", "line:0", "line:1 ", "nobody", ""])
async def test_nobody_elses_number_gets_anything(world: Database, andrii: Tab, to: str):
    await andrii.do(PromisedState.load)
    await andrii.do(PromisedState.check, form={"to": to, "sum": "5000"})
    assert (await shown(andrii)).step == "form"
    await andrii.do(PromisedState.take, form=await form_of(andrii, to=to))
    assert "could not find" in (await shown(andrii)).refusal["en"]
    assert await money_of(world, 3) == Money.ZERO


@pytest.mark.parametrize("amount", ["", "0", "-5000", "5001", "1e4", "50.00", "99999999999999999999", "пʼять", "١٠٠٠٠"])
async def test_a_sum_that_is_not_on_offer_is_refused(world: Database, andrii: Tab, amount: str):
    await andrii.do(PromisedState.load)
    await andrii.do(PromisedState.check, form={"to": "line:1", "sum": amount})
    await andrii.do(PromisedState.take, form=await form_of(andrii, sum=amount))
    assert (await shown(andrii)).field_refusals["amount"]["en"] == "Choose one of the sums on offer."
    assert await money_of(world) == Money.uah(7)


@pytest.mark.parametrize("key", ["", "short", "x" * 41, "with space in the middle", "a;b" * 8])
async def test_a_form_without_its_own_key_is_no_form_of_ours(world: Database, andrii: Tab, key: str):
    await andrii.do(PromisedState.load)
    await andrii.do(PromisedState.take, form=await form_of(andrii, key=key))
    assert (await shown(andrii)).refusal["en"] == Malformed.sentence
    assert await money_of(world) == Money.uah(7)


@pytest.mark.parametrize("form", [{}, {"key": 1, "to": "line:1", "sum": "5000"}, {"key": None}, []])
async def test_wrong_types_never_arrive(world: Database, andrii: Tab, form: Any):
    await andrii.do(PromisedState.load)
    await andrii.do(PromisedState.take, form=form)
    await andrii.do(PromisedState.choose, to=["line:1"])
    assert (await shown(andrii)).refusal["en"] == Malformed.sentence
    assert await money_of(world) == Money.uah(7)


async def test_the_address_may_say_for_whom(andrii: Tab):
    andrii.go_to("/promised-payment?to=line:2")
    await andrii.do(PromisedState.load)
    assert (await shown(andrii)).to == "line:2"
    andrii.go_to("/promised-payment?to=line:3")
    await andrii.do(PromisedState.load)
    assert (await shown(andrii)).to == "line:2"


async def test_someone_without_numbers_is_offered_nothing(world: Database, clock: FixedClock):
    async with world.unit_of_work() as session:
        tab = Tab(await make_person(session, "nobody"), address="/promised-payment")
    await tab.do(PromisedState.load)
    assert ((await shown(tab)).ready, (await shown(tab)).offers, (await shown(tab)).chosen) == (True, [], None)


def test_every_handler_is_for_the_signed_in():
    for state in (PromisedState, HomeState):
        for name, handler in state.event_handlers.items():
            if handler.fn.__module__.startswith("mykyivstar.state.") and not name.startswith("set"):
                assert (policy := policy_of(handler.fn)) is not None, name
                assert not policy.is_public, name
