"""Blocking the line that dials: two steps, taken back while it waits, in three languages (G1, O7)."""

import pytest
from sqlmodel import col, select, update

from mykyivstar.domain.blocking import service
from mykyivstar.domain.blocking.models import LineBlock
from mykyivstar.domain.lines.models import Line, LineState
from tests.api.ussd.conftest import Gateway, World
from tests.factories.people import make_line

BLOCKING = {
    "en": (
        (
            "Block 380671000001? No calls, SMS and data within 30 minutes; fees go on. "
            "Unblock in My Kyivstar by a code to another contact.\n1 Block\n0 Cancel"
        ),
        "380671000001 will be blocked by 12:30. Changed your mind? *110# and 6 until then.",
        "This number will be blocked by 12:30.\n1 Do not block it\n0 Exit",
        "Cancelled, nothing was done.",
    ),
    "uk": (
        (
            "Заблокувати 380671000001? За 30 хв не буде дзвінків, SMS, інтернету; абонплата йде. "
            "Розблокувати: Мій Київстар, кодом на інший контакт.\n1 Так\n0 Ні"
        ),
        "380671000001 буде заблоковано до 12:30. Передумали? До того часу наберіть *110# і 6.",
        "Цей номер буде заблоковано до 12:30.\n1 Не блокувати\n0 Вихід",
        "Скасовано, нічого не змінено.",
    ),
    "ru": (
        (
            "Заблокировать 380671000001? Через 30 мин не будет звонков, SMS, интернета; абонплата идёт. "
            "Разблокировать: Мой Киевстар, кодом на другой контакт.\n1 Да\n0 Нет"
        ),
        "380671000001 будет заблокирован до 12:30. Передумали? До этого времени наберите *110# и 6.",
        "Этот номер будет заблокирован до 12:30.\n1 Не блокировать\n0 Выход",
        "Отменено, ничего не изменено.",
    ),
}


async def blocks(world: World) -> list[tuple[int, str, str]]:
    async with world.database.reading() as session:
        found = await session.exec(select(LineBlock).order_by(col(LineBlock.id)))
        return [(each.line_id, each.reason.value, each.state.value) for each in found]


@pytest.mark.parametrize("language", BLOCKING)
async def test_the_line_that_dials_is_blocked_in_two_steps_and_thought_better_of(
    gateway: Gateway, world: World, language: str
):
    await world.speak(language)
    check, done, waits, nothing = BLOCKING[language]
    phone = gateway.phone()
    await phone.dial()
    assert await phone.answer("6") == check
    assert phone.is_open
    assert await phone.answer("1") == done
    assert not phone.is_open
    # The gateway sends the same step again: it is not asked for twice.
    assert await phone.send("1") == done
    assert await blocks(world) == [(1, "away", "waiting")]
    await phone.dial()
    assert await phone.answer("6") == waits
    assert await phone.answer("1") == nothing
    assert await blocks(world) == [(1, "away", "withdrawn")]
    assert max(len(text) for text in BLOCKING[language]) <= 182


async def test_blocking_is_given_up_and_asked_again(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    await phone.answer("6")
    assert (await phone.answer("7")).startswith("Choose one of the numbers.\nBlock 380671000001?")
    assert await phone.answer("0") == "Cancelled, nothing was done."
    assert await blocks(world) == []
    await phone.dial()
    await phone.answer("6", "1")
    await phone.dial()
    await phone.answer("6")
    assert (await phone.answer("5")).startswith("Choose one of the numbers.\nThis number will be blocked")
    assert await phone.answer("0") == "Thank you for being with Kyivstar!"
    assert await blocks(world) == [(1, "away", "waiting")]


async def test_a_line_without_another_contact_hears_of_the_service_centre(gateway: Gateway, world: World):
    async with world.database.unit_of_work() as session:
        await session.exec(update(Line).where(Line.id == world.other.id).values(state=LineState.INACTIVE))
    phone = gateway.phone()
    await phone.dial()
    assert "Unblock at a service centre with your document." in await phone.answer("6")


async def test_a_line_without_a_profile_blocks_nothing(gateway: Gateway, world: World):
    async with world.database.unit_of_work() as session:
        await make_line(session, "380671000055")
    phone = gateway.phone("380671000055")
    await phone.dial()
    assert (await phone.answer("6")).startswith("Це доступно номерам, зареєстрованим")
    assert await blocks(world) == []


async def test_a_blocked_line_has_no_menu(gateway: Gateway, world: World):
    phone = gateway.phone()
    await phone.dial()
    await phone.answer("6", "1")
    async with world.database.unit_of_work() as session:
        assert await service.carry_out(session, 1, at=world.clock.now())
    assert await gateway.phone().dial() == "This number is blocked. Questions: 466"
