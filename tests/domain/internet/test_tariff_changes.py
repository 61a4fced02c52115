"""Another tariff from the next fee on."""

import asyncio
from datetime import date

import pytest

from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.internet import errors, tariff_changes
from mykyivstar.domain.internet.day import Morning
from mykyivstar.domain.internet.models import TariffChange
from mykyivstar.kit.money import Money
from tests.domain.internet.conftest import Household


@pytest.fixture
async def choice(home: Household) -> Household:
    async with home.database.unit_of_work() as session:
        session.add_all(
            [
                Tariff(code="home_500", kind=TariffKind.INTERNET, name={"uk": "Дім 500"}, fee=Money.uah(250)),
                Tariff(code="old", kind=TariffKind.INTERNET, name={"uk": "Старий"}, fee=Money.uah(1), is_open=False),
                Tariff(code="mobile", kind=TariffKind.MOBILE, name={"uk": "Мобільний"}, fee=Money.uah(1)),
            ]
        )
    return home


async def order(home: Household, code: str = "home_500", *, key: str = "form-1") -> TariffChange:
    async with home.database.unit_of_work() as session:
        return await tariff_changes.order(
            session,
            home.actor,
            key=key,
            account_id=home.account_id,
            code=code,
            language="uk",
            at=home.clock.now(),
        )


async def tariff_of(home: Household) -> str:
    async with home.database.reading() as session:
        return (await session.get_one(Tariff, (await home.account()).tariff_id)).code


async def test_it_changes_on_the_day_of_the_next_fee(choice: Household) -> None:
    assert (await order(choice)).from_day == date(2026, 12, 1)
    assert await tariff_of(choice) == "home_100"
    assert await choice.morning(date(2026, 11, 30)) == Morning()
    assert await choice.morning(date(2026, 12, 1)) == Morning(tariffs_changed=1)
    assert await tariff_of(choice) == "home_500"


async def test_it_says_what_the_balance_lacks(choice: Household) -> None:
    async with choice.database.reading() as session:
        at = choice.clock.now()
        said = await tariff_changes.check(session, choice.actor, account_id=choice.account_id, code="home_500", at=at)
    assert (said.missing, said.old_fee, said.at_once) == (Money.uah(200), Money.uah(100), False)


@pytest.mark.parametrize("code", ["home_100", "old", "mobile", "nothing"])
async def test_what_is_not_on_offer_is_refused(choice: Household, code: str) -> None:
    with pytest.raises(errors.TariffNotOffered):
        await order(choice, code)


async def test_one_change_at_a_time_and_once_for_one_form(choice: Household) -> None:
    orders = await asyncio.gather(*(order(choice) for _ in range(4)))
    assert len({each.id for each in orders}) == 1
    with pytest.raises(errors.ChangeIsOrdered):
        await order(choice, key="form-2")
    async with choice.database.unit_of_work() as session:
        await tariff_changes.cancel(session, choice.actor, orders[0].id or 0, at=choice.clock.now())
    await order(choice, key="form-3")
    async with choice.database.unit_of_work() as session:
        with pytest.raises(errors.NothingToCancel):
            await tariff_changes.cancel(session, choice.actor, orders[0].id or 0, at=choice.clock.now())


async def test_off_with_nothing_paid_it_changes_at_once_and_the_rest_is_of_the_new_one(choice: Household) -> None:
    await choice.take(Money.uah(60), key="fee")
    await choice.switch_off_below()
    choice.move_to(date(2026, 12, 11))
    await order(choice)
    assert await tariff_of(choice) == "home_500"
    await choice.pay(Money.uah(10) + Money(16935))
    assert (await choice.rules())[-1] == ("tariff/home_500", -16935)


async def test_on_holiday_the_old_tariff_is_settled_before_the_new_one_begins(choice: Household) -> None:
    await choice.pay(Money.uah(300))
    await order(choice)
    await choice.suspend(date(2026, 11, 25), date(2026, 12, 10), key="holiday")
    await choice.morning(date(2026, 11, 25))
    assert await choice.morning(date(2026, 12, 1)) == Morning()
    await choice.morning(date(2026, 12, 11))
    assert (await choice.rules())[-2:] == [("internet_unused/home_100", 2000), ("tariff/home_500", -16935)]
