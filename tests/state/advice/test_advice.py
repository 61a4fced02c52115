"""Advice without a browser: for which line, what opens, what is refused to whom."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mykyivstar import routes
from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import HoldingRole, Line
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.advice.rows import AdviceView, CostRow
from mykyivstar.state.advice.state import AdviceState
from mykyivstar.state.live import refreshers
from mykyivstar.state.shell import ShellState
from tests.domain.usage.test_ingest import record
from tests.factories.people import LONG_AGO, hold, make_account, make_line, make_person
from tests.state.conftest import Tab

JULY = datetime(2026, 7, 20, 12, tzinfo=UTC)


async def use_it(world: Database, line_id: int, since: datetime, days: int) -> None:
    """Three SMS a day."""
    rows = [
        record(
            line_id=line_id,
            ref=f"{line_id}-{day}",
            started_at=since + timedelta(days=day),
            category=UsageCategory.SMS,
            quantity=3,
            cost=Money(180),
            rule="price wide/sms",
        )
        for day in range(days)
    ]
    async with world.unit_of_work() as session:
        await store(session, rows)


@pytest.fixture
async def olena(world: Database) -> Tab:
    """line:1 used daily since July; line:2 is new; line:3 is a stranger's; internet:1."""
    async with world.unit_of_work() as session:
        wide = Tariff(code="wide", kind=TariffKind.MOBILE, name={"uk": "Широкий"}, fee=Money.uah(150))
        wide.prices = {"sms": 60}
        small = Tariff(code="small", kind=TariffKind.MOBILE, name={"uk": "Малий"}, fee=Money.uah(90))
        small.prices, small.position = {"sms": 70}, 1
        session.add_all([wide, small])
        await session.flush()
        about: dict[str, Any] = {"tariff_id": wide.id, "activated_at": LONG_AGO}
        actor = await make_person(session)
        await hold(session, actor, await make_line(session, **about), nickname="Mine")
        await hold(session, actor, await make_line(session, "380671000002", **about), position=1)
        stranger = await make_person(session, "stranger")
        await hold(session, stranger, await make_line(session, "380672000001", **about))
        await hold(session, actor, await make_account(session), position=2)
    await use_it(world, 1, JULY, 120)
    await use_it(world, 2, datetime(2026, 11, 5, tzinfo=UTC), 3)
    return await opened(actor)


async def opened(actor: Actor, address: str = "/tariff/advice") -> Tab:
    tab = Tab(actor, address=address)
    await tab.do(ShellState.load)
    await tab.do(AdviceState.load)
    return tab


async def view_of(tab: Tab) -> AdviceView:
    view = (await tab.see(AdviceState)).view
    assert view is not None
    return view


async def test_the_cheapest_comes_first_with_what_it_saves(olena: Tab):
    assert (await olena.see(AdviceState)).standing == "ready"
    view = await view_of(olena)
    assert (view.months, view.records, view.full_from) == (["2026-08-01", "2026-09-01", "2026-10-01"], 92, "")
    # 92 days of three SMS: 165.60 by the one, 193.20 by the other.
    assert [(row.code, row.per_month, row.saved, row.is_current) for row in view.choices] == [
        ("small", 15440, 5080, False),
        ("wide", 20520, 0, True),
    ]
    assert view.best is not None
    assert (view.best.code, view.best_total, view.current_total) == ("small", 46320, 61560)
    # Nobody knows when the package began, and it makes no difference.
    assert (view.charged, view.differences) == (92 * 180, [])


async def test_a_tariff_opens_month_by_month_and_closes_again(olena: Tab):
    await olena.do(AdviceState.open, code="small")
    state = await olena.see(AdviceState)
    found = state.comparison
    assert found is not None
    assert (state.opened, found.is_current, found.total) == ("small", False, 46320)
    assert found.months[0].day == "2026-08-01"
    assert found.months[0].rows == [
        CostRow("fee", 9000, 15000),
        CostRow("sms", 31 * 210, 31 * 180),
        CostRow("total", 9000 + 31 * 210, 15000 + 31 * 180),
    ]
    assert [(each.category, each.most, each.holds, each.beyond, each.price) for each in found.reasons] == [
        ("sms", 93, 0, 276, 70)
    ]
    assert found.net + found.vat + found.duty == found.total
    await olena.do(AdviceState.open, code="wide")
    state = await olena.see(AdviceState)
    assert state.comparison is not None
    assert (state.opened, state.comparison.is_current) == ("wide", True)
    await olena.do(AdviceState.open, code="wide")
    state = await olena.see(AdviceState)
    assert (state.opened, state.comparison) == ("", None)


@pytest.mark.parametrize("code", ["", "nobody", "x" * 500])
async def test_a_tariff_that_is_not_on_offer_is_not_found(olena: Tab, code: str):
    await olena.do(AdviceState.open, code=code)
    state = await olena.see(AdviceState)
    assert (state.opened, state.comparison) == ("", None)


async def test_a_new_number_says_from_which_day_on(olena: Tab):
    await olena.do(ShellState.choose, key="line:2")
    state = await olena.see(AdviceState)
    assert (state.standing, state.view) == ("refused", None)
    assert "1 грудня" in state.refusal["uk"]
    assert "1 December" in state.refusal["en"]


async def test_the_address_names_the_line_and_a_strangers_stays_hidden(olena: Tab):
    assert olena.who.actor is not None
    tab = await opened(olena.who.actor, "/tariff/advice?line=line:2")
    assert (await tab.see(AdviceState)).standing == "refused"
    tab = await opened(olena.who.actor, "/tariff/advice?line=line:3")
    state = await tab.see(AdviceState)
    assert state.view is None or state.view.key != "line:3"


async def test_home_internet_and_a_number_that_one_only_pays_for_are_not_compared(world: Database, olena: Tab):
    await olena.do(ShellState.choose, key="internet:1")
    assert (await olena.see(AdviceState)).standing == "none"
    async with world.unit_of_work() as session:
        payer = await make_person(session, "payer")
        await hold(session, payer, await session.get_one(Line, 1), role=HoldingRole.PAYER)
    tab = await opened(payer)
    assert (await tab.see(AdviceState)).standing == "none"
    await tab.do(AdviceState.open, code="small")
    assert (await tab.see(AdviceState)).comparison is None


async def test_who_has_nothing_is_told_so(world: Database, olena: Tab):
    async with world.unit_of_work() as session:
        nobody = await make_person(session, "nobody")
    assert (await (await opened(nobody)).see(AdviceState)).standing == "none"


async def test_a_number_that_is_no_longer_ones_own_opens_nothing(world: Database, olena: Tab):
    async with world.unit_of_work() as session:
        other = await make_person(session, "other")
    olena.who = type(olena.who)(actor=other, visitor="browser", address="192.0.2.1")
    await olena.do(AdviceState.open, code="small")
    state = await olena.see(AdviceState)
    assert state.comparison is None
    assert state.refusal["en"] == NotFound.sentence


async def test_what_happens_today_makes_nobody_compare_again(
    world: Database, olena: Tab, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    before = await view_of(olena)
    await use_it(world, 1, clock.now(), 1)
    monkeypatch.setattr("mykyivstar.state.advice.state.case_of", None)
    await olena.do(AdviceState.refresh)
    assert await view_of(olena) == before


def test_only_somebody_signed_in_is_advised_and_live_screens_follow() -> None:
    for handler in ("load", "refresh", "open"):
        policy = policy_of(AdviceState.event_handlers[handler].fn)
        assert policy is not None
        assert not policy.is_public
    assert refreshers(routes.TARIFF_ADVICE) == (AdviceState.refresh,)
