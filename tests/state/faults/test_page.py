"""The page of faults: the check, the request, its visit; and what strangers and odd browsers get."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select, update

from mykyivstar.db.database import Database
from mykyivstar.domain.faults.models import FaultRequest, OutageWatch
from mykyivstar.domain.faults.visits import finish
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.state.faults.check import FaultState
from mykyivstar.state.faults.repairs import RepairsState
from tests.domain.faults.conftest import ADDRESS, make_outage, make_tariff
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.tab import Tab, tab_of

PHONE = "380671000001"


@pytest.fixture
async def olena(world: Database) -> Tab:
    """internet:1 at an address in Kyiv with 100 hryvnias; internet:2 is a stranger's."""
    tariff_id = await make_tariff(world, fee=Money.uah(300))
    async with world.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session, PHONE)
        account = await make_account(session, address=ADDRESS, tariff_id=tariff_id)
        await hold(session, actor, line)
        await hold(session, actor, account, position=1)
        await put_money(session, account, Money.uah(100))
        stranger = await make_person(session, "stranger")
        await hold(session, stranger, await make_account(session, "0009000001", address=ADDRESS))
    return tab_of(actor)


async def check(tab: Tab) -> FaultState:
    return await tab.state(FaultState)


async def repairs(tab: Tab) -> RepairsState:
    return await tab.state(RepairsState)


async def opened(tab: Tab) -> FaultState:
    await tab.do(FaultState, "load")
    await tab.do(RepairsState, "load")
    return await check(tab)


async def form_of(tab: Tab, **other: str) -> dict[str, str]:
    key = (await check(tab)).form_key
    return {"key": key, "account": "internet:1", "symptom": "slow", "words": "Ввечері", "contact": PHONE} | other


async def asked(tab: Tab) -> str:
    """A request of the page; its code."""
    await opened(tab)
    await tab.do(FaultState, "ask_at_once")
    await tab.do(FaultState, "ask", form=await form_of(tab))
    return (await repairs(tab)).requests[0].code


async def test_the_check_goes_step_by_step_to_the_request_and_its_visit(olena: Tab):
    state = await opened(olena)
    assert (state.verdict, state.is_owner, state.here, state.phones) == ("equipment", True, [], [PHONE])
    await olena.do(FaultState, "begin_steps")
    seen = []
    for _ in range(4):
        seen.append(state.step)
        await olena.do(FaultState, "next_step")
    assert seen == ["power", "cable", "restart", "direct"]
    assert state.stage == "form"
    await olena.do(FaultState, "ask", form=await form_of(olena))
    assert state.stage == "result"
    shown = await repairs(olena)
    [request] = shown.requests
    assert (request.state, request.symptom, request.can_change) == ("open", "slow", True)
    assert shown.choosing == request.code
    assert len(shown.days) == 6
    first = shown.days[0].windows[0]
    await olena.do(RepairsState, "book", form={"code": request.code, "visit": first.starts_at})
    [request] = shown.requests
    assert (request.state, shown.choosing) == ("booked", "")
    assert datetime.fromisoformat(request.visit_from) == datetime.fromisoformat(first.starts_at)
    assert [step.kind for step in request.steps] == ["asked", "booked"]


async def test_what_was_tried_is_written_down(world: Database, olena: Tab):
    await opened(olena)
    await olena.do(FaultState, "begin_steps")
    for _ in range(4):
        await olena.do(FaultState, "next_step")
    await olena.do(FaultState, "ask", form=await form_of(olena))
    async with world.reading() as session:
        assert (await session.exec(select(FaultRequest))).one().tried == ["power", "cable", "restart", "direct"]


async def test_a_step_that_helped_ends_the_check_and_back_goes_back(olena: Tab):
    state = await opened(olena)
    await olena.do(FaultState, "begin_steps")
    await olena.do(FaultState, "next_step")
    await olena.do(FaultState, "step_back")
    assert (state.stage, state.step) == ("steps", "power")
    await olena.do(FaultState, "it_works")
    assert state.stage == "works"
    await olena.do(FaultState, "start_again")
    assert state.stage == "result"


