"""Signing in to the desk: both proofs, one browser, and ends that hold."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar.domain.identity.errors import CodeSpent, FlowLost, TooManyTries, WrongCode
from mykyivstar.domain.identity.models import FlowStep
from mykyivstar.domain.identity.passwords import PasswordTooWeak, hash_password
from mykyivstar.domain.staff import management, sessions
from mykyivstar.domain.staff.errors import StaffLoginMalformed, StaffLoginTaken, StaffWrongCredentials, UnknownStaff
from mykyivstar.domain.staff.models import StaffRole
from tests.domain.staff.conftest import OTHER, PASSWORD, Door


async def test_a_password_and_a_code_open_a_session(door: Door) -> None:
    assert await door.password(" Solomiia ") is FlowStep.CODE
    token = await door.session(await door.finish(await door.code()))
    assert token is not None
    async with door.database.reading() as session:
        living = await sessions.by_token(session, token, door.clock.now())
    assert living is not None
    assert (living.actor.name, living.actor.role) == ("Соломія", StaffRole.CONSULTANT)


@pytest.mark.parametrize(("login", "password"), [("solomiia", "wrong"), ("nobody", PASSWORD), ("", "")])
async def test_wrong_credentials_are_refused_alike(door: Door, login: str, password: str) -> None:
    with pytest.raises(StaffWrongCredentials):
        await door.password(login, password)


async def test_the_password_alone_opens_nothing(door: Door) -> None:
    with pytest.raises(FlowLost):
        await door.finish("K7MD")
    await door.password()
    with pytest.raises(WrongCode):
        await door.finish("0000")


async def test_a_code_works_once_and_only_in_the_browser_that_asked(door: Door) -> None:
    await door.password()
    code = await door.code()
    with pytest.raises((FlowLost, CodeSpent)):
        await door.finish(code, OTHER)
    await door.finish(code)
    with pytest.raises((FlowLost, CodeSpent)):
        await door.finish(code)


async def test_a_ticket_is_traded_once_soon_and_in_the_same_browser(door: Door) -> None:
    await door.password()
    ticket = await door.finish(await door.code())
    assert await door.session(ticket, OTHER) is None
    done = await asyncio.gather(*[door.session(ticket) for _ in range(5)])
    assert sum(token is not None for token in done) == 1
    await door.password()
    late = await door.finish(await door.code())
    door.clock.moment += timedelta(seconds=31)
    assert await door.session(late) is None


async def test_guesses_are_limited(door: Door) -> None:
    for _ in range(10):
        with pytest.raises(StaffWrongCredentials):
            await door.password(password="wrong")
    with pytest.raises(TooManyTries):
        await door.password()


async def test_a_session_ends_by_silence_and_with_the_shift(door: Door) -> None:
    token = await door.signed_in()
    door.clock.moment += sessions.IDLE - timedelta(seconds=1)
    assert await door.lives(token)
    door.clock.moment += timedelta(seconds=1)
    assert not await door.lives(token)


async def test_a_closed_account_is_out_at_once_and_does_not_come_in_again(door: Door) -> None:
    token = await door.signed_in()
    async with door.database.unit_of_work() as session:
        await management.close(session, "solomiia", at=door.clock.now())
    assert not await door.lives(token)
    with pytest.raises(StaffWrongCredentials):
        await door.password()


async def test_another_password_ends_every_session(door: Door) -> None:
    token = await door.signed_in()
    async with door.database.unit_of_work() as session:
        await management.set_password(session, "solomiia", await hash_password("Kobzar-1841"), at=door.clock.now())
    assert not await door.lives(token)


async def test_accounts_have_logins_of_their_own_and_good_passwords(door: Door) -> None:
    about = {
        "name": "X",
        "role": StaffRole.LEAD,
        "phone": None,
        "password_hash": None,
        "skills": (),
        "at": door.clock.now(),
    }
    async with door.database.unit_of_work() as session:
        with pytest.raises(StaffLoginTaken):
            await management.add(session, login="solomiia", **about)
        with pytest.raises(StaffLoginMalformed):
            await management.add(session, login="Марта", **about)
        with pytest.raises(UnknownStaff):
            await management.of_login(session, "nobody")
    with pytest.raises(PasswordTooWeak):
        management.require_good_password("short", login="solomiia")


def test_a_role_includes_those_before_it() -> None:
    assert StaffRole.ADMINISTRATOR.includes(StaffRole.LEAD)
    assert StaffRole.LEAD.includes(StaffRole.CONSULTANT)
    assert not StaffRole.CONSULTANT.includes(StaffRole.LEAD)
