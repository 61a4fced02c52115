"""The pages of bonuses: what is shown, checked and given; by its owner alone, once, after a reload too."""

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.billing.fees import FEES
from mykyivstar.domain.billing.runs import carry_out
from mykyivstar.domain.bonuses import errors
from mykyivstar.domain.bonuses.arriving import arrive
from mykyivstar.domain.catalogue.models import FeePeriod, TariffKind
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.i18n import describe
from mykyivstar.kit.clock import FixedClock, kyiv_date
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.bonuses.check import BonusCheckState as CheckState
from mykyivstar.state.bonuses.form import BonusesState as FormState
from tests.domain.billing import small_world as billing
from tests.domain.bonuses.small_world import transfers
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab

KEY = "k" * 32
FORM = {"to": "380671000001", "number": "", "amount": "50"}


def address(bonuses: int = 50, *, account: str = "internet:1", to: str = "380671000001") -> str:
    return f"/internet/bonuses/check?form={KEY}&from={account}&to={to}&bonuses={bonuses}"


@pytest.fixture
async def olena(world: Database, clock: FixedClock) -> Tab:
    """Olena has internet:1 with 120 bonuses, of the 100 tariff, and line:1."""
    async with world.unit_of_work() as session:
        its = await billing.tariff(session, "fast", 100, kind=TariffKind.INTERNET, fee_period=FeePeriod.MONTH)
        actor = await make_person(session)
        account = await billing.account(session, its, 500, kyiv_date(clock.now()).replace(day=1))
        await put_money(session, account, Money.uah(120), unit=Unit.BONUS)
        await hold(session, actor, account, nickname="Home", position=0)
        await hold(session, actor, await make_line(session), nickname="Mine", position=1)
    return Tab(actor, address="/internet/bonuses")


async def said(tab: Tab, kind: type[FormState] | type[CheckState], field: str = "") -> str:
    state = await tab.see(kind)
    shown = state.field_refusals.get(field, {}) if field else state.refusal
    return str(shown.get("en", ""))


def words(refusal: CustomerError) -> str:
    return describe(refusal, "en")


async def test_the_page_shows_what_is_there_and_what_comes(olena: Tab, world: Database, clock: FixedClock) -> None:
    day = kyiv_date(clock.now()).replace(day=1)
    await carry_out(world, FEES, day=day, at=clock.now())
    await olena.do(FormState.load)
    state = await olena.see(FormState)
    assert state.view is not None
    assert (state.view.there, state.view.expected, state.view.expected_on) == (120, 100, "2026-12-04")
    assert [(row.number, row.nickname) for row in state.own] == [("380671000001", "Mine")]
    assert (state.to, state.least, state.month_most) == ("380671000001", 3, 200)


async def test_a_filled_form_leads_to_the_check_page(olena: Tab) -> None:
    await olena.do(FormState.load)
    event = await olena.do(FormState.check, form=FORM)
    assert event, "a redirect"


@pytest.mark.parametrize(
    ("form", "field", "refusal"),
    [
        (FORM | {"amount": "2"}, "amount", errors.TooFewBonuses(least=3)),
        (FORM | {"amount": "121"}, "amount", errors.NotEnoughBonuses(there=120)),
        (FORM | {"amount": "201"}, "amount", errors.BonusMonthFull(left=200, most=200)),
        (FORM | {"amount": "4,5"}, "amount", errors.NotBonuses()),
        (FORM | {"to": "other", "number": "0671000099"}, "number", errors.NoSuchNumber(typed="0671000099")),
    ],
)
async def test_mistakes_stand_at_their_fields(
    olena: Tab, form: dict[str, str], field: str, refusal: CustomerError
) -> None:
    await olena.do(FormState.load)
    await olena.do(FormState.check, form=form)
    assert await said(olena, FormState, field) == words(refusal)


