"""Nobody learns whether a number is a customer's from the work it makes: A1, A2, A3, A8."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from mykyivstar.domain.identity import recovery, registration, sign_in
from mykyivstar.domain.identity.errors import WrongCredentials
from mykyivstar.domain.lines.models import LineState
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.identity.conftest import ACCOUNT, KEY, World

WITHOUT_PROFILE, INACTIVE, NOBODY = "380671000002", "380671000003", "380671000004"
NOBODYS_ACCOUNT = "0007730015"


async def an_operator(world: World) -> None:
    """Olena, whose login is a number of hers; somebody without a profile; a line that is no more."""
    first, second = await world.line(), await world.line(Msisdn("380671000009"))
    await world.profile(first, second, login="380671000001")
    await world.line(Msisdn(WITHOUT_PROFILE))
    await world.line(Msisdn(INACTIVE), state=LineState.INACTIVE)
    await world.account()


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    ran: list[str] = []

    def note(*call: Any) -> None:
        # Which columns of a row are filled in takes no time.
        ran.append(call[2].partition(" SET ")[0])

    engines = {world.database.writer.sync_engine, world.database.reader.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


async def ask(world: World, which: str, typed: str) -> None:
    arguments: dict[str, Any] = world.asking | {"typed": typed, "visitor": f"browser {which} {typed}"}
    if which == "sign_in":
        await sign_in.ask_for_code(world.database.unit_of_work, KEY, next_path="", **arguments)
    elif which == "register":
        await registration.ask_for_code(world.database.unit_of_work, KEY, **arguments)
    else:
        await recovery.ask_for_code(world.database.unit_of_work, KEY, **arguments)


@pytest.mark.parametrize("which", ["sign_in", "register", "recover"])
async def test_a_code_takes_the_same_statements_whoevers_the_number_is(world: World, which: str) -> None:
    await an_operator(world)
    ran = {}
    for typed in ("380671000001", "380671000009", WITHOUT_PROFILE, INACTIVE, NOBODY):
        with statements(world) as ran[typed]:
            await ask(world, which, typed)
    assert len(ran[NOBODY]) > 5
    assert all(each == ran[NOBODY] for each in ran.values())


@pytest.mark.parametrize("which", ["sign_in", "recover"])
async def test_an_account_takes_the_same_statements_too(world: World, which: str) -> None:
    await an_operator(world)
    with statements(world) as known:
        await ask(world, which, ACCOUNT)
    with statements(world) as unknown:
        await ask(world, which, NOBODYS_ACCOUNT)
    assert known == unknown


@pytest.mark.parametrize(
    "alike",
    [["380671000001", "380671000009", WITHOUT_PROFILE, INACTIVE, NOBODY], [ACCOUNT, NOBODYS_ACCOUNT], ["olena", "no"]],
    ids=["numbers", "accounts", "names"],
)
async def test_a_wrong_password_takes_the_same_statements_whoevers_the_login_is(
    world: World, alike: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await an_operator(world)
    await world.profile(login="olena")
    looked: list[int] = []
    matches = sign_in.passwords.matches

    async def counted(password: str, stored: str | None) -> bool:
        looked.append(1)
        return await matches(password, stored)

    monkeypatch.setattr(sign_in.passwords, "matches", counted)
    ran, hashes = [], []
    for typed in alike:
        looked.clear()
        arguments: dict[str, Any] = world.asking | {"login": typed, "password": "wrong", "next_path": "", "device": ""}
        with statements(world) as each, pytest.raises(WrongCredentials):
            await sign_in.with_password(world.database.unit_of_work, KEY, **arguments)
        ran.append(each)
        hashes.append(len(looked))
    assert all(each == ran[0] for each in ran)
    assert hashes == [2] * len(alike)
