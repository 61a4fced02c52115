"""At the counter: who is given a temporary password, what is written down, and what the password is good for (A8)."""

from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.domain.identity import recovery, sign_in, temporary
from mykyivstar.domain.identity.errors import FlowLost, WrongCredentials
from mykyivstar.domain.identity.models import FlowKind, FlowStep, Language, Profile, SecurityEvent
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.staff.errors import StaffRoleNeeded
from mykyivstar.domain.support.models import CustomerLook
from mykyivstar.domain.visits import restoring
from mykyivstar.domain.visits.counter import Seen
from mykyivstar.domain.visits.errors import CoordinatorRestores, DocumentNoteMissing, NoSuchCustomer
from mykyivstar.domain.visits.models import AccessRestoring, ProofDocument, VisitLook
from mykyivstar.domain.visits.restoring import Asked, Given
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.visits.conftest import Centre

LINE, ACCOUNT = Msisdn("380671000001"), "0004477622"
PASSPORT = Seen(ProofDocument.PASSPORT, "паспорт, …123456")
BROWSER = {"visitor": "v" * 64, "address": "203.0.113.7"}


async def olenas_line(centre: Centre) -> None:
    async with centre.database.unit_of_work() as session:
        session.add(line := Line(msisdn=LINE))
        session.add(InternetAccount(number=ACCOUNT, contract_phone=Msisdn("380671000009")))
        await session.flush()
        session.add(Holding(profile_id=centre.olena.profile_id, line_id=line.id, proved_at=centre.clock.now()))


async def give(centre: Centre, subject: str = "067 100 00 01", seen: Seen = PASSPORT, number: str = "") -> Given:
    return await restoring.issue(
        centre.database.unit_of_work, centre.marta, Asked(subject, number), seen, at=centre.clock.now()
    )


async def enter(centre: Centre, given: Given, visitor: str = BROWSER["visitor"]) -> Any:
    return await sign_in.with_password(
        centre.database.unit_of_work,
        b"k" * 32,
        login=given.login,
        password=given.password,
        visitor=visitor,
        device="",
        address=BROWSER["address"],
        language=Language.UK,
        next_path="",
        at=centre.clock.now(),
    )


async def finish(centre: Centre, visitor: str = BROWSER["visitor"]) -> Any:
    return await recovery.finish(
        centre.database.unit_of_work,
        visitor=visitor,
        password="Zapovit-1845",
        again="Zapovit-1845",
        address=BROWSER["address"],
        at=centre.clock.now(),
    )


async def rows(centre: Centre, model: Any) -> list[Any]:
    async with centre.database.reading() as session:
        return list(await session.exec(select(model)))


async def test_a_customer_who_showed_a_document_sets_a_new_password(centre: Centre) -> None:
    await olenas_line(centre)
    given = await give(centre, number="V-7K3M9Q")
    assert given.login == "olena"
    [note] = await rows(centre, AccessRestoring)
    assert (note.staff_id, note.profile_id, note.visit_number) == (
        centre.marta.staff_id,
        centre.olena.profile_id,
        "V-7K3M9Q",
    )
    assert (note.document, note.note, note.subject) == (ProofDocument.PASSPORT, PASSPORT.note, f"line:{LINE.digits}")
    assert [(each.to, each.template, each.params) for each in await centre.sms()] == [
        (LINE, "temporary_password_issued", {})
    ], "contacts hear of it; the password itself is sent to nobody"
    assert [each.kind for each in await rows(centre, SecurityEvent)] == ["temporary_password_issued"]

    assert await enter(centre, given) == sign_in.NewPassword()
    async with centre.database.reading() as session:
        stands = await recovery.standing(session, visitor=BROWSER["visitor"], at=centre.clock.now())
    assert (stands.standing.step, stands.login) == (FlowStep.NEW_PASSWORD, "olena")
    await finish(centre)
    with pytest.raises(FlowLost):
        await finish(centre)
    with pytest.raises(WrongCredentials):
        await enter(centre, given)
    assert isinstance(await enter(centre, Given("olena", "Zapovit-1845")), sign_in.NeedsCode)


