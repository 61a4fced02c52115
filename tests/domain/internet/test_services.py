"""Television and services: what connecting costs, what is in the way, undoing."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.consents.models import PaidConsent
from mykyivstar.domain.internet import errors, service_ends, services
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.internet.queries import service_offers
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.kit.money import Money
from tests.domain.internet.conftest import Household
from tests.factories.people import hold, make_person


@pytest.fixture
async def tv(home: Household) -> Household:
    """A basic package, sport that needs it, and a box and an app that exclude each other."""
    await home.add_service("tv_home", Money.uah(30))
    await home.add_service("tv_sport", Money.uah(90), needs=["tv_home"])
    await home.add_service("box", Money.uah(6), excludes=["app"])
    await home.add_service("app", Money.ZERO)
    await home.add_service("closed", Money.uah(1), is_open=False)
    return home


async def connect(home: Household, code: str, *, key: str = "", actor: Any = None) -> None:
    async with home.database.unit_of_work() as session:
        await services.connect(
            session,
            actor or home.actor,
            key=key or f"form-{code}",
            account_id=home.account_id,
            code=code,
            language="uk",
            at=home.clock.now(),
        )


async def disconnect(home: Household, code: str, *, actor: Any = None) -> None:
    async with home.database.unit_of_work() as session:
        await service_ends.disconnect(
            session, actor or home.actor, account_id=home.account_id, code=code, at=home.clock.now()
        )


async def undo(home: Household, code: str) -> None:
    async with home.database.unit_of_work() as session:
        await service_ends.undo(session, home.actor, account_id=home.account_id, code=code, at=home.clock.now())


async def test_the_days_to_the_next_charge_are_paid_now_and_the_rest_with_the_tariff(tv: Household) -> None:
    async with tv.database.reading() as session:
        said = await services.check_connect(
            session, tv.actor, account_id=tv.account_id, code="tv_home", at=tv.clock.now()
        )
    # From the 22nd to the 30th: nine of thirty days.
    assert (said.now, said.days, said.of_days) == (Money.uah(9), 9, 30)
    assert (said.next_before, said.next_after, said.next_day) == (Money.uah(100), Money.uah(130), date(2026, 12, 1))
    await connect(tv, "tv_home")
    assert await tv.balance() == Money.uah(41)
    assert (await tv.connections())[0].next_charge_at == kyiv_midnight(date(2026, 12, 1))
    assert (await tv.rules())[-1] == ("service/tv_home", -900)


async def test_sent_four_times_it_is_connected_and_agreed_to_once(tv: Household) -> None:
    await asyncio.gather(*(connect(tv, "tv_home") for _ in range(4)))
    assert len(await tv.connections()) == 1
    assert await tv.balance() == Money.uah(41)
    async with tv.database.reading() as session:
        consent = (await session.exec(select(PaidConsent))).one()
    assert (consent.ref, consent.shown["now"], consent.shown["fee"]) == ("tv_home", 900, 3000)
    with pytest.raises(errors.AlreadyConnected):
        await connect(tv, "tv_home", key="another form")


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("tv_sport", errors.ServiceNeedsOthers),
        ("closed", errors.ServiceNotOffered),
        ("nothing", errors.ServiceNotOffered),
    ],
)
async def test_what_is_in_the_way_is_said(tv: Household, code: str, refusal: type[CustomerError]) -> None:
    with pytest.raises(refusal):
        await connect(tv, code)


async def test_exclusions_hold_in_both_directions(tv: Household) -> None:
    await connect(tv, "app")
    with pytest.raises(errors.ServiceExcluded):
        await connect(tv, "box")
    await disconnect(tv, "app")
    await connect(tv, "box", key="again")
    with pytest.raises(errors.ServiceExcluded):
        await connect(tv, "app", key="app again")


async def test_the_list_says_before_what_would_be_refused(tv: Household) -> None:
    async with tv.database.reading() as session:
        before = await service_offers(session, tv.actor, tv.account_id, at=tv.clock.now())
    refused = {offer.service.code: type(offer.refusal) for offer in before}
    assert refused == {
        "tv_home": type(None),
        "tv_sport": errors.ServiceNeedsOthers,
        "box": type(None),
        "app": type(None),
    }


async def test_it_leaves_the_threshold_alone(tv: Household) -> None:
    await tv.take(Money.uah(42), key="fee")
    with pytest.raises(errors.NotEnoughAboveThreshold) as refused:
        await connect(tv, "tv_home")
    assert refused.value.params == {"missing": Money.uah(1)}


async def test_undone_within_ten_minutes_the_money_is_back(tv: Household) -> None:
    await connect(tv, "tv_home")
    tv.clock.moment += timedelta(minutes=10)
    await undo(tv, "tv_home")
    assert await tv.balance() == Money.uah(50)
    with pytest.raises(errors.NotConnected):
        await undo(tv, "tv_home")
    await connect(tv, "tv_home", key="again")
    assert await tv.balance() == Money.uah(41)
    tv.clock.moment += timedelta(minutes=10, seconds=1)
    with pytest.raises(errors.TooLateToUndo):
        await undo(tv, "tv_home")


async def test_disconnected_it_works_to_the_end_of_what_is_paid_and_can_be_kept(tv: Household) -> None:
    await connect(tv, "tv_home")
    await disconnect(tv, "tv_home")
    assert (await tv.connections())[0].ended_at == kyiv_midnight(date(2026, 12, 1))
    await connect(tv, "tv_home", key="kept")
    assert (await tv.connections())[0].ended_at is None
    assert await tv.balance() == Money.uah(41)


async def test_what_others_need_is_not_disconnected_first(tv: Household) -> None:
    await tv.pay(Money.uah(100))
    await connect(tv, "tv_home")
    await connect(tv, "tv_sport")
    with pytest.raises(errors.ServiceIsNeeded) as refused:
        await disconnect(tv, "tv_home")
    assert refused.value.params["names"] == [{"uk": "tv_sport", "en": "tv_sport"}]
    await disconnect(tv, "tv_sport")
    await disconnect(tv, "tv_home")


async def test_off_for_debt_nothing_is_connected(tv: Household) -> None:
    await tv.take(Money.uah(60), key="fee")
    await tv.switch_off_below()
    with pytest.raises(errors.PayFirst):
        await connect(tv, "tv_home")


async def test_suspended_nothing_is_connected(tv: Household) -> None:
    await tv.suspend(date(2026, 11, 25), date(2026, 11, 29))
    await tv.morning(date(2026, 11, 25))
    with pytest.raises(errors.ResumeFirst) as refused:
        await connect(tv, "tv_home")
    assert refused.value.params == {"day": date(2026, 11, 29)}


async def test_television_too_is_given_back_for_suspended_days(tv: Household) -> None:
    await connect(tv, "tv_home")
    await tv.suspend(date(2026, 11, 25), date(2026, 11, 29), key="holiday")
    await tv.morning(date(2026, 11, 25))
    await tv.morning(date(2026, 11, 30))
    assert (await tv.rules())[-2:] == [("internet_unused/home_100", 1667), ("internet_unused/tv_home", 500)]


async def test_a_service_of_another_rhythm_is_paid_whole(tv: Household) -> None:
    await tv.add_service("film", Money.uah(20), fee_period=FeePeriod.ONCE)
    await connect(tv, "film")
    assert await tv.balance() == Money.uah(30)
    assert (await tv.connections())[0].next_charge_at is None


async def test_only_the_owner_connects(tv: Household) -> None:
    async with tv.database.unit_of_work() as session:
        account = await session.get_one(InternetAccount, tv.account_id)
        payer, stranger = await make_person(session, "payer"), await make_person(session, "stranger")
        await hold(session, payer, account, role=HoldingRole.PAYER)
    for who, refusal in ((payer, errors.OnlyTheOwner), (stranger, NotFound)):
        with pytest.raises(refusal):
            await connect(tv, "tv_home", actor=who)
        with pytest.raises(refusal):
            await disconnect(tv, "tv_home", actor=who)
