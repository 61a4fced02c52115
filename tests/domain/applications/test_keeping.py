"""Codes to new contacts, and what is not kept for ever."""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.applications import checking, confirming, keeping, queries
from mykyivstar.domain.applications.errors import ApplicationMoved
from mykyivstar.domain.applications.models import (
    Application,
    ApplicationFile,
    ApplicationKind,
    ApplicationState,
    Reason,
)
from mykyivstar.domain.identity.errors import CodeSpent, WrongCode
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.kit.errors import NotFound
from tests.domain.applications.conftest import Bureau

KEY = b"a key"


async def send_code(bureau: Bureau, application: Application, **about: str) -> None:
    who = {"visitor": "browser", "address": "192.0.2.1"} | about
    await confirming.send(
        bureau.database.unit_of_work,
        KEY,
        bureau.olena,
        form=application.key,
        language=Language.UK,
        at=bureau.clock.now(),
        **who,  # type: ignore[arg-type]
    )


async def confirm(bureau: Bureau, application: Application, code: str, *, visitor: str = "browser") -> None:
    await confirming.confirm(
        bureau.database.unit_of_work,
        KEY,
        bureau.olena,
        form=application.key,
        visitor=visitor,
        code=code,
        at=bureau.clock.now(),
    )


async def newest_code(bureau: Bureau, table: type[SmsMessage] | type[MailMessage]) -> tuple[str, str]:
    """To whom, and the code."""
    async with bureau.database.reading() as session:
        message = (await session.exec(select(table).order_by(table.id.desc()))).first()  # type: ignore[union-attr]
    assert message is not None
    assert message.params is not None
    return str(message.to), message.params["code"]


@pytest.mark.parametrize(
    ("kind", "typed", "to"),
    [
        (ApplicationKind.PHONE, {"phone": "0671000009"}, "380671000009"),
        (ApplicationKind.EMAIL, {"email": "new@example.com"}, "new@example.com"),
    ],
)
async def test_the_code_goes_to_the_new_contact_and_opens_the_way(
    bureau: Bureau, kind: ApplicationKind, typed: dict[str, str], to: str
) -> None:
    application = await bureau.writes(typed, kind)
    await send_code(bureau, application)
    await send_code(bureau, application)
    sent_to, code = await newest_code(bureau, SmsMessage if kind is ApplicationKind.PHONE else MailMessage)
    assert sent_to == to
    with pytest.raises(WrongCode):
        await confirm(bureau, application, "2222" if code != "2222" else "3333")
    with pytest.raises(CodeSpent):
        await confirm(bureau, application, code, visitor="another browser")
    await confirm(bureau, application, code)
    with pytest.raises(CodeSpent):
        await confirm(bureau, application, code)
    assert (await bureau.sends(application)).state is ApplicationState.NEW


async def test_a_contact_written_anew_has_to_be_confirmed_anew(bureau: Bureau) -> None:
    application = await bureau.writes({"phone": "0671000009"}, ApplicationKind.PHONE)
    await send_code(bureau, application)
    await confirm(bureau, application, (await newest_code(bureau, SmsMessage))[1])
    again = await bureau.writes({"phone": "0671000008"}, ApplicationKind.PHONE, form=application.key)
    assert again.confirmed_at is None
    with pytest.raises(CodeSpent):
        await confirm(bureau, application, "2222")


async def test_no_code_goes_out_for_a_name_or_for_strangers(bureau: Bureau) -> None:
    with pytest.raises(ApplicationMoved):
        await send_code(bureau, await bureau.writes())
    theirs = await bureau.writes({"phone": "0671000009"}, ApplicationKind.PHONE, who=bureau.taras)
    with pytest.raises(NotFound):
        await send_code(bureau, theirs)


async def test_who_does_not_answer_in_ten_days_is_declined(bureau: Bureau) -> None:
    application = await bureau.in_check()
    await bureau.does(checking.ask, bureau.solomiia, application, words="Ще сторінка")
    for days, count in ((9, 0), (1, 1), (1, 0)):
        bureau.clock.moment += timedelta(days=days)
        async with bureau.database.unit_of_work() as session:
            assert await keeping.expire(session, at=bureau.clock.now()) == count
    async with bureau.database.reading() as session:
        now = await session.get_one(Application, application.id)
    assert (now.state, now.reason) == (ApplicationState.DECLINED, Reason.NO_ANSWER)


async def test_documents_and_values_go_ninety_days_after_the_decision_drafts_after_a_day(bureau: Bureau) -> None:
    decided = await bureau.in_check(words="Після одруження")
    await bureau.does(checking.approve, bureau.solomiia, decided)
    running = await bureau.files(who=bureau.taras)
    draft = await bureau.writes({"address": "м. Київ, вул. Садова, 1"}, ApplicationKind.ADDRESS)
    left = await bureau.attaches(draft)
    removed: list[str] = []

    async def remove(names: Sequence[str]) -> None:
        removed.extend(names)

    async with bureau.database.unit_of_work() as session:
        assert await keeping.forget_drafts(session, remove, at=bureau.clock.now()) == 0
    bureau.clock.moment += timedelta(days=1)
    async with bureau.database.unit_of_work() as session:
        assert await keeping.forget_drafts(session, remove, at=bureau.clock.now()) == 1
        assert await keeping.empty(session, remove, at=bureau.clock.now()) == 0
    assert removed == [left.code]
    bureau.clock.moment += timedelta(days=89)
    for count in (1, 0):
        async with bureau.database.unit_of_work() as session:
            assert await keeping.empty(session, remove, at=bureau.clock.now()) == count
    async with bureau.database.reading() as session:
        now = await session.get_one(Application, decided.id)
        (kept,) = (await session.exec(select(ApplicationFile))).all()
        steps = await queries.history(session, now)
    assert (now.state, now.old, now.new, now.words) == (ApplicationState.APPROVED, {}, {}, "")
    assert [(each.step.state.value, each.step.text) for each in steps] == [
        ("new", ""),
        ("in_check", ""),
        ("approved", ""),
    ]
    assert kept.application_id == running.id
    assert re.fullmatch(r"A-\d{6}", now.number)
    assert len(removed) == 2