async def test_debt_and_suspension_explain_themselves(world: Database, olena: Tab, clock: FixedClock):
    async with world.unit_of_work() as session:
        await session.exec(
            update(InternetAccount)
            .where(col(InternetAccount.id) == 1)
            .values(state=InternetState.OFF_FOR_DEBT, disconnect_threshold=Money.uah(150))
        )
    state = await opened(olena)
    assert state.verdict == "debt"
    assert state.missing is not None
    assert state.missing >= 5000
    until = clock.now() + timedelta(days=5)
    async with world.unit_of_work() as session:
        await session.exec(update(InternetAccount).values(state=InternetState.SUSPENDED, suspended_until=until))
    clock.moment += timedelta(seconds=5)
    await olena.do(FaultState, "refresh")
    assert (state.verdict, state.suspended_until) == ("suspended", until.isoformat())


async def test_an_outage_is_shown_and_watched(world: Database, olena: Tab, clock: FixedClock):
    now = clock.now()
    outage = await make_outage(world, starts_at=now - timedelta(hours=1), expected_at=now + timedelta(hours=1))
    await make_outage(world, code="B", starts_at=now, places=[("Київ", "вул. Садова", "1-9")])
    state = await opened(olena)
    assert (state.verdict, [event.id for event in state.here]) == ("outage", [outage])
    assert [event.places for event in state.nearby] == ["вул. Садова, 1-9"]
    await olena.do(FaultState, "watch", outage=outage)
    assert [event.is_watched for event in state.here] == [True]
    async with world.reading() as session:
        assert len((await session.exec(select(OutageWatch))).all()) == 1
    await olena.do(FaultState, "watch", outage=outage + 1)
    assert "over already" in state.refusal["en"]


async def test_a_double_click_asks_once_and_another_form_is_told(world: Database, olena: Tab):
    code = await asked(olena)
    await olena.do(FaultState, "ask_at_once")
    await olena.do(FaultState, "ask", form=await form_of(olena))
    assert code in (await check(olena)).refusal["en"]
    async with world.reading() as session:
        assert len((await session.exec(select(FaultRequest))).all()) == 1


@pytest.mark.parametrize("account", ["internet:2", "internet:99", "line:1", "nobody", ""])
async def test_nobody_asks_for_a_strangers_home(world: Database, olena: Tab, account: str):
    await opened(olena)
    await olena.do(FaultState, "ask_at_once")
    await olena.do(FaultState, "ask", form=await form_of(olena, account=account))
    assert "could not find" in (await check(olena)).refusal["en"]
    async with world.reading() as session:
        assert (await session.exec(select(FaultRequest))).all() == []


@pytest.mark.parametrize("wrong", [{"symptom": "hunger"}, {"symptom": ""}, {"key": "short"}, {"key": ""}])
async def test_what_no_form_sends_is_refused(olena: Tab, wrong: dict[str, str]):
    await opened(olena)
    await olena.do(FaultState, "ask_at_once")
    await olena.do(FaultState, "ask", form=await form_of(olena, **wrong))
    assert "could not be understood" in (await check(olena)).refusal["en"]


async def test_a_phone_of_somebody_else_is_refused_beside_its_field(olena: Tab):
    await opened(olena)
    await olena.do(FaultState, "ask_at_once")
    await olena.do(FaultState, "ask", form=await form_of(olena, contact="380672000001"))
    assert "own phones" in (await check(olena)).field_refusals["contact"]["en"]


async def test_strangers_move_cancel_and_rate_nothing(world: Database, olena: Tab):
    code = await asked(olena)
    visit = (await repairs(olena)).days[0].windows[0].starts_at
    await olena.do(RepairsState, "book", form={"code": code, "visit": visit})
    async with world.unit_of_work() as session:
        payer = await make_person(session, "payer")
        account = await session.get_one(InternetAccount, 1)
        await hold(session, payer, account, role=HoldingRole.PAYER)
        other = await make_person(session, "other")
        await hold(session, other, await make_account(session, "0009000002", address=ADDRESS))
    for who in (payer, other):
        tab = tab_of(who)
        await opened(tab)
        state = await repairs(tab)
        assert state.requests == []
        later = "2026-11-24T12:00:00+02:00"
        await tab.do(RepairsState, "choose_time", code=code)
        assert state.choosing == ""
        await tab.do(RepairsState, "book", form={"code": code, "visit": later})
        assert "could not find" in state.refusal["en"]
        await tab.do(RepairsState, "ask_to_cancel", code=code)
        await tab.do(RepairsState, "cancel")
        assert "could not find" in state.refusal["en"]
        await tab.do(RepairsState, "rate", form={"code": code, "stars": "1"})
        assert "could not find" in state.refusal["en"]
    assert (await check(tab_of(payer))).is_owner is False
    await olena.do(RepairsState, "refresh")
    assert (await repairs(olena)).requests[0].state == "booked"


