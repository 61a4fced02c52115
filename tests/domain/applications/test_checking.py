"""The desk's side: who may read, who decides, what then changes and who hears of it."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.domain.applications import checking, documents, filing
from mykyivstar.domain.applications.errors import ApplicationMoved, CheckedByAnother, ReasonMissing
from mykyivstar.domain.applications.models import ApplicationKind, ApplicationState, Reason
from mykyivstar.domain.identity.models import Profile, SecurityEvent
from mykyivstar.domain.notices import choosing, inbox
from mykyivstar.domain.notices.topics import NoticeTopic, NoticeWay
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.domain.support.models import CustomerLook
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.applications.conftest import NAME, Bureau
from tests.factories.people import hold, make_line


async def test_of_two_who_take_it_one_has_it_and_the_other_is_told_who(bureau: Bureau) -> None:
    application = await bureau.files()
    done = await asyncio.gather(
        *(bureau.does(checking.take, who, application) for who in (bureau.solomiia, bureau.bohdan)),
        return_exceptions=True,
    )
    (refusal,) = [each for each in done if isinstance(each, CheckedByAnother)]
    assert refusal.params["name"] in {"Соломія", "Богдан"}
    assert await bureau.states(application) == ["new", "in_check"]


async def test_approved_twice_at_once_the_data_change_once(bureau: Bureau) -> None:
    application = await bureau.in_check()
    approving = (bureau.does(checking.approve, bureau.solomiia, application) for _ in range(2))
    done = await asyncio.gather(*approving, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["Application", "ApplicationMoved"]
    assert (await bureau.known())["full_name"] == NAME["full_name"]
    async with bureau.database.reading() as session:
        assert [each.kind for each in (await session.exec(select(SecurityEvent))).all()] == ["data_changed"]


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (ApplicationKind.DOCUMENT, {"document_kind": "id_card", "document_number": "001840561"}),
        (ApplicationKind.ADDRESS, {"address": "м. Київ, вул. Садова, 1"}),
    ],
)
async def test_an_approval_puts_the_new_in_the_place_of_the_old(
    bureau: Bureau, kind: ApplicationKind, typed: dict[str, str]
) -> None:
    application = await bureau.in_check(typed=typed, kind=kind)
    await bureau.does(checking.approve, bureau.solomiia, application)
    assert {name: (await bureau.known())[name] for name in typed} == typed


async def test_the_name_we_call_them_by_follows_only_the_name_of_the_contract(bureau: Bureau) -> None:
    for name, called in ((NAME["full_name"], "Олена"), ("Коваль Олена Іванівна", "Коваль Олена Іванівна")):
        application = await bureau.in_check(typed={"full_name": name})
        await bureau.does(checking.approve, bureau.solomiia, application)
        async with bureau.database.unit_of_work() as session:
            profile = await session.get_one(Profile, bureau.olena.profile_id)
            assert profile.name == called
            profile.name = name
            session.add(profile)


async def test_the_old_contact_and_the_new_one_hear_of_the_change(bureau: Bureau) -> None:
    async with bureau.database.unit_of_work() as session:
        await hold(session, bureau.olena, await make_line(session))
        profile = await session.get_one(Profile, bureau.olena.profile_id)
        profile.contact_phone, profile.contact_email = Msisdn("380671000001"), "old@example.com"
        session.add(profile)
    application = await bureau.writes({"phone": "0671000009"}, ApplicationKind.PHONE)
    async with bureau.database.unit_of_work() as session:
        application = await session.merge(application)
        application.confirmed_at = bureau.clock.now()
    application = await bureau.sends(application)
    await bureau.does(checking.take, bureau.solomiia, application)
    await bureau.does(checking.approve, bureau.solomiia, application)
    assert (await bureau.known())["phone"] == "380671000009"
    async with bureau.database.reading() as session:
        sms = [(each.to.digits, each.template) for each in await session.exec(select(SmsMessage))]
        (letter,) = (await session.exec(select(MailMessage))).all()
    assert sms == [
        ("380671000001", "application_filed"),
        ("380671000001", "application_approved"),
        ("380671000009", "application_approved"),
    ]
    assert (letter.to, letter.template) == ("old@example.com", "application")


async def test_whoever_has_it_reads_it_and_every_look_is_written_down(bureau: Bureau) -> None:
    application, at = await bureau.in_check(), bureau.clock.now()
    async with bureau.database.unit_of_work() as session:
        seen = await checking.opened(session, bureau.solomiia, application.code, at=at, is_new_look=True)
        (file,) = seen.files
        await documents.of_staff(session, bureau.solomiia, file.code, at=at)
        await documents.of_staff(session, bureau.marta, file.code, at=at)
        with pytest.raises(NotFound):
            await checking.opened(session, bureau.bohdan, application.code, at=at, is_new_look=True)
        with pytest.raises(NotFound):
            await documents.of_staff(session, bureau.bohdan, file.code, at=at)
    await bureau.does(checking.approve, bureau.solomiia, application)
    async with bureau.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await documents.of_staff(session, bureau.solomiia, file.code, at=at)
    async with bureau.database.reading() as session:
        looks = [
            (each.staff_id, each.application_id, each.file_code) for each in await session.exec(select(CustomerLook))
        ]
    assert looks == [
        (bureau.solomiia.staff_id, application.id, ""),
        (bureau.solomiia.staff_id, application.id, file.code),
        (bureau.marta.staff_id, application.id, file.code),
    ]


async def test_what_is_not_sent_is_not_there_for_the_staff(bureau: Bureau) -> None:
    draft = await bureau.writes()
    file = await bureau.attaches(draft)
    with pytest.raises(NotFound):
        await bureau.does(checking.take, bureau.marta, draft)
    async with bureau.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await documents.of_staff(session, bureau.marta, file.code, at=bureau.clock.now())
        assert await checking.work_list(session, bureau.marta, mine=False, over=False) == []


async def test_only_whoever_has_it_decides_and_a_lead_takes_it_over_first(bureau: Bureau) -> None:
    application = await bureau.in_check()
    verbs: list[tuple[Any, dict[str, Any]]] = [
        (checking.approve, {}),
        (checking.ask, {"words": "Ще"}),
        (checking.decline, {"reason": Reason.UNREADABLE, "words": ""}),
    ]
    for verb, about in verbs:
        for who in (bureau.bohdan, bureau.marta):
            with pytest.raises(CheckedByAnother):
                await bureau.does(verb, who, application, **about)
    await bureau.does(checking.take, bureau.marta, application)
    with pytest.raises(CheckedByAnother):
        await bureau.does(checking.approve, bureau.solomiia, application)
    declined = await bureau.does(
        checking.decline, bureau.marta, application, reason=Reason.SOMEBODY_ELSES, words="Паспорт брата"
    )
    assert (declined.state, declined.reason) == (ApplicationState.DECLINED, Reason.SOMEBODY_ELSES)
    assert (await bureau.known())["full_name"] == ""
    with pytest.raises(ApplicationMoved):
        await bureau.does(checking.take, bureau.marta, application)


async def test_who_is_awaited_may_be_declined_but_never_unread(bureau: Bureau) -> None:
    application, waits = await bureau.in_check(), ApplicationState.NEEDS_MORE
    about: dict[str, Any] = {"reason": Reason.SOMEBODY_ELSES, "words": "", "seen": waits}
    with pytest.raises(ApplicationMoved):
        await bureau.does(checking.decline, bureau.solomiia, application, **about)
    await bureau.does(checking.ask, bureau.solomiia, application, words="Ще сторінка")
    with pytest.raises(CheckedByAnother):
        await bureau.does(checking.decline, bureau.marta, application, **about)
    await bureau.does(filing.add, bureau.olena, application, words="Ось вона")
    with pytest.raises(ApplicationMoved):
        await bureau.does(checking.decline, bureau.solomiia, application, **about)
    await bureau.does(checking.ask, bureau.solomiia, application, words="І друга")
    declined = await bureau.does(checking.decline, bureau.solomiia, application, **about)
    assert (declined.state, declined.deadline_at) == (ApplicationState.DECLINED, None)
    with pytest.raises(ApplicationMoved):
        await bureau.does(filing.add, bureau.olena, application, words="Ось і друга")


async def test_customers_are_told_what_is_missing_and_why_not(bureau: Bureau) -> None:
    application = await bureau.in_check()
    with pytest.raises(ReasonMissing):
        await bureau.does(checking.ask, bureau.solomiia, application, words=" ")
    for reason in (Reason.OTHER, Reason.NO_ANSWER):
        with pytest.raises(ReasonMissing):
            await bureau.does(checking.decline, bureau.solomiia, application, reason=reason, words="")


async def test_the_list_has_the_soonest_deadline_first_and_says_when_data_changed_meanwhile(bureau: Bureau) -> None:
    first = await bureau.in_check()
    bureau.clock.moment = bureau.clock.moment.replace(hour=15)
    second = await bureau.files(who=bureau.taras)
    async with bureau.database.unit_of_work() as session:
        listed = await checking.work_list(session, bureau.bohdan, mine=False, over=False)
        assert [(each.application.id, each.name) for each in listed] == [(first.id, "Соломія"), (second.id, "")]
        assert await checking.work_list(session, bureau.bohdan, mine=True, over=False) == []
    await bureau.does(checking.ask, bureau.solomiia, first, words="Ще")
    async with bureau.database.reading() as session:
        listed = await checking.work_list(session, bureau.bohdan, mine=False, over=False)
        assert [each.application.id for each in listed] == [second.id, first.id]


async def test_a_decision_is_told_as_chosen_and_marked_in_the_app(bureau: Bureau) -> None:
    async with bureau.database.unit_of_work() as session:
        await hold(session, bureau.olena, await make_line(session))
        (await session.get_one(Profile, bureau.olena.profile_id)).contact_email = "olena@example.com"
        for way in (NoticeWay.SMS, NoticeWay.EMAIL):
            await choosing.choose(session, bureau.olena, NoticeTopic.REQUESTS, way, is_on=False)
    application = await bureau.in_check()
    await bureau.does(checking.approve, bureau.solomiia, application)
    async with bureau.database.reading() as session:
        assert [each.template for each in await session.exec(select(SmsMessage))] == ["application_filed"]
        assert (await session.exec(select(MailMessage))).all() == []
        assert await inbox.marks(session, bureau.olena) == inbox.Marks(1, ticket=False, application=True)
        [notice] = await inbox.newest(session, bureau.olena)
    assert (notice.template, notice.about) == ("application_approved", f"application:{application.code}")
