"""The dashboard as the browser gets it."""

from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Announcement, AnnouncementKind, Tariff, TariffKind
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.ledger.accounts import SystemAccount, account_for, system_account
from mykyivstar.domain.ledger.models import LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.domain.lines.models import Billing, Brand, HoldingRole, LineState
from mykyivstar.domain.usage.models import Allowance, AllowanceKind
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.state.home.rows import AlertView, ChargeView, GaugeView, InternetView, ValidityView
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.shell import ShellState
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab

NAMES = {"uk": "Широкий", "en": "Wide", "ru": "Широкий"}
DECEMBER = kyiv_midnight(datetime(2026, 12, 1, tzinfo=UTC).date())
DECEMBER_ISO = DECEMBER.isoformat()
GIB = 1024**3


@pytest.fixture
async def olena(world: Database) -> Tab:
    """Olena has a line with everything (line:1), a bare one (line:2), and home internet (internet:1)."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        tariff = Tariff(code="wide", kind=TariffKind.MOBILE, name=NAMES, fee=Money.uah(275))
        session.add(tariff)
        await session.flush()
        line = await make_line(
            session,
            tariff_id=tariff.id,
            next_charge_at=DECEMBER,
            valid_until=DECEMBER,
            receiving_until=DECEMBER + timedelta(days=91),
        )
        account = await make_account(
            session, tariff_id=tariff.id, next_charge_at=DECEMBER, address="Kyiv", disconnect_threshold=Money.uah(-50)
        )
        await hold(session, actor, line, position=0, nickname="Mine")
        await hold(session, actor, await make_line(session, "380671000002", brand=Brand.DJUICE), position=1)
        await hold(session, actor, account, position=2)
        await put_money(session, line, Money.uah(200, 5))
        await put_money(session, line, Money.uah(12), unit=Unit.BONUS)
        await put_money(session, account, Money.uah(230))
        for kind, granted, left in (
            (AllowanceKind.DATA, 20 * GIB, 4 * GIB),
            (AllowanceKind.MINUTES_UKRAINE, 6000, 119),
            (AllowanceKind.SMS, 10, 0),
        ):
            session.add(
                Allowance(line_id=line.id, kind=kind, source="wide", granted=granted, left=left, expires_at=DECEMBER)
            )
    return Tab(actor)


async def test_before_anything_is_loaded_amounts_are_unknown_and_not_nought(olena: Tab):
    home = await olena.see(HomeState)
    assert (home.ready, home.hero, home.charge, home.validity) == (False, None, None, None)
    assert not [*home.gauges, *home.alerts, *home.internet, *home.tiles, *home.offers, *home.news]


async def test_the_line_in_hand_is_shown_with_its_one_big_number(olena: Tab):
    await olena.do(HomeState.load)
    home = await olena.see(HomeState)
    assert (home.hero.key, home.hero.nickname, home.hero.number) == ("line:1", "Mine", "380671000001")
    assert (home.hero.balance, home.hero.bonus, home.hero.month_cost) == (20005, 1200, None)
    assert home.hero.tariff == NAMES
    assert home.charge == ChargeView(at=DECEMBER_ISO, amount=27500, missing=7495, is_overdue=False)
    assert home.validity == ValidityView("active", DECEMBER_ISO, days=9, total=274, payment=3000, prolonged_by=274)


async def test_gauges_are_in_units_that_people_use(olena: Tab):
    await olena.do(HomeState.load)
    gauges = list((await olena.see(HomeState)).gauges)
    assert gauges == [
        GaugeView("minutes_ukraine", "minutes", 1, 100, False, "warning", DECEMBER_ISO, has_parts=False),
        GaugeView("sms", "pieces", 0, 10, False, "danger", DECEMBER_ISO, has_parts=False),
        GaugeView("data", "data", 4 * GIB, 20 * GIB, False, "warning", DECEMBER_ISO, has_parts=False),
    ]


async def test_alerts_say_what_their_sentence_needs(olena: Tab):
    await olena.do(HomeState.load)
    alerts = list((await olena.see(HomeState)).alerts)
    assert alerts[:3] == [
        AlertView("validity_short", "warning", 3000, DECEMBER_ISO, "", None),
        AlertView("package_used", "warning", None, DECEMBER_ISO, "sms", None),
        AlertView("balance_low", "info", 7495, DECEMBER_ISO, "", None),
    ]
    assert [(alert.kind, alert.percent) for alert in alerts[3:]] == [
        ("package_nearly_used", 98),
        ("package_nearly_used", 80),
    ]


async def test_home_internet_stands_beside_the_line(olena: Tab):
    await olena.do(HomeState.load)
    (card,) = (await olena.see(HomeState)).internet
    assert card == InternetView(
        key="internet:1",
        nickname="",
        number="0004477622",
        address="Kyiv",
        tariff=NAMES,
        state="active",
        suspended_until="",
        balance=23000,
        threshold=-5000,
        room=28000,
        next_payment=0,
        pay_by=DECEMBER_ISO,
        alerts=[],
    )


async def test_internet_that_is_off_says_what_to_pay_now(world: Database):
    async with world.unit_of_work() as session:
        iryna = Tab(await make_person(session, "iryna"))
        account = await make_account(
            session, state=InternetState.OFF_FOR_DEBT, next_charge_at=DECEMBER, disconnect_threshold=Money.uah(-50)
        )
        await hold(session, iryna.who.actor, account)
        await put_money(session, account, Money.uah(-135))
    await iryna.do(HomeState.load)
    home = await iryna.see(HomeState)
    (card,) = home.internet
    assert (card.next_payment, card.pay_by, card.room) == (8500, "", -8500)
    assert [alert.kind for alert in card.alerts] == [alert.kind for alert in home.alerts] == ["internet_off"]
    assert (home.charge.amount, home.charge.missing) == (None, None)


async def test_a_contract_line_pays_afterwards(world: Database):
    async with world.unit_of_work() as session:
        iryna = Tab(await make_person(session, "iryna"))
        tariff = Tariff(code="agreement", kind=TariffKind.MOBILE, name=NAMES, fee=Money.uah(220))
        session.add(tariff)
        await session.flush()
        line = await make_line(session, payment=Billing.CONTRACT, tariff_id=tariff.id, next_charge_at=DECEMBER)
        await hold(session, iryna.who.actor, line)
        await put_money(session, line, Money.uah(-235))
    await iryna.do(HomeState.load)
    home = await iryna.see(HomeState)
    assert (home.hero.balance, home.hero.to_pay) == (-23500, 23500)
    assert (home.charge.amount, home.charge.missing, list(home.alerts)) == (22000, None, [])


async def test_everything_is_seen_at_once_and_one_click_switches(olena: Tab):
    await olena.do(HomeState.load)
    tiles = list((await olena.see(HomeState)).tiles)
    assert [(tile.key, tile.balance, tile.weight) for tile in tiles] == [
        ("line:1", 20005, "warning"),
        ("line:2", None, ""),
        ("internet:1", 23000, ""),
    ]
    olena.root._clean()
    await olena.do(ShellState.choose, key="line:2")
    await olena.do(HomeState.refresh)
    home = await olena.see(HomeState)
    # What shows all of them is as it was: which is in hand, the browser knows by its key.
    assert home.dirty_vars.isdisjoint({"tiles", "internet"})
    assert (await olena.see(ShellState)).dirty_vars == {"chosen", "brand"}
    assert (home.hero.key, home.hero.balance, home.charge, list(home.gauges)) == ("line:2", None, None, [])


async def test_a_payment_that_arrives_is_shown_by_the_next_refresh(world: Database, olena: Tab):
    await olena.do(HomeState.load)
    async with world.unit_of_work() as session:
        account = await session.get_one(LedgerAccount, (await account_for(session, line_id=1)).id)
        top_ups = await system_account(session, SystemAccount.TOP_UPS)
        legs = [Leg(account.id, Money.uah(74, 95)), Leg(top_ups.id, -Money.uah(74, 95))]
        await post(session, key="top-up", kind=OperationKind.TOP_UP, at=DECEMBER, legs=legs)
    await olena.do(HomeState.refresh)
    home, shell = await olena.see(HomeState), await olena.see(ShellState)
    assert (home.hero.balance, home.charge.missing, home.tiles[0].balance) == (27500, 0, 27500)
    assert shell.lines[0].balance == 27500
    assert "balance_low" not in [alert.kind for alert in home.alerts]


async def test_only_what_changed_goes_to_the_browser(world: Database, olena: Tab):
    await olena.do(HomeState.load)
    home = await olena.see(HomeState)
    olena.root._clean()
    await olena.do(HomeState.refresh)
    assert home.dirty_vars == set()
    async with world.unit_of_work() as session:
        bare = await session.get_one(type(await make_line(session, "380671000008")), 2)
        await put_money(session, bare, Money.uah(5))
    await olena.do(HomeState.refresh)
    assert home.dirty_vars == {"tiles"}


async def test_offers_and_news_fit_the_line_in_hand(world: Database, olena: Tab, clock: FixedClock):
    async with world.unit_of_work() as session:
        for code, kind, audience in (
            ("for students", AnnouncementKind.OFFER, {"brand": "djuice"}),
            ("for homes", AnnouncementKind.OFFER, {"has_internet": True}),
            ("for nobody", AnnouncementKind.OFFER, {"has_internet": False}),
            ("new store", AnnouncementKind.NEWS, {}),
        ):
            session.add(
                Announcement(code=code, kind=kind, audience=audience, title={"uk": code}, starts_at=clock.now())
            )
    await olena.do(HomeState.load)
    home = await olena.see(HomeState)
    assert [each.code for each in home.offers] == ["for homes"]
    assert [each.code for each in home.news] == ["new store"]
    await olena.do(ShellState.choose, key="line:2")
    await olena.do(HomeState.refresh)
    assert [each.code for each in (await olena.see(HomeState)).offers] == ["for students", "for homes"]


async def test_somebody_with_nothing_sees_that_there_is_nothing(world: Database):
    async with world.unit_of_work() as session:
        nobody = Tab(await make_person(session, "nobody"))
    await nobody.do(HomeState.load)
    home = await nobody.see(HomeState)
    assert (home.ready, home.hero, list(home.tiles)) == (True, None, [])


async def test_a_stranger_sees_nothing_of_hers(world: Database, olena: Tab):
    async with world.unit_of_work() as session:
        stranger = Tab(await make_person(session, "stranger"), address="/home?line=line:1")
        await hold(session, stranger.who.actor, await make_line(session, "380671000003"))
    await stranger.do(HomeState.load)
    await stranger.do(ShellState.choose, key="line:1")
    await stranger.do(HomeState.refresh)
    home = await stranger.see(HomeState)
    assert (home.hero.number, [tile.key for tile in home.tiles], list(home.internet)) == (
        "380671000003",
        ["line:3"],
        [],
    )


@pytest.mark.parametrize("role", [HoldingRole.PAYER, HoldingRole.VIEWER])
async def test_roles_see_what_they_may(world: Database, olena: Tab, role: HoldingRole):
    async with world.unit_of_work() as session:
        friend = Tab(await make_person(session, "friend"))
        line = await session.get_one(type(await make_line(session, "380671000007", state=LineState.BLOCKED)), 1)
        await hold(session, friend.who.actor, line, role=role)
    await friend.do(HomeState.load)
    home = await friend.see(HomeState)
    assert (home.hero.balance, home.hero.is_own) == (20005, False)
    assert (home.hero.sees_usage, len(home.gauges)) == ((True, 3) if role is HoldingRole.VIEWER else (False, 0))
