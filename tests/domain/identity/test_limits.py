"""How often ways in may be tried: A2, A3, A5, A11. The numbers are written as they are promised, not as coded."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from mykyivstar.domain.identity import limits, passkeys, sign_in, temporary
from mykyivstar.domain.identity.codes import send_code, spend_code
from mykyivstar.domain.identity.errors import TooManyTries, WrongCode, WrongCredentials
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import CodePurpose
from mykyivstar.domain.identity.passkey_ceremony import RelyingParty
from tests.domain.identity.conftest import KEY, OLENA, World

_HOUR, _QUARTER, _DAY = timedelta(hours=1), timedelta(minutes=15), timedelta(days=1)
_SITE = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))

PROMISED = [
    (Rule.CODES_TO_NUMBER, 5, _HOUR),
    (Rule.CODES_TO_NUMBER_A_DAY, 15, _DAY),
    (Rule.CODES_FOR_BROWSER, 10, _HOUR),
    (Rule.CODES_FOR_ADDRESS, 60, _HOUR),
    (Rule.CODE_TRIES_OF_NUMBER, 20, _HOUR),
    (Rule.PASSWORDS_OF_LOGIN, 10, _QUARTER),
    (Rule.PASSWORDS_FOR_BROWSER, 20, _QUARTER),
    (Rule.PASSWORDS_FOR_ADDRESS, 100, _QUARTER),
    (Rule.PASSKEYS_FOR_ADDRESS, 60, _QUARTER),
]


@pytest.mark.parametrize(("rule", "hits", "window"), PROMISED, ids=[rule.key for rule, _, _ in PROMISED])
async def test_so_many_in_so_long_and_no_more(world: World, rule: Rule, hits: int, window: timedelta) -> None:
    began = world.clock.now().replace(hour=0)

    async def wait_after(span: timedelta = timedelta()) -> int:
        async with world.database.unit_of_work() as session:
            return await limits.hit(session, began + span, (rule, "somebody"))

    assert [await wait_after() for _ in range(hits)] == [0] * hits
    assert await wait_after() == window / timedelta(minutes=1)
    assert await wait_after(window - timedelta(seconds=1)) == 1
    assert await wait_after(window) == 0


async def test_nobody_waits_for_somebody_elses_tries(world: World) -> None:
    async with world.database.unit_of_work() as session:
        for _ in range(6):
            await limits.hit(session, world.clock.now(), (Rule.CODES_TO_NUMBER, "somebody"))
        assert await limits.hit(session, world.clock.now(), (Rule.CODES_TO_NUMBER, "another")) == 0


_each = count(1)


async def a_code(world: World, *, hours: int = 0, **changed: Any) -> None:
    """A code for a number, in a browser, from an address that were never here, as far as they are not `changed`."""
    number = next(_each)
    fresh = {"subject": f"line:{number}", "visitor": f"browser {number}", "address": f"address {number}"}
    world.later(hours=hours)
    await send_code(
        world.database.unit_of_work, KEY, purpose=CodePurpose.SIGN_IN, to=None, **(world.asking | fresh | changed)
    )


async def a_password(world: World, **changed: Any) -> None:
    number = next(_each)
    fresh = {"login": f"login{number}", "visitor": f"browser {number}", "address": f"address {number}"}
    arguments = world.asking | {"next_path": "", "device": "", "password": "wrong"} | fresh | changed
    with pytest.raises(WrongCredentials):
        await sign_in.with_password(world.database.unit_of_work, KEY, **arguments)


async def a_temporary_password(world: World, **changed: Any) -> None:
    number = next(_each)
    fresh = {"login": f"login{number}", "visitor": f"browser {number}", "address": f"address {number}"}
    arguments = {"password": "wrong", "at": world.clock.now()} | fresh | changed
    with pytest.raises(WrongCredentials):
        await temporary.sign_in(world.database.unit_of_work, **arguments)


async def a_passkey(world: World, **changed: Any) -> None:
    fresh = {"visitor": f"browser {next(_each)}", "at": world.clock.now()}
    await passkeys.sign_in_options(world.database.unit_of_work, _SITE, **(fresh | changed))


Try = Callable[..., Awaitable[None]]


@pytest.mark.parametrize(
    ("attempt", "same", "hits"),
    [
        (a_code, {"subject": "line:380671000001"}, 5),
        (a_code, {"subject": "line:380671000001", "hours": 1}, 15),
        (a_code, {"visitor": "v"}, 10),
        (a_code, {"address": "a"}, 60),
        (a_password, {"login": "olena"}, 10),
        (a_password, {"visitor": "v"}, 20),
        (a_password, {"address": "a"}, 100),
        (a_temporary_password, {"login": "olena"}, 10),
        (a_temporary_password, {"visitor": "v"}, 20),
        (a_temporary_password, {"address": "a"}, 100),
        (a_passkey, {"address": "a"}, 60),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(value),
)
async def test_each_is_counted_where_it_is_tried(world: World, attempt: Try, same: dict[str, Any], hits: int) -> None:
    world.clock.moment = world.clock.moment.replace(hour=0)
    for _ in range(hits):
        await attempt(world, **same)
    with pytest.raises(TooManyTries):
        await attempt(world, **same)


async def test_the_twenty_first_code_for_one_number_is_not_looked_at(world: World) -> None:
    async def guess(browser: int) -> None:
        arguments = {"purpose": CodePurpose.SIGN_IN, "subject": f"line:{OLENA}", "visitor": f"browser {browser}"}
        with pytest.raises(WrongCode):
            await spend_code(
                world.database.unit_of_work, KEY, code_id=ids[browser], code="0000", at=world.clock.now(), **arguments
            )

    ids = []
    for browser in range(5):
        asked = world.asking | {"subject": f"line:{OLENA}", "visitor": f"browser {browser}", "to": OLENA}
        sent = await send_code(world.database.unit_of_work, KEY, purpose=CodePurpose.SIGN_IN, **asked)
        ids.append(sent.code_id)
    for browser in range(5):
        for _ in range(4):
            await guess(browser)
    with pytest.raises(TooManyTries):
        await guess(0)
