"""Registration: A1, A7."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.domain.identity import registration, sign_in
from mykyivstar.domain.identity.errors import (
    AlreadyRegistered,
    FlowLost,
    LoginMalformed,
    LoginTaken,
    MustAccept,
    WrongCode,
)
from mykyivstar.domain.identity.models import Agreement, Consent, FlowStep, Language, Profile
from mykyivstar.domain.identity.passwords import PasswordsDiffer, PasswordTooWeak
from mykyivstar.domain.lines.models import Holding
from mykyivstar.kit.msisdn import NotANumber
from tests.domain.identity.conftest import ACCOUNT, KEY, OLENA, OTHER_VISITOR, PASSWORD, STRANGER, VISITOR, World


async def ask(world: World, typed: str = str(OLENA)):
    return await registration.ask_for_code(world.database.unit_of_work, KEY, typed=typed, **world.asking)


async def prove(world: World, code: str | None = None):
    return await registration.prove(
        world.database.unit_of_work,
        KEY,
        visitor=VISITOR,
        code=code or (await world.sent_codes())[0],
        at=world.clock.now(),
    )


async def complete(world: World, **changed: Any):
    arguments: dict[str, Any] = {
        "visitor": VISITOR,
        "login": "",
        "password": PASSWORD,
        "again": PASSWORD,
        "accepts_terms": True,
        "accepts_personal_data": True,
        "remember": False,
        "language": Language.UK,
        "at": world.clock.now(),
    }
    return await registration.complete(world.database.unit_of_work, **arguments | changed)


async def test_number_code_and_details_make_a_profile_with_the_line_and_its_internet(world: World) -> None:
    line_id = await world.line()
    account_id = await world.account(ACCOUNT, contract_phone=OLENA)
    reached = await ask(world)
    assert (reached.expires_at - world.clock.now()).total_seconds() == 180
    assert (await prove(world)).step is FlowStep.DETAILS
    await complete(world)
    async with world.database.reading() as session:
        profile = (await session.exec(select(Profile))).one()
        consents = {c.agreement: c for c in await session.exec(select(Consent))}
        held = {(h.line_id, h.internet_account_id) for h in await session.exec(select(Holding))}
    assert profile.login == str(OLENA)
    assert set(consents) == {Agreement.TERMS, Agreement.PERSONAL_DATA}
    assert all(consent.version and consent.given_at == world.clock.now() for consent in consents.values())
    assert held == {(line_id, None), (None, account_id)}


async def test_a_foreign_operators_number_gets_the_same_answer_and_no_sms(world: World) -> None:
    reached = await ask(world, str(STRANGER))
    assert reached.step is FlowStep.CODE
    with pytest.raises(WrongCode):
        await prove(world, "AAAA")
    assert await world.sent_codes(STRANGER) == []


async def test_an_account_number_is_no_number_to_register(world: World) -> None:
    await world.account()
    with pytest.raises(NotANumber):
        await ask(world, ACCOUNT)


async def test_that_a_number_has_a_profile_is_told_only_after_its_code(world: World) -> None:
    await world.profile(await world.line())
    assert (await ask(world)).step is FlowStep.CODE
    with pytest.raises(AlreadyRegistered):
        await prove(world)
    with pytest.raises(FlowLost):
        await complete(world)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"accepts_terms": False}, MustAccept),
        ({"accepts_personal_data": False}, MustAccept),
        ({"again": "Kobzar-1841"}, PasswordsDiffer),
        ({"password": "kobzar", "again": "kobzar"}, PasswordTooWeak),
        ({"login": "ab"}, LoginMalformed),
        ({"login": "380671000002"}, LoginMalformed),
        ({"login": "Олена"}, LoginMalformed),
        ({"login": "taken"}, LoginTaken),
        ({"login": "TAKEN"}, LoginTaken),
        ({"visitor": OTHER_VISITOR}, FlowLost),
    ],
)
async def test_a_refused_detail_creates_nothing_and_can_be_mended(
    world: World, changed: dict[str, Any], refusal: type[Exception]
) -> None:
    await world.profile(login="taken")
    await world.line()
    await ask(world)
    await prove(world)
    with pytest.raises(refusal):
        await complete(world, **changed)
    async with world.database.reading() as session:
        assert len(list(await session.exec(select(Profile)))) == 1
        assert list(await session.exec(select(Holding))) == []
    await complete(world, login="olena.k")


async def test_a_double_click_registers_once(world: World) -> None:
    await world.line()
    await ask(world)
    await prove(world)
    outcomes = await asyncio.gather(complete(world), complete(world), return_exceptions=True)
    async with world.database.reading() as session:
        assert len(list(await session.exec(select(Profile)))) == 1
    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1


async def test_details_without_a_proved_number_lead_nowhere(world: World) -> None:
    await world.line()
    await ask(world)
    with pytest.raises(FlowLost):
        await complete(world)


async def test_a_number_proved_while_signing_in_needs_no_second_code(world: World) -> None:
    await world.line()
    await sign_in.ask_for_code(world.database.unit_of_work, KEY, typed=str(OLENA), next_path="/lines", **world.asking)
    await sign_in.with_code(
        world.database.unit_of_work,
        KEY,
        visitor=VISITOR,
        code=(await world.sent_codes())[0],
        remember=False,
        at=world.clock.now(),
    )
    entered = await complete(world)
    assert entered.next_path == "/lines"
