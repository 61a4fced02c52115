"""Passkeys of the staff: made with the password, the second proof at the door, never anybody else's."""

import pytest

from mykyivstar.domain.identity import passkeys as of_customers
from mykyivstar.domain.identity.errors import FlowLost
from mykyivstar.domain.identity.models import FlowStep, Language
from mykyivstar.domain.identity.passkey_ceremony import RelyingParty
from mykyivstar.domain.identity.security_errors import PasskeyExpired, PasskeyKnown, PasskeyRefused, WrongPassword
from mykyivstar.domain.staff import management, passkeys, sign_in
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffPasskey, StaffRole
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.staff.conftest import KEY, OTHER, PASSWORD, VISITOR, Door
from tests.factories.people import make_person
from tests.fixtures.authenticator import SoftAuthenticator

SITE = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))
HERE = {"visitor": VISITOR, "address": "203.0.113.7"}


async def solomiia(door: Door) -> StaffActor:
    async with door.database.reading() as session:
        member = await management.of_login(session, "solomiia")
    return StaffActor(staff_id=member.id or 0, session_id=1, role=StaffRole.CONSULTANT)


async def add(door: Door, device: SoftAuthenticator, *, password: str = PASSWORD) -> StaffActor:
    who, work, at = await solomiia(door), door.database.unit_of_work, door.clock.now()
    options = await passkeys.adding_options(work, SITE, who, password=password, at=at, **HERE)
    await passkeys.add(work, SITE, who, answer=device.create(options), name="Firefox", visitor=VISITOR, at=at)
    return who


async def use(door: Door, device: SoftAuthenticator, visitor: str = VISITOR) -> str:
    work, at = door.database.unit_of_work, door.clock.now()
    options = await sign_in.passkey_options(work, SITE, visitor=visitor, address="203.0.113.7", at=at)
    return await sign_in.with_passkey(work, SITE, answer=device.get(options), visitor=visitor, at=at)


async def test_a_password_and_a_passkey_open_a_session_without_an_sms(door: Door) -> None:
    device = SoftAuthenticator()
    await add(door, device)
    assert await door.password() is FlowStep.PASSKEY
    token = await door.session(await use(door, device))
    assert token is not None
    assert await door.lives(token)
    with pytest.raises(FlowLost):
        await use(door, device)


async def test_the_passkey_alone_opens_nothing_nor_in_another_browser(door: Door) -> None:
    device = SoftAuthenticator()
    await add(door, device)
    with pytest.raises(FlowLost):
        await use(door, device)
    await door.password()
    with pytest.raises(FlowLost):
        await use(door, device, OTHER)


async def test_a_code_does_as_well_for_who_has_no_passkey_at_hand(door: Door) -> None:
    await add(door, SoftAuthenticator())
    await door.password()
    reached = await sign_in.send_code(
        door.database.unit_of_work, KEY, language=Language.UK, at=door.clock.now(), **HERE
    )
    assert reached.step is FlowStep.CODE
    assert await door.session(await door.finish(await door.code())) is not None


async def test_a_copy_an_unknown_device_and_anothers_passkey_are_refused(door: Door) -> None:
    device, stranger = SoftAuthenticator(), SoftAuthenticator()
    who = await add(door, device)
    async with door.database.unit_of_work() as session:
        other = await management.add(
            session,
            login="bohdan",
            name="Богдан",
            role=StaffRole.CONSULTANT,
            phone=Msisdn("380678000002"),
            password_hash="none",
            skills=("mobile",),
            at=door.clock.now(),
        )
        session.add(
            StaffPasskey(
                staff_id=other.id or 0,
                credential_id=stranger.credential_id,
                public_key=b"",
                created_at=door.clock.now(),
            )
        )
    await door.password()
    await use(door, device)
    await door.password()
    device.count = 0
    for each in (device, stranger, SoftAuthenticator()):
        with pytest.raises(PasskeyRefused):
            await use(door, each)
    async with door.database.unit_of_work() as session:
        theirs = (await passkeys.of_member(session, other.id or 0))[0]
        with pytest.raises(NotFound):
            await passkeys.remove(session, who, theirs.id or 0, at=door.clock.now())


async def test_a_customers_passkey_and_challenge_prove_nothing_at_the_desk(door: Door) -> None:
    device, work, at = SoftAuthenticator(), door.database.unit_of_work, door.clock.now()
    await add(door, SoftAuthenticator())
    async with work() as session:
        olena = await make_person(session, "olena")
    options = await of_customers.making_options(work, SITE, profile_id=olena.profile_id, visitor=VISITOR, at=at)
    await of_customers.add(
        work, SITE, profile_id=olena.profile_id, answer=device.create(options), name="Phone", at=at, **HERE
    )
    await door.password()
    with pytest.raises(PasskeyRefused):
        await use(door, device)
    asked = await of_customers.sign_in_options(work, SITE, at=at, **HERE)
    with pytest.raises(PasskeyExpired):
        await sign_in.with_passkey(work, SITE, answer=device.get(asked), visitor=VISITOR, at=at)


async def test_the_password_is_asked_for_again_before_one_is_made(door: Door) -> None:
    device = SoftAuthenticator()
    with pytest.raises(WrongPassword):
        await add(door, device, password="wrong")
    who = await add(door, device)
    with pytest.raises(PasskeyKnown):
        await add(door, device)
    async with door.database.reading() as session:
        assert [each.name for each in await passkeys.of_member(session, who.staff_id)] == ["Firefox"]


async def test_a_new_password_and_a_removal_leave_no_passkey_behind(door: Door) -> None:
    device, at = SoftAuthenticator(), door.clock.now()
    who = await add(door, device)
    async with door.database.unit_of_work() as session:
        kept = (await passkeys.of_member(session, who.staff_id))[0]
        await passkeys.remove(session, who, kept.id or 0, at=at)
        with pytest.raises(NotFound):
            await passkeys.remove(session, who, kept.id or 0, at=at)
    assert await door.password() is FlowStep.CODE
    await add(door, SoftAuthenticator())
    async with door.database.unit_of_work() as session:
        member = await management.of_login(session, "solomiia")
        await management.set_password(session, "solomiia", member.password_hash or "", at=at)
        assert await passkeys.of_member(session, who.staff_id) == []
