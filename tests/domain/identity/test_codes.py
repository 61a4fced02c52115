"""One-time codes: A1, A2."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.domain.identity.codes import send_code, spend_code
from mykyivstar.domain.identity.errors import CodeExpired, CodeMalformed, CodeSpent, TooManyTries, WrongCode
from mykyivstar.domain.identity.models import CodePurpose, OneTimeCode
from mykyivstar.domain.notifications.models import SmsMessage, SmsState
from tests.domain.identity.conftest import KEY, OLENA, OTHER_VISITOR, VISITOR, World

SUBJECT = f"line:{OLENA}"


async def send(world: World, *, purpose: CodePurpose = CodePurpose.SIGN_IN, to=OLENA, **changed: Any):
    arguments = world.asking | {"subject": SUBJECT} | changed
    return await send_code(world.database.unit_of_work, KEY, purpose=purpose, to=to, **arguments)


async def spend(world: World, code_id: int, code: str, **changed: Any) -> None:
    arguments = {
        "purpose": CodePurpose.SIGN_IN,
        "subject": SUBJECT,
        "visitor": VISITOR,
        "at": world.clock.now(),
    } | changed
    await spend_code(world.database.unit_of_work, KEY, code_id=code_id, code=code, **arguments)


async def test_a_code_has_four_signs_without_look_alikes(world: World) -> None:
    for _ in range(5):
        await send(world)
    for code in await world.sent_codes():
        assert len(code) == 4
        assert set(code) <= set("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")


async def test_a_code_works_once(world: World) -> None:
    sent = await send(world)
    code = (await world.sent_codes())[0]
    await spend(world, sent.code_id, code)
    with pytest.raises(CodeSpent):
        await spend(world, sent.code_id, code)


async def test_a_code_is_read_as_it_was_meant(world: World) -> None:
    sent = await send(world)
    code = (await world.sent_codes())[0]
    in_cyrillic = code.lower().translate(str.maketrans("abcehkmptxy", "авсенкмртху"))
    await spend(world, sent.code_id, f" {in_cyrillic[:2]}-{in_cyrillic[2:]} ")


@pytest.mark.parametrize(
    ("purpose", "minutes"), [(CodePurpose.SIGN_IN, 5), (CodePurpose.REGISTER, 3), (CodePurpose.RECOVER, 5)]
)
async def test_a_code_lives_to_the_second(world: World, purpose: CodePurpose, minutes: int) -> None:
    sent = await send(world, purpose=purpose)
    code = (await world.sent_codes())[0]
    world.later(minutes=minutes)
    with pytest.raises(CodeExpired):
        await spend(world, sent.code_id, code, purpose=purpose)
    world.later(seconds=-1)
    await spend(world, sent.code_id, code, purpose=purpose)


async def test_the_fifth_wrong_try_is_the_last(world: World) -> None:
    sent = await send(world)
    code = (await world.sent_codes())[0]
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as refused:
            await spend(world, sent.code_id, "0000")
        assert refused.value.params == {"tries_left": left}
    with pytest.raises(CodeSpent):
        await spend(world, sent.code_id, "0000")
    with pytest.raises(CodeSpent):
        await spend(world, sent.code_id, code)


@pytest.mark.parametrize("typed", ["", "   ", "K7M", "K7MDX", "--", "K7MD K7MD"])
async def test_what_is_no_whole_code_is_no_try(world: World, typed: str) -> None:
    sent = await send(world)
    for _ in range(6):
        with pytest.raises(CodeMalformed):
            await spend(world, sent.code_id, typed)
    await spend(world, sent.code_id, (await world.sent_codes())[0])


async def test_two_simultaneous_tries_cannot_both_use_a_code(world: World) -> None:
    sent = await send(world)
    code = (await world.sent_codes())[0]
    outcomes = await asyncio.gather(*(spend(world, sent.code_id, code) for _ in range(4)), return_exceptions=True)
    assert [outcome for outcome in outcomes if outcome is None] == [None]


async def test_a_new_code_voids_the_old_one(world: World) -> None:
    old = await send(world)
    old_code = (await world.sent_codes())[0]
    new = await send(world)
    with pytest.raises(CodeSpent):
        await spend(world, old.code_id, old_code)
    await spend(world, new.code_id, (await world.sent_codes())[0])


@pytest.mark.parametrize(
    "foreign",
    [{"visitor": OTHER_VISITOR}, {"purpose": CodePurpose.RECOVER}, {"subject": "line:380671000002"}],
    ids=["another browser", "another purpose", "another number"],
)
async def test_a_code_fits_only_what_it_was_sent_for(world: World, foreign: dict[str, Any]) -> None:
    sent = await send(world)
    with pytest.raises(CodeSpent):
        await spend(world, sent.code_id, (await world.sent_codes())[0], **foreign)


async def test_a_strangers_request_does_not_void_my_code(world: World) -> None:
    mine = await send(world)
    my_code = (await world.sent_codes())[0]
    await send(world, visitor=OTHER_VISITOR)
    await spend(world, mine.code_id, my_code)


async def test_five_codes_an_hour_go_to_one_number_and_no_more(world: World) -> None:
    for browser in range(5):
        await send(world, visitor=f"browser {browser}")
    with pytest.raises(TooManyTries) as refused:
        await send(world, visitor="one more")
    assert 1 <= refused.value.params["minutes"] <= 60
    world.later(hours=1)
    await send(world, visitor="one more")


async def test_wrong_codes_for_one_number_are_counted_over_all_browsers(world: World) -> None:
    sent = [await send(world, visitor=f"browser {browser}") for browser in range(5)]
    for browser, code in enumerate(sent[:4]):
        for _ in range(5):
            with pytest.raises((WrongCode, CodeSpent)):
                await spend(world, code.code_id, "0000", visitor=f"browser {browser}")
    with pytest.raises(TooManyTries):
        await spend(world, sent[4].code_id, (await world.sent_codes())[0], visitor="browser 4")


async def test_nobodys_number_leaves_the_same_rows_and_no_message(world: World) -> None:
    real, decoy = await send(world), await send(world, to=None, subject="line:380501234567")
    assert decoy.expires_at == real.expires_at
    async with world.database.reading() as session:
        messages = list(await session.exec(select(SmsMessage).order_by(SmsMessage.id)))
        rows = list(await session.exec(select(OneTimeCode).order_by(OneTimeCode.id)))
    assert [message.state for message in messages] == [SmsState.WAITING, SmsState.SUPPRESSED]
    assert messages[1].params is None
    assert [row.sent_to for row in rows] == [OLENA, None]


async def test_no_code_ever_fits_a_decoy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mykyivstar.domain.identity.codes.new_code", lambda alphabet, length: "AAAA")
    decoy = await send(world, to=None)
    with pytest.raises(WrongCode):
        await spend(world, decoy.code_id, "AAAA")


async def test_the_database_holds_no_code(world: World) -> None:
    await send(world)
    code = (await world.sent_codes())[0]
    assert code not in (await world.codes())[0].model_dump_json()