async def test_of_two_browsers_with_the_same_password_one_sets_the_new_one(centre: Centre) -> None:
    await olenas_line(centre)
    given = await give(centre)
    for visitor in ("one", "two"):
        await enter(centre, given, visitor)
    await finish(centre, "one")
    with pytest.raises(FlowLost):
        await finish(centre, "two")


async def test_a_newer_one_stops_the_older(centre: Centre) -> None:
    await olenas_line(centre)
    first, second = await give(centre), await give(centre)
    with pytest.raises(WrongCredentials):
        await enter(centre, first)
    begun = await temporary.sign_in(
        centre.database.unit_of_work, login="OLENA", password=second.password.lower(), **BROWSER, at=centre.clock.now()
    )
    assert begun is FlowKind.RECOVER


async def test_an_internet_account_without_a_profile_gets_what_a_first_visit_needs(centre: Centre) -> None:
    await olenas_line(centre)
    found = await restoring.look_for(centre.database.unit_of_work, centre.marta, Asked(ACCOUNT), at=centre.clock.now())
    assert (found.login, found.card, found.account_number) == (ACCOUNT, None, ACCOUNT)
    assert [each.subject for each in await rows(centre, VisitLook)] == [f"internet:{ACCOUNT}"]
    given = await give(centre, ACCOUNT)
    [sms] = await centre.sms()
    assert (sms.to.digits, sms.template) == ("380671000009", "temporary_password")
    assert await enter(centre, given) == sign_in.FirstVisit()


async def test_each_look_at_a_card_is_written_down(centre: Centre) -> None:
    await olenas_line(centre)
    for typed in ("067 100 00 01", "Olena"):
        found = await restoring.look_for(
            centre.database.unit_of_work, centre.marta, Asked(typed, "V-7K3M9Q"), at=centre.clock.now()
        )
        assert found.card is not None
        assert (found.card.name, found.login) == ("Олена", "olena")
    looks = await rows(centre, CustomerLook)
    assert [(each.staff_id, each.profile_id, each.visit_number) for each in looks] == [
        (centre.marta.staff_id, centre.olena.profile_id, "V-7K3M9Q")
    ] * 2


async def test_a_consultant_neither_looks_nor_gives(centre: Centre) -> None:
    await olenas_line(centre)
    asked, at = Asked("olena"), centre.clock.now()
    with pytest.raises(StaffRoleNeeded):
        await restoring.look_for(centre.database.unit_of_work, centre.solomiia, asked, at=at)
    with pytest.raises(StaffRoleNeeded):
        await restoring.issue(centre.database.unit_of_work, centre.solomiia, asked, PASSPORT, at=at)
    assert await rows(centre, CustomerLook) == []


@pytest.mark.parametrize("note", ["", "   ", "так"])
async def test_without_the_document_nothing_is_given(centre: Centre, note: str) -> None:
    await olenas_line(centre)
    with pytest.raises(DocumentNoteMissing):
        await give(centre, seen=Seen(ProofDocument.PASSPORT, note))
    assert await rows(centre, AccessRestoring) == []


async def test_nobody_and_a_companys_employee_are_refused(centre: Centre) -> None:
    await olenas_line(centre)
    for typed in ("067 100 00 02", "nobody", "", "0009999999"):
        with pytest.raises(NoSuchCustomer):
            await give(centre, typed)
    async with centre.database.unit_of_work() as session:
        (await session.get_one(Profile, centre.olena.profile_id)).is_employee = True
    with pytest.raises(CoordinatorRestores):
        await give(centre)
    with pytest.raises(CoordinatorRestores):
        await restoring.look_for(centre.database.unit_of_work, centre.marta, Asked("olena"), at=centre.clock.now())
    assert await centre.sms() == []