async def test_a_confirmed_transfer_is_on_its_way_and_then_there(
    olena: Tab, world: Database, clock: FixedClock
) -> None:
    olena.go_to(address())
    await olena.do(CheckState.load)
    state = await olena.see(CheckState)
    assert (state.standing, state.bonuses, state.left, state.month_left) == ("ready", 50, 70, 150)
    await olena.do(CheckState.give, form={"shown_for": olena.address})
    await olena.do(CheckState.give, form={"shown_for": olena.address})
    assert (await olena.see(CheckState)).standing == "on_the_way"
    (given,) = await transfers(world)
    async with world.unit_of_work() as session:
        await arrive(session, given.id or 0, at=clock.now())
    await olena.do(CheckState.load)
    assert (await olena.see(CheckState)).standing == "arrived"
    olena.go_to("/internet/bonuses")
    await olena.do(FormState.load)
    state_of_form = await olena.see(FormState)
    assert [(row.nickname, row.left) for row in state_of_form.arrived] == [("Mine", 50)]
    assert [(row.kind, row.bonuses, row.state) for row in state_of_form.events] == [("given", 50, "arrived")]


async def test_what_another_address_was_about_is_not_given_but_this_one_shown(olena: Tab, world: Database) -> None:
    old = address()
    olena.go_to(old)
    await olena.do(CheckState.load)
    new = old.replace("bonuses=50", "bonuses=40").replace("form=", "form=n")
    assert new != old
    olena.go_to(new)
    assert await olena.do(CheckState.give, form={"shown_for": old}) == ["BonusCheckState.load"]
    await olena.do(CheckState.refresh)
    assert (await olena.see(CheckState)).bonuses == 50
    assert await transfers(world) == []
    await olena.do(CheckState.load)
    await olena.do(CheckState.give, form={"shown_for": new})
    assert [each.amount for each in await transfers(world)] == [Money.uah(40)]


async def test_what_stopped_being_allowed_is_said_on_the_check_page(olena: Tab, world: Database) -> None:
    olena.go_to(address())
    await olena.do(CheckState.load)
    async with world.unit_of_work() as session:
        (await session.get_one(InternetAccount, 1)).state = InternetState.SUSPENDED
    await olena.do(CheckState.give, form={"shown_for": olena.address})
    assert await said(olena, CheckState) == words(errors.AccountSuspended())
    assert await transfers(world) == []


async def test_an_address_that_none_of_our_pages_writes_shows_nothing(olena: Tab) -> None:
    olena.go_to("/internet/bonuses/check?form=x&from=internet:1&to=1&bonuses=0")
    await olena.do(CheckState.load)
    assert (await olena.see(CheckState)).standing == "lost"


async def test_a_stranger_finds_nobodys_bonuses(olena: Tab, world: Database) -> None:
    async with world.unit_of_work() as session:
        actor = await make_person(session, "stranger")
        await hold(session, actor, await make_account(session, "0004477700"))
    stranger = Tab(actor, address=address(), visitor="another browser")
    await stranger.do(CheckState.load)
    assert (await stranger.see(CheckState)).standing == "lost"
    assert await said(stranger, CheckState) == words(NotFound())
    assert await transfers(world) == []


async def test_a_payer_sees_the_balance_and_gives_nothing(olena: Tab, world: Database, clock: FixedClock) -> None:
    async with world.unit_of_work() as session:
        payer = await make_person(session, "payer")
        account = await session.get_one(InternetAccount, 1)
        await hold(session, payer, account, role=HoldingRole.PAYER)
    tab = Tab(payer, address="/internet/bonuses", visitor="another browser")
    await tab.do(FormState.load)
    state = await tab.see(FormState)
    assert state.view is not None
    assert (state.view.there, state.view.is_owner, state.events) == (120, False, [])
    tab.go_to(address())
    await tab.do(CheckState.load)
    assert await said(tab, CheckState) == words(errors.OnlyOwnersBonuses())


async def test_who_has_no_home_internet_is_told_where_bonuses_come_from(world: Database) -> None:
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        await hold(session, actor, await make_line(session))
    tab = Tab(actor, address="/internet/bonuses")
    await tab.do(FormState.load)
    state = await tab.see(FormState)
    assert (state.ready, state.view) == (True, None)
