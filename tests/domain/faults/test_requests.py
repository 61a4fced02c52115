"""Requests for a repair: asked once, followed, rated; nothing for strangers."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar.domain.faults import requests, visits
from mykyivstar.domain.faults.errors import (
    ContactNotYours,
    NothingToRate,
    OnlyTheOwner,
    RatingMissing,
    RequestIsOpen,
    RequestOver,
    TooManyRequests,
    WordsTooLong,
)
from mykyivstar.domain.faults.models import RequestState
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.faults.conftest import MONDAY_NOON, TERMS, Home
from tests.factories.people import hold, make_line, make_person


async def test_a_request_is_taken_told_and_shown(home: Home):
    request = await home.ask()
    assert (request.state, request.words) == (RequestState.OPEN, "Не світиться лампочка")
    assert await home.told() == ["fault_taken"]
    async with home.database.reading() as session:
        [view] = await requests.own(session, home.actor, home.id)
    assert (view.request.code, view.slot) == (request.code, None)
    assert [step.kind.value for step in view.steps] == ["asked"]


async def test_the_same_form_asks_once_and_another_one_is_told_of_the_first(home: Home):
    first = await home.ask()
    assert (await home.ask()).code == first.code
    with pytest.raises(RequestIsOpen) as refused:
        await home.ask("form-2")
    assert refused.value.params == {"number": first.code}
    assert await home.told() == ["fault_taken"]


async def test_two_tabs_at_once_make_one_request(home: Home):
    done = await asyncio.gather(home.ask("form-1"), home.ask("form-2"), home.ask("form-1"), return_exceptions=True)
    codes = {each.code for each in done if not isinstance(each, BaseException)}
    assert len(codes) == 1
    assert all(isinstance(each, RequestIsOpen) for each in done if isinstance(each, BaseException))


async def test_after_the_end_another_one_is_possible_up_to_a_limit_a_day(home: Home):
    for number in range(TERMS.requests_a_day):
        request = await home.ask(f"form-{number}")
        await home.cancel(request.code)
    with pytest.raises(TooManyRequests):
        await home.ask("one too many")
    home.clock.moment += timedelta(days=1, seconds=1)
    assert (await home.ask("next day")).state is RequestState.OPEN


async def test_strangers_payers_and_viewers_ask_for_nothing(home: Home):
    async with home.database.unit_of_work() as session:
        stranger, payer = await make_person(session, "stranger"), await make_person(session, "payer")
        await hold(session, payer, home.account, role=HoldingRole.PAYER)
    with pytest.raises(NotFound):
        await home.ask(actor=stranger)
    with pytest.raises(OnlyTheOwner):
        await home.ask(actor=payer)
    code = (await home.ask()).code
    async with home.database.reading() as session:
        assert await requests.own(session, payer, home.id) == []
        with pytest.raises(NotFound):
            await requests.own(session, stranger, home.id)
    for nobody in (stranger, payer):
        with pytest.raises(NotFound):
            await home.book(code, actor=nobody)
        async with home.database.unit_of_work() as session:
            with pytest.raises(NotFound):
                await requests.rate(session, nobody, code, stars=1, at=home.clock.now())
            with pytest.raises(NotFound):
                await visits.cancel(session, nobody, code, terms=TERMS, at=home.clock.now())


async def test_sms_go_to_own_phones_only(home: Home):
    async with home.database.unit_of_work() as session:
        await make_line(session, "380672000001")
    with pytest.raises(ContactNotYours):
        await home.ask(contact_phone=Msisdn("380672000001"))
    assert await home.told() == []


async def test_a_novel_is_refused(home: Home):
    with pytest.raises(WordsTooLong):
        await home.ask(words="x" * 1001)


async def test_done_is_rated_once_from_one_to_five(home: Home):
    code = (await home.ask()).code
    async with home.database.unit_of_work() as session:
        with pytest.raises(NothingToRate):
            await requests.rate(session, home.actor, code, stars=5, at=home.clock.now())
    await home.book(code)
    async with home.database.unit_of_work() as session:
        await visits.confirm(session, code, at=home.clock.now())
    home.clock.moment = MONDAY_NOON + timedelta(hours=2)
    async with home.database.unit_of_work() as session:
        await visits.finish(session, code.lower(), words="Замінено кабель", at=home.clock.now())
    for stars in (0, 6, -1):
        async with home.database.unit_of_work() as session:
            with pytest.raises(RatingMissing):
                await requests.rate(session, home.actor, code, stars=stars, at=home.clock.now())
    async with home.database.unit_of_work() as session:
        rated = await requests.rate(session, home.actor, code, stars=4, words=" Швидко ", at=home.clock.now())
    assert (rated.rating, rated.rating_words) == (4, "Швидко")
    async with home.database.unit_of_work() as session:
        with pytest.raises(NothingToRate):
            await requests.rate(session, home.actor, code, stars=1, at=home.clock.now())
    assert await home.history(code) == ["asked", "booked", "confirmed", "done", "rated"]
    assert await home.told() == ["fault_taken", "fault_booked", "fault_confirmed", "fault_done"]
    for step in (home.book(code), home.cancel(code)):
        with pytest.raises(RequestOver):
            await step
