"""The charge calendar without a browser: what is shown of which line, what may be supposed, and who is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Service, ServiceConnection, Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import Billing, HoldingRole, Line
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money
from mykyivstar.state.forecast.rows import CalendarView
from mykyivstar.state.forecast.state import CalendarState
from mykyivstar.state.live import refreshers
from mykyivstar.state.shell import ShellState
from tests.factories.people import LONG_AGO, hold, make_line, make_person, put_money
from tests.state.conftest import Tab

DECEMBER = kyiv_midnight(date(2026, 12, 1))


@pytest.fixture
async def olena(world: Database) -> Tab:
    """line:1 with 112.60 and a tariff of 150 and a service of 20; line:2 of a contract; line:3 is a stranger's."""
    async with world.unit_of_work() as session:
        tariff = Tariff(code="wide", kind=TariffKind.MOBILE, name={"uk": "Широкий"}, fee=Money.uah(150))
        music = Service(code="music", name={"uk": "Музика"}, fee=Money.uah(20))
        book = Service(code="book", name={"uk": "Книга"}, fee=Money.uah(10))
        session.add_all([tariff, music, book])
        await session.flush()
        about: dict[str, Any] = {"tariff_id": tariff.id, "next_charge_at": DECEMBER}
        actor, line = await make_person(session), await make_line(session, **about)
        contract = await make_line(session, "380671000002", payment=Billing.CONTRACT, **about)
        await hold(session, actor, line, nickname="Mine")
        await hold(session, actor, contract, position=1)
        await put_money(session, line, Money.uah(112, 60))
        await put_money(session, contract, Money.uah(-40))
        connection = ServiceConnection(service_id=music.id or 0, line_id=line.id, connected_at=LONG_AGO)
        connection.next_charge_at = kyiv_midnight(date(2026, 12, 10))
        session.add(connection)
        stranger = await make_person(session, "stranger")
        await hold(session, stranger, await make_line(session, "380672000001"))
    return await opened(actor)


async def opened(actor: Actor, address: str = "/calendar") -> Tab:
    tab = Tab(actor, address=address)
    await tab.do(ShellState.load)
    await tab.do(CalendarState.load)
    return tab


async def view_of(tab: Tab) -> CalendarView:
    view = (await tab.see(CalendarState)).view
    assert view is not None
    return view


async def suppose(tab: Tab, **typed: str) -> CalendarState:
    await tab.do(CalendarState.suppose, form={"key": "line:1", "amount": "", "day": ""} | typed)
    return await tab.see(CalendarState)


async def test_charges_stand_by_day_with_their_balances_and_what_is_missing(olena: Tab):
    view = await view_of(olena)
    assert [
        (day.day, [(row.kind, row.amount, row.balance, row.is_short) for row in day.rows]) for day in view.days
    ] == [
        ("2026-12-01", [("tariff", -15000, -3740, True)]),
        ("2026-12-10", [("service", -2000, -5740, True)]),
        ("2027-01-01", [("tariff", -15000, -20740, True)]),
        ("2027-01-10", [("service", -2000, -22740, True)]),
    ]
    assert (view.first_day, view.last_day) == ("2026-11-22", "2027-01-20")
    short = view.shortfall
    assert short is not None
    assert (short.kind, short.pay_by, short.least.amount, short.least.last_day) == (
        "tariff",
        "2026-11-30",
        3740,
        "2026-12-01",
    )
    assert short.least.href == "/top-up?to=line:1&amount=37%2C40"
    assert [(each.amount, each.last_day) for each in short.more] == [(5740, "2026-12-21"), (22740, "2027-01-20")]
    assert [row.code for row in view.services] == ["music"]
    assert [row.code for row in view.addable] == ["book"]
    assert view.chart is not None
    assert view.chart.path.startswith("M0.0,")


async def test_a_kopiyka_that_is_missing_is_paid_with_the_least_payment(world: Database, olena: Tab):
    async with world.unit_of_work() as session:
        line = await make_line(session, "380671000009", tariff_id=1, next_charge_at=DECEMBER)
        actor = await make_person(session, "thrifty")
        await hold(session, actor, line)
        await put_money(session, line, Money.uah(149, 99))
    short = (await view_of(await opened(actor))).shortfall
    assert short is not None
    assert (short.least.amount, short.least.pays, short.least.href) == (1, 100, "/top-up?to=line:4&amount=1")


async def test_another_line_taken_in_hand_shows_its_own_calendar(olena: Tab):
    await suppose(olena, amount="500")
    await olena.do(ShellState.choose, key="line:2")
    state = await olena.see(CalendarState)
    assert (state.view and state.view.key, state.supposed) == ("line:2", None)
    view = await view_of(olena)
    assert (view.is_contract, view.shortfall, view.chart) == (True, None, None)
    assert [(row.amount, row.balance) for row in view.days[0].rows] == [(-15000, None)]
    assert [(each.month, each.amount) for each in view.invoices] == [("2026-11-01", 4000), ("2026-12-01", 15000)]


