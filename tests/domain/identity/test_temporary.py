"""Temporary passwords: A5."""

import re

import pytest
from sqlmodel import col, select

from mykyivstar.domain.identity import sign_in as sign_in_page
from mykyivstar.domain.identity import temporary, welcome
from mykyivstar.domain.identity.errors import TooManyTries, WrongCredentials
from mykyivstar.domain.identity.models import FlowStep, TemporaryPassword
from mykyivstar.domain.identity.security_errors import AccountHasProfile, TemporaryPasswordExpired
from mykyivstar.domain.identity.sign_in import FirstVisit
from mykyivstar.domain.lines.models import Holding
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.errors import NotFound
from tests.domain.identity.conftest import ACCOUNT, KEY, OLENA, OTHER_VISITOR, VISITOR, World
from tests.domain.identity.safety import HOME


async def issue(world: World, number: str = ACCOUNT, *, login: str = "") -> tuple[str, str]:
    async with world.database.unit_of_work() as session:
        return await temporary.issue(session, number, world.clock.now(), login=login)


async def sign_in(world: World, login: str, password: str, *, visitor: str = VISITOR) -> welcome.Welcome:
    await temporary.sign_in(
        world.database.unit_of_work,
        login=login,
        password=password,
        visitor=visitor,
        address=HOME,
        at=world.clock.now(),
    )
    async with world.database.reading() as session:
        return await welcome.standing(session, visitor=visitor, at=world.clock.now())


async def test_login_and_password_go_to_the_contract_phone_for_three_days(world: World) -> None:
    await world.account()
    login, password = await issue(world)
    assert login == ACCOUNT
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{10}", password)
    async with world.database.reading() as session:
        [sms] = await session.exec(select(SmsMessage))
        [issued] = await session.exec(select(TemporaryPassword))
    assert (sms.template, sms.to, sms.params) == ("temporary_password", OLENA, {"login": ACCOUNT, "password": password})
    assert (issued.expires_at - world.clock.now()).days == 3
    assert issued.password_hash.startswith("$argon2id$")


async def test_the_first_visit_begins_and_shows_the_contract(world: World) -> None:
    await world.account()
    reached = await sign_in(world, *await issue(world))
    assert (reached.step, reached.login, reached.account_number) == (FlowStep.DETAILS, ACCOUNT, ACCOUNT)
    assert reached.contract_phone == OLENA.digits
    async with world.database.reading() as session:
        assert await welcome.standing(session, visitor=OTHER_VISITOR, at=world.clock.now()) == welcome.Welcome()


async def test_case_and_spaces_of_the_typed_password_do_not_matter(world: World) -> None:
    await world.account()
    login, password = await issue(world)
    assert (await sign_in(world, f" {login} ", f" {password[:5].lower()} {password[5:]}")).step is FlowStep.DETAILS


@pytest.mark.parametrize(("seconds", "is_late"), [(3 * 86400 - 1, False), (3 * 86400, True)])
async def test_it_works_for_three_days_to_the_second(world: World, seconds: float, is_late: bool) -> None:
    await world.account()
    login, password = await issue(world)
    world.later(seconds=seconds)
    if is_late:
        with pytest.raises(TemporaryPasswordExpired):
            await sign_in(world, login, password)
    else:
        assert (await sign_in(world, login, password)).step is FlowStep.DETAILS


async def test_a_wrong_password_is_not_told_that_it_is_late(world: World) -> None:
    await world.account()
    login, _ = await issue(world)
    world.later(days=3)
    with pytest.raises(WrongCredentials):
        await sign_in(world, login, "AAAAAAAAAA")


@pytest.mark.parametrize("typed", ["000 447 7622", " 0004477622 ", "000-447-7622", "№ 0004477622"])
async def test_the_account_number_may_be_typed_in_any_writing(world: World, typed: str) -> None:
    await world.account()
    _, password = await issue(world)
    assert (await sign_in(world, typed, password)).login == ACCOUNT


@pytest.mark.parametrize("login", ["nobody", "0007730015", "x" * 500])
async def test_an_unknown_login_is_refused_like_a_wrong_password(world: World, login: str) -> None:
    await world.account()
    _, password = await issue(world)
    with pytest.raises(WrongCredentials):
        await sign_in(world, login, password)


async def test_the_eleventh_try_in_a_quarter_of_an_hour_is_not_looked_at(world: World) -> None:
    await world.account()
    login, password = await issue(world)
    for _ in range(10):
        with pytest.raises(WrongCredentials):
            await sign_in(world, login, "wrong")
    with pytest.raises(TooManyTries):
        await sign_in(world, login, password)


async def test_a_new_one_voids_the_older_one(world: World) -> None:
    await world.account()
    login, older = await issue(world)
    _, newer = await issue(world)
    with pytest.raises(WrongCredentials):
        await sign_in(world, login, older)
    assert (await sign_in(world, login, newer)).step is FlowStep.DETAILS


async def test_a_login_may_be_given(world: World) -> None:
    await world.account()
    login, password = await issue(world, login="Kovalenko-7")
    assert login == "Kovalenko-7"
    assert (await sign_in(world, "kovalenko-7", password)).login == "kovalenko-7"


@pytest.mark.parametrize("number", ["", "4477622", "0004477623", "380671000001"])
async def test_no_account_no_password(world: World, number: str) -> None:
    await world.account()
    with pytest.raises(NotFound):
        await issue(world, number)


async def test_an_account_that_is_in_a_profile_gets_none(world: World) -> None:
    account_id, profile_id = await world.account(), await world.profile()
    async with world.database.unit_of_work() as session:
        at = world.clock.now()
        session.add(Holding(profile_id=profile_id, internet_account_id=account_id, proved_at=at))
    with pytest.raises(AccountHasProfile):
        await issue(world)
    async with world.database.reading() as session:
        assert (await session.exec(select(TemporaryPassword).order_by(col(TemporaryPassword.id)))).all() == []


async def at_the_login_page(world: World, login: str, password: str):
    arguments = world.asking | {"next_path": "", "device": ""}
    return await sign_in_page.with_password(
        world.database.unit_of_work, KEY, login=login, password=password, **arguments
    )


async def test_at_the_login_page_a_temporary_password_begins_the_first_visit(world: World) -> None:
    await world.account()
    login, password = await issue(world)
    assert isinstance(await at_the_login_page(world, login, password), FirstVisit)
    async with world.database.reading() as session:
        reached = await welcome.standing(session, visitor=VISITOR, at=world.clock.now())
    assert reached.step is FlowStep.DETAILS


async def test_at_the_login_page_a_late_one_is_told_and_a_wrong_one_is_not(world: World) -> None:
    await world.account()
    login, password = await issue(world)
    world.later(days=3)
    with pytest.raises(TemporaryPasswordExpired):
        await at_the_login_page(world, login, password)
    with pytest.raises(WrongCredentials):
        await at_the_login_page(world, login, "AAAAAAAAAA")
