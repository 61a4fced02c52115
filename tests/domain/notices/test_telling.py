"""Told by the ways that were chosen, and never by none because an address is missing (M5)."""

import pytest

from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notices.models import AppNotice
from mykyivstar.domain.notices.telling import Whose
from mykyivstar.domain.notices.topics import TOPIC_OF, NoticeTopic
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.domain.notifications.templates import SmsTemplate
from tests.domain.notices.conftest import EMAIL, PHONE, Told
from tests.factories.people import hold, make_person

INTERNET = NoticeTopic.INTERNET


async def test_by_sms_and_in_the_app_unless_chosen_otherwise(told: Told) -> None:
    await told.say(Whose(profile_id=told.olena.profile_id))
    assert await told.ways() == (1, 0, 1)
    [sms], [notice] = await told.rows(SmsMessage), await told.rows(AppNotice)
    assert (sms.to, sms.template) == (PHONE, "internet_on")
    assert (notice.profile_id, notice.template, notice.params) == (
        told.olena.profile_id,
        "internet_on",
        {"number": "0004477622"},
    )


@pytest.mark.parametrize(
    ("on", "off", "ways"),
    [
        ("email", "", (1, 1, 1)),
        ("email", "sms", (0, 1, 1)),
        ("email", "sms app", (0, 1, 0)),
        ("", "sms", (0, 0, 1)),
        ("", "app", (1, 0, 0)),
        ("", "sms app", (0, 0, 0)),
    ],
)
async def test_every_way_is_switched_by_itself(told: Told, on: str, off: str, ways: tuple[int, int, int]) -> None:
    await told.choose(INTERNET, on=on, off=off)
    await told.say(Whose(profile_id=told.olena.profile_id))
    assert await told.ways() == ways


async def test_a_choice_is_of_its_topic_alone(told: Told) -> None:
    await told.choose(NoticeTopic.MONEY, off="sms app")
    await told.say(Whose(profile_id=told.olena.profile_id))
    await told.say(Whose(profile_id=told.olena.profile_id), SmsTemplate.TRANSFER_GOT, kopiykas="100", by="067*****02")
    assert await told.ways() == (1, 0, 1)


async def test_a_letter_goes_to_the_address_of_the_profile(told: Told) -> None:
    await told.choose(INTERNET, on="email", off="sms")
    await told.say(Whose(internet_account_id=told.account_id))
    await told.say(Whose(internet_account_id=told.account_id))
    letters = await told.rows(MailMessage)
    assert [(each.to, each.template) for each in letters] == [(EMAIL, "notice")] * 2
    assert letters[0].params == {"template": "internet_on", "values": {"number": "0004477622"}}


async def test_who_wants_letters_only_and_has_no_address_any_more_gets_the_sms(told: Told) -> None:
    await told.choose(INTERNET, on="email", off="sms app")
    async with told.database.unit_of_work() as session:
        (await session.get_one(Profile, told.olena.profile_id)).contact_email = None
    await told.say(Whose(line_id=told.line_id))
    assert await told.ways() == (1, 0, 0)


async def test_the_owner_of_the_longest_standing_is_meant(told: Told) -> None:
    async with told.database.unit_of_work() as session:
        daughter = await make_person(session, "daughter")
        line = await session.get_one(Line, told.line_id)
        await hold(session, daughter, line, proved_at=told.clock.now())
    await told.say(Whose(line_id=told.line_id))
    assert [notice.profile_id for notice in await told.rows(AppNotice)] == [told.olena.profile_id]


async def test_a_line_without_a_profile_gets_the_sms_and_nothing_else(told: Told) -> None:
    await told.say(Whose(line_id=999))
    assert await told.ways() == (1, 0, 0)


def test_nothing_that_protects_has_a_topic() -> None:
    protects = {each for each in SmsTemplate if each.value.startswith("code_")} | {
        SmsTemplate.NEW_SIGN_IN,
        SmsTemplate.PASSWORD_CHANGED,
        SmsTemplate.PASSKEY_ADDED,
        SmsTemplate.SECRET_QUESTION_USED,
        SmsTemplate.SMS_SWITCHED_OFF,
        SmsTemplate.TEMPORARY_PASSWORD,
        SmsTemplate.TRANSFER_GIVEN,
        SmsTemplate.PROMISE_GIVEN,
        SmsTemplate.APPLICATION_FILED,
        # To whoever is nobody's profile.
        SmsTemplate.REQUEST_ANSWERED,
    }
    assert protects & TOPIC_OF.keys() == set()
