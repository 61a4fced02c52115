"""The customer's side: what may be written, sent once, by its owner alone."""

import asyncio

import pytest
from sqlmodel import func, select

from mykyivstar.domain.applications import checking, data, documents, filing, queries
from mykyivstar.domain.applications.errors import (
    AddressUnfit,
    ApplicationMoved,
    ApplicationOpen,
    ContactUnconfirmed,
    DocumentsMissing,
    DocumentUnfit,
    NameUnfit,
    NothingAdded,
    SameAsNow,
    TooManyApplications,
    TooManyDocuments,
    WordsTooLong,
)
from mykyivstar.domain.applications.models import Application, ApplicationKind, ApplicationState, ApplicationStep
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.email import NotAnEmail
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.msisdn import NotANumber, NotMobile
from tests.domain.applications.conftest import NAME, Bureau
from tests.factories.people import hold, make_line

_K = ApplicationKind


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (_K.NAME, {"full_name": "  О’Коннор-Лисенко   Мар’яна "}, {"full_name": "О'Коннор-Лисенко Мар'яна"}),
        (
            _K.DOCUMENT,
            {"document_kind": "passport", "document_number": "ce 123-456"},
            {"document_kind": "passport", "document_number": "СЕ123456"},
        ),
        (
            _K.DOCUMENT,
            {"document_kind": "travel_passport", "document_number": "FА123456"},
            {"document_kind": "travel_passport", "document_number": "FA123456"},
        ),
        (_K.ADDRESS, {"address": "м. Київ,\n вул. Садова, 1"}, {"address": "м. Київ, вул. Садова, 1"}),
        (_K.EMAIL, {"email": " olena@Example.com "}, {"email": "olena@example.com"}),
        (_K.PHONE, {"phone": "067 100-00-09"}, {"phone": "380671000009"}),
    ],
)
def test_what_is_written_is_kept_in_one_form(
    kind: ApplicationKind, typed: dict[str, str], kept: dict[str, str]
) -> None:
    assert data.wanted(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        (_K.NAME, {"full_name": "Олена"}, NameUnfit),
        (_K.NAME, {"full_name": "<b>Олена</b> Коваленко"}, NameUnfit),
        (_K.NAME, {"full_name": "а " * 90}, NameUnfit),
        (_K.NAME, {}, NameUnfit),
        (_K.DOCUMENT, {"document_kind": "id_card", "document_number": "АВ123456"}, DocumentUnfit),
        (_K.DOCUMENT, {"document_kind": "library_card", "document_number": "1"}, Malformed),
        (_K.ADDRESS, {"address": "Київ"}, AddressUnfit),
        (_K.EMAIL, {"email": "olena@"}, NotAnEmail),
        (_K.PHONE, {"phone": "112"}, NotANumber),
        (_K.PHONE, {"phone": "044 123 45 67"}, NotMobile),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    kind: ApplicationKind, typed: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        data.wanted(kind, typed)


def test_of_a_documents_number_a_screen_shows_the_end() -> None:
    assert data.masked({"document_number": "001840561", "address": "Київ"}) == {
        "document_number": "•••• 61",
        "address": "Київ",
    }


async def test_sent_twice_at_once_it_is_one_application_and_one_sms(bureau: Bureau) -> None:
    async with bureau.database.unit_of_work() as session:
        await hold(session, bureau.olena, await make_line(session))
    application = await bureau.writes(words="Новий паспорт")
    await bureau.attaches(application)
    both = await asyncio.gather(bureau.sends(application), bureau.sends(application))
    assert {each.state for each in both} == {ApplicationState.NEW}
    async with bureau.database.reading() as session:
        (step,) = (await session.exec(select(ApplicationStep))).all()
        assert (step.text, step.files) == ("Новий паспорт", 1)
        (sms,) = (await session.exec(select(SmsMessage))).all()
        assert sms.template == SmsTemplate.APPLICATION_FILED


async def test_two_forms_of_one_kind_make_one_open_application(bureau: Bureau) -> None:
    forms = [await bureau.writes(), await bureau.writes()]
    for form in forms:
        await bureau.attaches(form)
    done = await asyncio.gather(*(bureau.sends(form) for form in forms), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["Application", "ApplicationOpen"]
    with pytest.raises(ApplicationOpen):
        await bureau.writes()
    assert (await bureau.writes({"address": "м. Київ, вул. Садова, 1"}, _K.ADDRESS)).number.startswith("A-")
    assert (await bureau.writes(who=bureau.taras)).profile_id == bureau.taras.profile_id


async def test_it_asks_for_a_fresh_proof_documents_and_what_was_read(bureau: Bureau) -> None:
    application = await bureau.writes()
    async with bureau.database.unit_of_work() as session:
        with pytest.raises(ProofNeeded):
            await filing.send(session, bureau.olena, key=application.key, shown=NAME, at=bureau.clock.now())
    with pytest.raises(DocumentsMissing):
        await bureau.sends(application)
    await bureau.attaches(application)
    with pytest.raises(ApplicationMoved):
        await bureau.sends(application, full_name="Хтось Інший")
    assert (await bureau.sends(application)).state is ApplicationState.NEW


async def test_the_same_as_now_is_no_application(bureau: Bureau) -> None:
    with pytest.raises(SameAsNow):
        await bureau.writes({"email": await _own_email(bureau)}, _K.EMAIL)


async def test_a_contact_needs_no_paper_but_its_code(bureau: Bureau) -> None:
    application = await bureau.writes({"email": "olena@example.com"}, _K.EMAIL)
    with pytest.raises(ContactUnconfirmed):
        await bureau.sends(application)


async def test_strangers_find_nothing(bureau: Bureau) -> None:
    application = await bureau.files()
    mine = await bureau.writes({"address": "м. Київ, вул. Садова, 1"}, _K.ADDRESS)
    file = await bureau.attaches(mine)
    for verb, about in ((filing.withdraw, {}), (filing.add, {"words": "Я теж"})):
        with pytest.raises(NotFound):
            await bureau.does(verb, bureau.taras, application, **about)
    with pytest.raises(NotFound):
        await bureau.sends(mine, who=bureau.taras)
    with pytest.raises(NotFound):
        await bureau.attaches(mine, who=bureau.taras)
    async with bureau.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await documents.take_away(session, bureau.taras, file.code)
        with pytest.raises(NotFound):
            await documents.of_customer(session, bureau.taras, file.code)
        assert await queries.own(session, bureau.taras) == []


async def test_what_was_sent_cannot_be_taken_back_or_added_to_unasked(bureau: Bureau) -> None:
    application = await bureau.writes()
    file, spare = await bureau.attaches(application), await bureau.attaches(application)
    async with bureau.database.unit_of_work() as session:
        assert await documents.take_away(session, bureau.olena, spare.code) == spare.code
    await bureau.sends(application)
    async with bureau.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await documents.take_away(session, bureau.olena, file.code)
    with pytest.raises(ApplicationMoved):
        await bureau.attaches(application)
    with pytest.raises(ApplicationMoved):
        await bureau.does(filing.add, bureau.olena, application, words="Ще")


async def test_withdrawn_twice_it_is_withdrawn_and_a_new_one_may_be_filed(bureau: Bureau) -> None:
    application = await bureau.files()
    await bureau.does(filing.withdraw, bureau.olena, application)
    await bureau.does(filing.withdraw, bureau.olena, application)
    assert await bureau.states(application) == ["new", "withdrawn"]
    assert (await bureau.files()).number != application.number


async def test_there_is_a_limit_to_everything(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "A_DAY", 2)
    monkeypatch.setattr(documents, "FILES_MOST", 1)
    with pytest.raises(WordsTooLong):
        await bureau.writes(words="щ" * 1001)
    application = await bureau.writes()
    await bureau.attaches(application)
    with pytest.raises(TooManyDocuments):
        await bureau.attaches(application)
    await bureau.writes()
    with pytest.raises(TooManyApplications):
        await bureau.writes()
    again = await bureau.writes({"full_name": "Коваль Олена"}, form=application.key)
    assert (again.id, again.new) == (application.id, {"full_name": "Коваль Олена"})
    async with bureau.database.reading() as session:
        assert (await session.exec(select(func.count()).select_from(Application))).one() == 2


async def test_an_answer_without_anything_is_none(bureau: Bureau) -> None:
    application = await bureau.in_check()
    await bureau.does(checking.ask, bureau.solomiia, application, words="Друга сторінка")
    with pytest.raises(NothingAdded):
        await bureau.does(filing.add, bureau.olena, application, words="  ")


async def _own_email(bureau: Bureau) -> str:
    async with bureau.database.unit_of_work() as session:
        profile = await session.get_one(Profile, bureau.olena.profile_id)
        profile.contact_email = "olena@example.com"
        session.add(profile)
    return "olena@example.com"