@pytest.mark.parametrize("visit", ["", "tomorrow", "2026-11-23T12:00:00", "2026-11-23T12:01:00+02:00", "9" * 400])
async def test_times_that_are_none_are_refused_beside_the_times(olena: Tab, visit: str):
    code = await asked(olena)
    await olena.do(RepairsState, "book", form={"code": code, "visit": visit})
    state = await repairs(olena)
    assert "Choose another one" in state.field_refusals["visit"]["en"]
    assert (state.choosing, state.requests[0].state) == (code, "open")


async def test_closing_the_times_leaves_the_visit_as_it_is(olena: Tab):
    code = await asked(olena)
    state = await repairs(olena)
    await olena.do(RepairsState, "book", form={"code": code, "visit": state.days[0].windows[0].starts_at})
    booked = state.requests[0].visit_from
    await olena.do(RepairsState, "choose_time", code=code)
    await olena.do(RepairsState, "book", form={"code": code, "visit": "tomorrow"})
    assert (state.choosing, bool(state.field_refusals)) == (code, True)
    for _ in range(2):
        await olena.do(RepairsState, "close_times")
        assert (state.choosing, state.field_refusals, state.refusal) == ("", {}, {})
    await olena.do(RepairsState, "refresh")
    # Closed stays closed when something changes meanwhile.
    assert (state.choosing, state.requests[0].state, state.requests[0].visit_from) == ("", "booked", booked)


async def test_closing_wants_a_session_and_nothing_else(olena: Tab):
    policy = policy_of(RepairsState.event_handlers["close_times"].fn)
    assert policy is not None
    assert (policy.is_public, policy.staff) == (False, None)
    code = await asked(olena)
    await olena.do(RepairsState, "close_times", code="internet:2")
    state = await repairs(olena)
    assert (state.choosing, bool(state.refusal)) == (code, True)


async def test_it_is_cancelled_after_one_more_yes(olena: Tab):
    code = await asked(olena)
    await olena.do(RepairsState, "ask_to_cancel", code=code)
    state = await repairs(olena)
    await olena.do(RepairsState, "keep")
    assert (state.cancelling, state.requests[0].state) == ("", "open")
    await olena.do(RepairsState, "ask_to_cancel", code=code)
    await olena.do(RepairsState, "cancel")
    assert (state.requests[0].state, state.requests[0].can_change) == ("cancelled", False)


@pytest.mark.parametrize("stars", ["", "0", "6", "5.0", "five", "٥"])
async def test_a_rating_is_one_of_five(world: Database, olena: Tab, clock: FixedClock, stars: str):
    code = await asked(olena)
    async with world.unit_of_work() as session:
        await finish(session, code, words="Замінено кабель", at=clock.now())
    await olena.do(RepairsState, "refresh")
    state = await repairs(olena)
    assert (state.requests[0].can_rate, state.requests[0].steps[-1].note) == (True, "Замінено кабель")
    await olena.do(RepairsState, "rate", form={"code": code, "stars": stars, "words": ""})
    assert "from 1 to 5" in state.field_refusals["stars"]["en"]
    await olena.do(RepairsState, "rate", form={"code": code, "stars": "4", "words": "Швидко"})
    assert (state.requests[0].rating, state.requests[0].can_rate) == (4, False)


async def test_who_has_no_home_internet_sees_how_to_add_it(world: Database):
    async with world.unit_of_work() as session:
        actor = await make_person(session, "andrii")
        await hold(session, actor, await make_line(session, "380682000001"))
    state = await opened(tab_of(actor))
    assert (state.ready, state.key) == (True, "")
