"""What somebody chose is theirs alone and stays (M5)."""

import asyncio

import pytest

from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.notices import choosing
from mykyivstar.domain.notices.errors import NoAddressForLetters
from mykyivstar.domain.notices.topics import USUAL, NoticeTopic, Ways
from tests.domain.notices.conftest import EMAIL, Told
from tests.factories.people import make_person


async def chosen(told: Told, actor=None) -> choosing.Chosen:
    async with told.database.reading() as session:
        return await choosing.chosen(session, actor or told.olena)


async def test_what_was_never_touched_is_as_usual(told: Told) -> None:
    found = await chosen(told)
    assert (dict(found.ways), found.email) == (dict(USUAL), EMAIL)


async def test_each_topic_keeps_its_own_choice_and_nobody_elses(told: Told) -> None:
    await told.choose(NoticeTopic.MONEY, on="email", off="sms")
    await told.choose(NoticeTopic.VISITS, off="app")
    async with told.database.unit_of_work() as session:
        taras = await make_person(session, "taras")
    found = await chosen(told)
    assert found.ways[NoticeTopic.MONEY] == Ways(sms=False, email=True, app=True)
    assert found.ways[NoticeTopic.VISITS] == Ways(app=False)
    assert found.ways[NoticeTopic.CHARGES] == Ways()
    assert dict((await chosen(told, taras)).ways) == dict(USUAL)


async def test_two_switches_at_the_same_moment_both_count(told: Told) -> None:
    await asyncio.gather(
        told.choose(NoticeTopic.MONEY, off="sms"),
        told.choose(NoticeTopic.MONEY, on="email"),
        told.choose(NoticeTopic.MONEY, off="app"),
    )
    assert (await chosen(told)).ways[NoticeTopic.MONEY] == Ways(sms=False, email=True, app=False)


async def test_letters_need_an_address_and_can_always_be_switched_off(told: Told) -> None:
    await told.choose(NoticeTopic.MONEY, on="email")
    async with told.database.unit_of_work() as session:
        (await session.get_one(Profile, told.olena.profile_id)).contact_email = None
    with pytest.raises(NoAddressForLetters):
        await told.choose(NoticeTopic.CHARGES, on="email")
    await told.choose(NoticeTopic.MONEY, off="email")
    assert (await chosen(told)).ways[NoticeTopic.MONEY] == Ways()
