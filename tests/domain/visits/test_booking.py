"""From the form to the visit and its SMS: once, by people, never two in one place (A8)."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.db.jobs import Job
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.visits import notices, own
from mykyivstar.domain.visits.errors import (
    NoSuchTime,
    NoVisitsHere,
    TimeTaken,
    VisitCheckAgain,
    VisitNameMissing,
    VisitOpenAlready,
    VisitOver,
    VisitPhoneTakesNoSms,
    VisitPhoneUnfit,
)
from mykyivstar.domain.visits.models import Visit, VisitState
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.visits.conftest import MONDAY_ELEVEN, MONDAY_TEN, PLACES, Centre


async def move(centre: Centre, visit: Visit, starts_at: object = MONDAY_ELEVEN) -> Visit:
    return await own.move(
        centre.database.unit_of_work,
        visit.code,
        starts_at,  # type: ignore[arg-type]
        places=PLACES,
        at=centre.clock.now(),
    )


async def cancel(centre: Centre, visit: Visit) -> Visit:
    async with centre.database.unit_of_work() as session:
        return await own.cancel(session, visit.code, at=centre.clock.now())


async def test_a_visit_is_booked_and_told_with_place_time_and_what_to_bring(centre: Centre) -> None:
    visit = await centre.book(name=" Іван\n Франко ")
    assert (visit.state, visit.name, visit.phone) == (VisitState.BOOKED, "Іван Франко", Msisdn("380671000077"))
    assert (len(visit.number), visit.number[:2], len(visit.code)) == (8, "V-", 16)
    [sms] = await centre.sms()
    assert (sms.to, sms.template) == (visit.phone, "visit_booked")
    assert sms.params == {
        "number": visit.number,
        "at": MONDAY_TEN.isoformat(),
        "place": "Київ, вул. Хрещатик, 1",
        "purpose": "access",
        "visit": visit.code,
    }


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": " \n"}, VisitNameMissing),
        ({"phone": ""}, VisitPhoneUnfit),
        ({"phone": "+48 601 123 456"}, VisitPhoneUnfit),
        ({"phone": "044 490 12 34"}, VisitPhoneTakesNoSms),
        ({"where": "kyiv-02"}, NoVisitsHere),
        ({"where": "nowhere"}, NotFound),
        ({"starts_at": MONDAY_TEN + timedelta(minutes=15)}, NoSuchTime),
        ({"starts_at": MONDAY_TEN + timedelta(hours=3)}, NoSuchTime),
        ({"starts_at": MONDAY_TEN + timedelta(days=2)}, NoSuchTime),
        ({"starts_at": MONDAY_TEN - timedelta(days=3)}, NoSuchTime),
        ({"starts_at": MONDAY_TEN + timedelta(days=14)}, NoSuchTime),
        ({"bait": "https://spam.example"}, VisitCheckAgain),
        ({"answer": "nonsense"}, VisitCheckAgain),
    ],
)
async def test_what_does_not_fit_is_refused_and_nothing_is_sent(
    centre: Centre, wrong: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await centre.book(**wrong)  # type: ignore[arg-type]
    assert (await centre.visits(), await centre.sms()) == ([], [])


async def test_a_double_click_books_once(centre: Centre) -> None:
    answer = centre.puzzle()
    twice = await asyncio.gather(centre.book(answer=answer), centre.book(answer=answer))
    assert twice[0].id == twice[1].id
    assert (await centre.book(answer=answer)).id == twice[0].id
    assert (len(await centre.visits()), len(await centre.sms())) == (1, 1)


async def test_the_last_place_goes_to_one_person(centre: Centre) -> None:
    tries = [centre.book(phone=f"067 100 01 0{n}", visitor=f"v{n}", places=1) for n in range(3)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["TimeTaken", "TimeTaken", "Visit"]
    assert (len(await centre.visits()), len(await centre.sms())) == (1, 1)


async def test_one_open_visit_for_a_number_and_its_sms_once_more(centre: Centre) -> None:
    first = await centre.book()
    with pytest.raises(VisitOpenAlready):
        await centre.book(MONDAY_ELEVEN, phone="+380671000077", visitor="another")
    assert [each.params and each.params["visit"] for each in await centre.sms()] == [first.code, first.code]
    await cancel(centre, first)
    assert (await centre.book(MONDAY_ELEVEN, visitor="third")).id != first.id


async def test_a_visit_of_the_past_leaves_the_number_free(centre: Centre) -> None:
    await centre.book()
    centre.clock.moment += timedelta(days=2)
    assert (await centre.book(MONDAY_TEN + timedelta(days=3))).state is VisitState.BOOKED


async def test_a_number_gets_no_more_than_three_sms_a_day(centre: Centre) -> None:
    for visitor in ("a", "b", "c"):
        await cancel(centre, await centre.book(visitor=visitor))
    with pytest.raises(TooManyTries):
        await centre.book(visitor="d")


async def test_moved_it_frees_its_place_and_is_told(centre: Centre) -> None:
    visit = await centre.book(places=1)
    assert (await move(centre, visit)).starts_at == MONDAY_ELEVEN
    assert (await centre.book(phone="067 100 00 78", places=1)).starts_at == MONDAY_TEN
    assert [each.template for each in await centre.sms()] == ["visit_booked", "visit_moved", "visit_booked"]
    await move(centre, visit)
    assert len(await centre.sms()) == 3, "the same time again changes nothing"
    with pytest.raises(NoSuchTime):
        await move(centre, visit, MONDAY_TEN + timedelta(hours=3))
    for other in ("067 100 00 79", "067 100 00 80"):
        await centre.book(MONDAY_TEN + timedelta(hours=2), phone=other)
    with pytest.raises(TimeTaken):
        await move(centre, visit, MONDAY_TEN + timedelta(hours=2))
    assert (await centre.visits())[0].starts_at == MONDAY_ELEVEN


async def test_a_visit_is_moved_six_times_a_day(centre: Centre) -> None:
    visit = await centre.book()
    for number in range(6):
        await move(centre, visit, MONDAY_TEN if number % 2 else MONDAY_ELEVEN)
    told = len(await centre.sms())
    with pytest.raises(TooManyTries):
        await move(centre, visit)
    assert ((await centre.visits())[0].starts_at, len(await centre.sms())) == (MONDAY_TEN, told)
    centre.clock.moment = MONDAY_TEN - timedelta(hours=2)
    assert (await move(centre, visit)).starts_at == MONDAY_ELEVEN


async def test_after_six_in_the_evening_before_nobody_is_reminded(centre: Centre) -> None:
    async def reminders() -> int:
        async with centre.database.reading() as session:
            return len((await session.exec(select(Job.id).where(Job.kind == notices.REMINDER_JOB))).all())

    centre.clock.moment = MONDAY_TEN - timedelta(hours=16)
    await centre.book()
    assert await reminders() == 0, "it is exactly six"
    centre.clock.moment -= timedelta(seconds=1)
    await centre.book(phone="067 100 00 78")
    assert await reminders() == 1


async def test_cancelled_it_frees_its_place_and_stays_so(centre: Centre) -> None:
    visit = await centre.book(places=1)
    assert (await cancel(centre, visit)).state is VisitState.CANCELLED
    assert (await cancel(centre, visit)).state is VisitState.CANCELLED
    with pytest.raises(VisitOver):
        await move(centre, visit)
    await centre.book(phone="067 100 00 78", places=1)
    with pytest.raises(TimeTaken):
        await centre.book(phone="067 100 00 79", places=1)


async def test_once_it_has_begun_it_is_not_changed_any_more(centre: Centre) -> None:
    visit = await centre.book()
    centre.clock.moment = MONDAY_TEN
    for change in (move, cancel):
        with pytest.raises(VisitOver):
            await change(centre, visit)
    async with centre.database.reading() as session:
        with pytest.raises(NotFound):
            await own.visit_of(session, "guessed")


async def test_the_evening_before_it_is_reminded_of_unless_it_is_another_time(centre: Centre) -> None:
    visit = await centre.book()

    async def remind() -> bool:
        async with centre.database.unit_of_work() as session:
            return await notices.remind(session, visit_id=visit.id or 0, starts_at=MONDAY_TEN, at=centre.clock.now())

    centre.clock.moment += timedelta(hours=8)
    assert await remind()
    last = (await centre.sms())[-1]
    assert last.template == "visit_reminder"
    await move(centre, visit)
    assert not await remind()
