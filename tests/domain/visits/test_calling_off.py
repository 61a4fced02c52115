"""A centre that closes calls its visits off and tells whoever booked; a slip that is put right tells nobody (A8)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select, update

from mykyivstar.db.jobs import Job
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.domain.notices import choosing
from mykyivstar.domain.notices.models import AppNotice
from mykyivstar.domain.notices.topics import NoticeTopic, NoticeWay
from mykyivstar.domain.stores import keeping
from mykyivstar.domain.stores.different_days import different_day
from mykyivstar.domain.stores.looking_again import LOOK_AGAIN_JOB, PUT_RIGHT_WITHIN
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits import booking, notices
from mykyivstar.domain.visits.calling_off import call_off
from mykyivstar.domain.visits.errors import NoSuchTime, NoVisitsHere
from mykyivstar.domain.visits.models import VisitState
from mykyivstar.domain.visits.own import move
from mykyivstar.domain.visits.times import free_days
from mykyivstar.kit.clock import KYIV, kyiv_date
from tests.domain.imports.conftest import Office
from tests.domain.visits.conftest import MONDAY_ELEVEN, MONDAY_TEN, PLACES, Centre
from tests.factories.people import hold, make_line

TUESDAY_TEN = MONDAY_TEN + timedelta(days=1)
OTHER = "067 100 00 78"


async def jobs(centre: Centre) -> list[Job]:
    async with centre.database.reading() as session:
        return list(await session.exec(select(Job).where(Job.kind == LOOK_AGAIN_JOB).order_by(col(Job.id))))


async def looked_again(centre: Centre) -> int:
    """What the jobs do that a change has left, each at its time."""
    done = 0
    for job in await jobs(centre):
        async with centre.database.unit_of_work() as session:
            done += await call_off(session, job.payload["store_id"], at=job.run_at)
    return done


async def close(centre: Centre) -> None:
    async with centre.database.unit_of_work() as session:
        await keeping.close(session, centre.marta, "kyiv-centre", at=centre.clock.now())


async def templates(centre: Centre) -> list[str]:
    return [each.template for each in await centre.sms()]


async def test_closed_for_good_it_calls_off_what_is_to_come_and_tells_each(centre: Centre) -> None:
    await centre.book()
    await centre.book(TUESDAY_TEN, phone=OTHER)
    await close(centre)
    [job] = await jobs(centre)
    assert job.run_at == centre.clock.now() + PUT_RIGHT_WITHIN
    assert await looked_again(centre) == 2
    assert [(each.state, each.open_phone) for each in await centre.visits()] == [(VisitState.CANCELLED, None)] * 2
    assert (await templates(centre))[2:] == ["visit_called_off"] * 2
    said, visit = (await centre.sms())[2], (await centre.visits())[0]
    assert (said.to, said.params["number"], said.params["visit"]) == (visit.phone, visit.number, visit.code)
    assert await looked_again(centre) == 0, "once"
    assert len(await centre.sms()) == 4


async def test_opened_again_within_ten_minutes_it_tells_nobody(centre: Centre) -> None:
    await centre.book()
    await close(centre)
    async with centre.database.unit_of_work() as session:
        await keeping.open_again(session, centre.marta, "kyiv-centre", at=centre.clock.now() + timedelta(minutes=9))
    assert (len(await jobs(centre)), await looked_again(centre)) == (2, 0)
    assert [each.state for each in await centre.visits()] == [VisitState.BOOKED]


async def test_a_day_that_is_closed_calls_off_that_day_alone_and_its_place_comes_back(centre: Centre) -> None:
    await centre.book(places=1)
    await centre.book(TUESDAY_TEN, phone=OTHER)
    one = different_day(kyiv_date(MONDAY_TEN), "", "no power", today=kyiv_date(centre.clock.now()))
    async with centre.database.unit_of_work() as session:
        await keeping.set_day(session, centre.marta, "kyiv-centre", one, at=centre.clock.now())
    assert await looked_again(centre) == 1
    assert [each.state for each in await centre.visits()] == [VisitState.CANCELLED, VisitState.BOOKED]
    async with centre.database.unit_of_work() as session:
        await keeping.remove_day(session, centre.marta, "kyiv-centre", one.day, at=centre.clock.now())
    # The number may book anew, and the half-hour has its place again.
    await centre.book(places=1)


async def test_what_changes_nothing_of_hours_asks_nobody_to_look_again(centre: Centre) -> None:
    async with centre.database.unit_of_work() as session:
        texts = {"phone": "466", "note_uk": "Генератор"}
        await keeping.change(session, centre.marta, "kyiv-centre", texts=texts, known_version=1, at=centre.clock.now())
    assert await jobs(centre) == []


@pytest.mark.parametrize(
    ("changes", "off"),
    [
        ({"closed_at": MONDAY_ELEVEN}, [False, True]),
        ({"closed_at": TUESDAY_TEN + timedelta(minutes=1)}, [False, False]),
        ({"services": ["connect"]}, [True, True]),
        ({"opening_hours": "Tu-Fr 10:00-18:00"}, [True, False]),
        # Nobody knows: nobody is sent away.
        ({"opening_hours": ""}, [False, False]),
    ],
)
async def test_only_what_cannot_be_kept_is_called_off(
    centre: Centre, changes: dict[str, object], off: list[bool]
) -> None:
    await centre.book()
    await centre.book(TUESDAY_TEN, phone=OTHER)
    async with centre.database.unit_of_work() as session:
        await session.exec(update(Store).where(col(Store.code) == "kyiv-centre").values(**changes))
        store = await booking.store_of(session, "kyiv-centre")
        assert await call_off(session, store.id or 0, at=centre.clock.now()) == sum(off)
    assert [each.state is VisitState.CANCELLED for each in await centre.visits()] == off


async def test_what_has_begun_is_left_as_it_was(centre: Centre) -> None:
    await centre.book()
    await close(centre)
    centre.clock.moment = MONDAY_TEN
    async with centre.database.unit_of_work() as session:
        store = await booking.store_of(session, "kyiv-centre")
        assert await call_off(session, store.id or 0, at=MONDAY_TEN) == 0
        assert await call_off(session, 999, at=MONDAY_TEN) == 0
    assert await templates(centre) == ["visit_booked"]


async def test_nothing_is_booked_or_moved_past_the_day_that_a_file_closes_it(centre: Centre) -> None:
    visit = await centre.book()
    async with centre.database.unit_of_work() as session:
        await session.exec(update(Store).where(col(Store.code) == "kyiv-centre").values(closed_at=MONDAY_ELEVEN))
    with pytest.raises(NoSuchTime):
        await centre.book(TUESDAY_TEN, phone=OTHER)
    with pytest.raises(NoSuchTime):
        await move(centre.database.unit_of_work, visit.code, TUESDAY_TEN, places=PLACES, at=centre.clock.now())
    async with centre.database.reading() as session:
        store = await booking.store_of(session, "kyiv-centre")
        days = await free_days(session, store, places=PLACES, at=centre.clock.now())
    assert max(time.starts_at for day in days for time in day.times) == MONDAY_ELEVEN - timedelta(minutes=30)
    centre.clock.moment = MONDAY_ELEVEN
    with pytest.raises(NoVisitsHere):
        await centre.book(TUESDAY_TEN, phone=OTHER)


async def test_an_import_that_closes_it_has_them_told(centre: Centre, tmp_path: Path) -> None:
    office = Office(centre.database, centre.clock, tmp_path)
    await centre.book()
    await centre.book(TUESDAY_TEN, phone=OTHER)
    async with centre.database.reading() as session:
        one = await booking.store_of(session, "kyiv-centre")
    columns = "code,kind,name_uk,city_uk,address_uk,latitude,longitude,opening_hours,services,closed_at"
    row = (
        f'kyiv-centre,store,{one.name["uk"]},Київ,"{one.address["uk"]}",{one.latitude},{one.longitude},'
        f'"{one.opening_hours}",identity_check,2026-11-24'
    )
    assert (await office.imports("stores", columns, row)).updated == 1
    [job] = await jobs(centre)
    assert job.payload == {"store_id": one.id}
    assert await looked_again(centre) == 1
    assert [each.state for each in await centre.visits()] == [VisitState.BOOKED, VisitState.CANCELLED]
    assert (await office.imports("stores", columns, row)).unchanged == 1
    assert len(await jobs(centre)) == 1, "the same file again changes nothing"


async def test_the_owner_of_the_number_is_told_as_they_have_chosen(centre: Centre) -> None:
    async with centre.database.unit_of_work() as session:
        line = await make_line(session, "380671000077")
        await hold(session, centre.olena, line)
    await centre.book()
    async with centre.database.unit_of_work() as session:
        await choosing.choose(session, centre.olena, NoticeTopic.VISITS, NoticeWay.SMS, is_on=False)
    await close(centre)
    assert await looked_again(centre) == 1
    async with centre.database.reading() as session:
        [notice] = (await session.exec(select(AppNotice))).all()
    assert (notice.profile_id, notice.template) == (centre.olena.profile_id, "visit_called_off")
    assert await templates(centre) == ["visit_booked"], "what one has just done is confirmed, whatever is chosen"


async def test_a_number_that_is_no_line_of_ours_any_more_is_told_by_sms(centre: Centre) -> None:
    async with centre.database.unit_of_work() as session:
        line = await make_line(session, "380671000077")
        line.state = LineState.INACTIVE
        await hold(session, centre.olena, line)
        # A line of somebody who has nothing to do with it.
        await hold(session, centre.taras, await make_line(session, "380671000079"))
        session.add(line)
    await centre.book()
    visit = (await centre.visits())[0]
    async with centre.database.unit_of_work() as session:
        assert await notices.remind(
            session, visit_id=visit.id or 0, starts_at=MONDAY_TEN, at=centre.clock.now() + timedelta(hours=8)
        )
    await close(centre)
    await looked_again(centre)
    assert [(each.template, each.to.digits) for each in await centre.sms()][1:] == [
        ("visit_reminder", "380671000077"),
        ("visit_called_off", "380671000077"),
    ]
    async with centre.database.reading() as session:
        assert (await session.exec(select(AppNotice))).all() == []
        assert len((await session.exec(select(Line))).all()) == 2


async def test_at_night_it_waits_for_the_morning(centre: Centre) -> None:
    await centre.book(TUESDAY_TEN)
    await close(centre)
    at_night = datetime(2026, 11, 23, 3, 0, tzinfo=KYIV)
    async with centre.database.unit_of_work() as session:
        store = await booking.store_of(session, "kyiv-centre")
        await call_off(session, store.id or 0, at=at_night)
    async with centre.database.reading() as session:
        sending = (await session.exec(select(Job.run_at).where(Job.kind == "sms.send").order_by(col(Job.id)))).all()
    assert sending[-1] == datetime(2026, 11, 23, 9, 0, tzinfo=KYIV)
