"""The page of a visit that was called off: why, and the way to another one; in the app too (A8)."""

import pytest
from sqlmodel import col, update

from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits.booking import store_of
from mykyivstar.domain.visits.calling_off import call_off
from mykyivstar.state.notices.list import NoticesState
from mykyivstar.state.visits.visit import OwnVisitState, VisitView
from tests.domain.visits.conftest import MONDAY_TEN
from tests.factories.people import hold, make_line
from tests.state.visits.test_booking import Screens, screens

__all__ = ["screens"]


async def seen(screens: Screens, address: str) -> VisitView:
    tab = screens.tab(address)
    await tab.do(OwnVisitState, "load")
    view = (await tab.state(OwnVisitState)).visit
    assert view is not None
    return view


async def changed(screens: Screens, **columns: object) -> None:
    """The centre is another one, and ten minutes are over."""
    async with screens.database.unit_of_work() as session:
        await session.exec(update(Store).where(col(Store.code) == "kyiv-centre").values(**columns))
        await call_off(session, (await store_of(session, "kyiv-centre")).id or 0, at=screens.clock.now())


@pytest.mark.parametrize(
    ("columns", "leads_to"),
    [
        ({"opening_hours": "Tu-Fr 10:00-18:00"}, "/book-visit?store=kyiv-centre"),
        ({"closed_at": MONDAY_TEN}, "/book-visit?store=kyiv-centre"),
        ({"services": ["connect"]}, "/stores?service=identity_check"),
    ],
)
async def test_it_says_why_and_leads_to_another_visit(
    screens: Screens, columns: dict[str, object], leads_to: str
) -> None:
    address = await screens.booked()
    before = await seen(screens, address)
    assert (before.is_open, before.is_called_off, before.again) == (True, False, "/book-visit?store=kyiv-centre")
    await changed(screens, **columns)
    after = await seen(screens, address)
    assert (after.is_open, after.state, after.is_called_off, after.again) == (False, "cancelled", True, leads_to)
    screens.clock.moment = MONDAY_TEN
    assert not (await seen(screens, address)).is_called_off, "its time is over"


async def test_one_that_was_given_up_says_nothing_of_the_centre(screens: Screens) -> None:
    address = await screens.booked()
    tab = screens.tab(address)
    await tab.do(OwnVisitState, "load")
    await tab.do(OwnVisitState, "cancel")
    view = await seen(screens, address)
    assert (view.state, view.is_called_off) == ("cancelled", False)


async def test_the_notice_in_the_app_leads_to_the_visit(screens: Screens) -> None:
    async with screens.database.unit_of_work() as session:
        await hold(session, screens.olena, await make_line(session, "380671000077"))
    address = await screens.booked()
    await changed(screens, closed_at=screens.clock.now())
    tab = screens.tab("/notifications", actor=screens.olena)
    await tab.do(NoticesState, "load")
    [row] = (await tab.state(NoticesState)).notices
    assert (row.href, row.topic) == (address, "visits")
    assert "called off" in row.text["en"]
    assert "скасовано" in row.text["uk"]