async def test_the_address_names_the_line(olena: Tab):
    assert olena.who.actor is not None
    assert (await view_of(await opened(olena.who.actor, "/calendar?line=line:2"))).key == "line:2"
    assert (await view_of(await opened(olena.who.actor, "/calendar?line=line:3"))).key != "line:3"


async def test_a_supposed_top_up_changes_what_is_shown_and_nothing_else(world: Database, olena: Tab):
    before = await view_of(olena)
    state = await suppose(olena, amount="37,40", day="2026-11-30")
    assert (state.refusal, state.field_refusals) == ({}, {})
    assert state.supposed is not None
    view = await view_of(olena)
    assert (view.days[0].day, view.days[0].rows[0].kind) == ("2026-11-30", "top_up")
    assert view.days[1].rows[0].balance == 0
    assert view.shortfall is not None
    assert view.shortfall.kind == "service"
    # A change somewhere brings it up to date and leaves the supposition.
    await olena.do(CalendarState.refresh)
    assert await view_of(olena) == view
    await olena.do(CalendarState.as_it_is)
    assert await view_of(olena) == before
    assert (await olena.see(CalendarState)).supposed is None


async def test_a_service_less_and_one_more(olena: Tab):
    await suppose(olena, without="music", added="book")
    rows = [(day.day, row.kind, row.amount) for day in (await view_of(olena)).days for row in day.rows]
    assert rows == [
        ("2026-11-22", "service", -1000),
        ("2026-12-01", "tariff", -15000),
        ("2026-12-22", "service", -1000),
        ("2027-01-01", "tariff", -15000),
    ]


@pytest.mark.parametrize("amount", ["0", "-5", "1e3", "сто", "1,234", "9" * 30])
async def test_a_sum_that_is_none_is_refused_at_its_field(olena: Tab, amount: str):
    before = await view_of(olena)
    state = await suppose(olena, amount=amount)
    assert list(state.field_refusals) == ["amount"]
    assert (state.supposed, await view_of(olena)) == (None, before)


@pytest.mark.parametrize("day", ["2026-11-21", "2027-01-21", "yesterday", "31.12.2026", "2026-02-30", "9" * 99])
async def test_a_day_out_of_reach_is_refused_at_its_field(olena: Tab, day: str):
    assert list((await suppose(olena, amount="100", day=day)).field_refusals) == ["day"]


async def test_nothing_supposed_is_refused(olena: Tab):
    assert list((await suppose(olena)).field_refusals) == ["amount"]


@pytest.mark.parametrize("typed", [{"without": "book"}, {"added": "music"}, {"added": "nothing"}, {"without": "'; --"}])
async def test_a_service_that_it_does_not_have_or_cannot_have_is_refused(olena: Tab, typed: dict[str, str]):
    state = await suppose(olena, **typed)
    assert "could not find" in state.refusal["en"]
    assert state.supposed is None


@pytest.mark.parametrize("key", ["line:3", "line:999", "internet:1", "line:0", "", "line:1 ", "1", "line:" + "9" * 40])
async def test_nobody_elses_line_is_forecast(olena: Tab, key: str):
    state = await suppose(olena, key=key, amount="100")
    assert "could not find" in state.refusal["en"]
    assert state.view is not None
    assert state.view.key == "line:1"


@pytest.mark.parametrize("form", [{"key": 1}, {"key": "line:1", "amount": 5}, [], "x"])
async def test_wrong_types_never_arrive(olena: Tab, form: object):
    await olena.do(CalendarState.suppose, form=form)
    state = await olena.see(CalendarState)
    assert (state.refusal["en"], state.supposed) == (Malformed.sentence, None)


@pytest.mark.parametrize("role", [HoldingRole.PAYER, HoldingRole.VIEWER])
async def test_payers_and_viewers_see_the_charges(world: Database, olena: Tab, role: HoldingRole):
    async with world.unit_of_work() as session:
        other = await make_person(session, "other")
        await hold(session, other, await session.get_one(Line, 1), role=role)
    assert (await view_of(await opened(other))).days == (await view_of(olena)).days


async def test_somebody_without_a_number_and_somebody_without_charges(world: Database):
    async with world.unit_of_work() as session:
        nobody, quiet = await make_person(session, "nobody"), await make_person(session, "quiet")
        await hold(session, quiet, await make_line(session))
    assert (await (await opened(nobody)).see(CalendarState)).view is None
    view = await view_of(await opened(quiet))
    assert (view.days, view.shortfall, view.balance, view.chart) == ([], None, None, None)


async def test_a_supposed_day_that_has_gone_by_is_forgotten(clock: FixedClock, olena: Tab):
    await suppose(olena, amount="500", day="2026-11-23")
    clock.moment += timedelta(days=2)
    await olena.do(CalendarState.refresh)
    assert (await olena.see(CalendarState)).supposed is None


def test_the_screen_follows_changes_and_every_handler_wants_a_session() -> None:
    assert refreshers("/calendar") == (CalendarState.refresh,)
    for name, handler in CalendarState.event_handlers.items():
        if handler.fn.__module__.startswith("mykyivstar.state.") and not name.startswith("set"):
            assert (policy := policy_of(handler.fn)) is not None, name
            assert not policy.is_public, name
